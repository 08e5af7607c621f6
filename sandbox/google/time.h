// RFC 3339 times as Google writes and reads them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/time.h"

namespace herald::sandbox::google {

std::string rfc3339(std::int64_t ms);  // "2026-11-22T10:00:00Z"; whole seconds.
// With "Z" or an offset, with or without a fraction. Empty: no such time.
std::optional<Time> parse_rfc3339(std::string_view text);
std::string iso_duration(std::int64_t ms);  // "PT1M5S"
// "2026-11-22" -> its midnight in UTC. Empty: no such day.
std::optional<std::chrono::sys_days> parse_day(std::string_view text);
std::string day_text(std::chrono::sys_days day);

}  // namespace herald::sandbox::google
