// Which parts of a text X takes for links, as twitter-text 3.1.0 finds them: with or without a
// scheme, and then only where the name ends in a top-level domain.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace herald {

struct Link {
  std::size_t begin = 0;  // In UTF-16 units.
  std::size_t size = 0;
};

// In the order they stand. Takes time linear in the text's length.
std::vector<Link> links_in(std::u16string_view text);

}  // namespace herald
