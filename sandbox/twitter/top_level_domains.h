// The top-level domains that X knows.
#pragma once

#include <string_view>

namespace herald::sandbox::twitter {

// "com|net|...", for a regular expression; later in the alphabet first.
std::string_view top_level_domains();

}  // namespace herald::sandbox::twitter
