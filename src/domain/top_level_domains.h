// The last parts of names on the internet that X takes for the end of a link.
#pragma once

#include <cstddef>
#include <string_view>

namespace herald {

inline constexpr std::size_t kTopLevelDomainMax = 18;  // UTF-16 units of the longest.

// `name` in lower case.
bool is_top_level_domain(std::u16string_view name);

}  // namespace herald
