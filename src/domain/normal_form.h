// Unicode normalization form C (UAX #15): "e" and an accent after it become one letter.
#pragma once

#include <string>
#include <string_view>

namespace herald {

std::u32string to_normal_form(std::u32string_view text);

}  // namespace herald
