// How long the platform takes a text to be, and which links it has.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace herald::sandbox::threads {

std::size_t letters_in(std::string_view text);  // Code points.
// Letters, but an emoji counts as its UTF-8 bytes.
std::size_t weight_of(std::string_view text);
// Different ones, as written.
std::set<std::string> links_in(std::string_view text);

}  // namespace herald::sandbox::threads
