// Percent-encoding, read strictly: what could be understood in two ways is refused.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace herald::http {

bool is_utf8(std::string_view text);

// Null: a broken escape, a NUL, or bytes that are not UTF-8.
std::optional<std::string> decode_percent(std::string_view text);

// A request's path, decoded once. Null also for: no leading '/', an encoded '/', a backslash or a
// control character in any form, and the segments "." and "..".
std::optional<std::string> decode_path(std::string_view path);

// Everything but letters, digits and "-._~" becomes %XX.
std::string encode_percent(std::string_view text);

}  // namespace herald::http
