// How long a text is, as the platforms count it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "domain/capability.h"

namespace herald {

// Strict: no overlong forms, no surrogates, nothing past U+10FFFF.
bool is_utf8(std::string_view text);

// Nothing when the text is not valid UTF-8, whatever the unit.
std::optional<std::int64_t> length(std::string_view text, Counting counted_as);

// "characters" or "bytes", for messages.
const char* unit_of(Counting counted_as);

}  // namespace herald
