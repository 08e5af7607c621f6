// Whole texts, compressed once and served often: slow and small. Both throw std::bad_alloc only.
#pragma once

#include <string>
#include <string_view>

namespace herald::http {

std::string gzip(std::string_view text);
std::string brotli(std::string_view text);

}  // namespace herald::http
