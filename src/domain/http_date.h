// The time in an answer's Date header: "Sun, 22 Nov 2026 10:00:00 GMT" (RFC 9110, 5.6.7).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/time.h"

namespace herald {

std::string http_date(Time time);

// Nothing for anything else, the two old forms included: platforms do not send them.
std::optional<Time> time_of_http_date(std::string_view text);

}  // namespace herald
