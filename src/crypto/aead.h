// XChaCha20-Poly1305 (IETF form): suite 1 of everything that this room seals. A 192-bit nonce may
// be drawn at random for ever; there is no counter to lose in a crash, a fork or a restore.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "domain/secret.h"

namespace herald {

constexpr std::size_t kAeadKeyBytes = 32;
constexpr std::size_t kAeadNonceBytes = 24;
constexpr std::size_t kAeadTagBytes = 16;

// Ciphertext and tag. Key and nonce have exactly the sizes above.
std::string aead_encrypt(std::string_view key, std::string_view nonce, std::string_view bound,
                         std::string_view plain);
// Nothing when key, nonce, bound data or one bit of the ciphertext is another one, or a size is
// wrong. Never a part of the plaintext.
std::optional<Secret> aead_decrypt(std::string_view key, std::string_view nonce,
                                   std::string_view bound, std::string_view ciphertext);

}  // namespace herald
