// Bytes as text and back. Decoding is strict: one text for each byte string, everything else is
// refused, so that a signed text cannot be respelled.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace herald {

std::string to_hex(std::string_view bytes);  // Lower case.
// Even length, lower or upper case.
std::optional<std::string> from_hex(std::string_view text);

// RFC 4648 section 5, without padding.
std::string to_base64url(std::string_view bytes);
// No padding, no whitespace, no "+/", and the unused bits of the last character are zero.
std::optional<std::string> from_base64url(std::string_view text);

// RFC 3986: all but letters, digits and "-._~" becomes %XX.
std::string percent_encode(std::string_view text);

}  // namespace herald
