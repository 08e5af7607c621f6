// Choosing a content coding (RFC 9110 section 12.5.3). Pure.
#pragma once

#include <string_view>

namespace herald::http {

enum class Coding { identity, gzip, brotli };

// The coding the client likes best among brotli and gzip; identity if it named neither or refused
// both. At equal weight brotli goes first. A malformed weight counts as a refusal.
Coding choose_coding(std::string_view accept_encoding);

}  // namespace herald::http
