// Tells a configured secret that a stranger could guess: too short, a placeholder, a value printed
// in somebody's documentation, or bytes with a pattern. A lucky guess at strength, not a measure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace herald {

constexpr std::size_t kSecretBytes = 32;  // 256 bits: RFC 7518 section 3.2 for HS256.

// What is wrong, as the end of "HERALD_X_SECRET ..."; nothing when nothing is.
std::optional<std::string> weakness_of(std::string_view secret);

}  // namespace herald
