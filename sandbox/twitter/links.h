// Where links stand in a text.
#pragma once

#include <string_view>
#include <vector>

#include "sandbox/twitter/text.h"

namespace herald::sandbox::twitter {

// In UTF-16 units of it.
std::vector<Link> wide_links(std::u16string_view text);

}  // namespace herald::sandbox::twitter
