// Base64, hashes and chance.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace herald::sandbox {

std::string base64url(std::string_view bytes);  // Without padding.
// With or without padding. Empty: no base64.
std::optional<std::string> from_base64(std::string_view text);
// base64url of SHA-256: PKCE's S256 (RFC 7636, 4.2).
std::string s256(std::string_view verifier);
// Unguessable, of letters and digits.
std::string random_text(std::size_t length);

}  // namespace herald::sandbox
