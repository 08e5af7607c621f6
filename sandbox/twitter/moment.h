// Times as X writes and reads them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace herald::sandbox::twitter {

std::string moment(std::int64_t ms);  // "2026-09-01T08:00:00.000Z"
// YYYY-MM-DDTHH:mm:ssZ, with or without a fraction. Empty: no such time.
std::optional<std::int64_t> parse_moment(std::string_view text);

}  // namespace herald::sandbox::twitter
