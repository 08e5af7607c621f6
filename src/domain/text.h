// How long a text is, as the platforms count it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/capability.h"

namespace herald {

// Strict: no overlong forms, no surrogates, nothing past U+10FFFF.
bool is_utf8(std::string_view text);

// Nothing when the text is not valid UTF-8, whatever the unit.
std::optional<std::int64_t> length(std::string_view text, Counting counted_as);

// Of valid UTF-8; what is not stays out.
std::u32string code_points_of(std::string_view text);
std::u16string to_utf16(std::u32string_view points);
std::string to_utf8(std::u32string_view points);

// "characters" or "bytes", for messages.
const char* unit_of(Counting counted_as);

}  // namespace herald
