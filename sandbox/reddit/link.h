// The domain that a link leads to.
#pragma once

#include <string>
#include <string_view>

namespace herald::sandbox::reddit {

// Lower case, without "www." and port; empty: no http or https link.
std::string domain_of(std::string_view url);
// Itself or below it: "news.example" lies within "example".
bool within_domain(std::string_view domain, std::string_view outer);

}  // namespace herald::sandbox::reddit
