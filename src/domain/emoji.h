// Which characters X counts as one emoji. The standard library knows none of this.
#pragma once

#include <cstddef>
#include <string_view>

namespace herald {

// How many UTF-16 units the emoji has that begins at `at`, with skin tones, joined people, flags
// and keycaps as one; 0: none begins there. `at` is inside the text.
std::size_t emoji_size(std::u16string_view text, std::size_t at);

}  // namespace herald
