// The answers of a side's controls, and how their fields are read.
#pragma once

#include <cstdint>
#include <string_view>

#include "sandbox/side.h"

namespace herald::sandbox {

Answer done();
Answer refused(std::string_view why);
Answer no_such_verb();

bool truthy(std::string_view text);             // "true", "1" or "on".
std::int64_t number_in(std::string_view text);  // 0 when it holds something else.

}  // namespace herald::sandbox
