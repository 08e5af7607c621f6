#include "crypto/aead.h"

#include <sodium.h>

#include <cstdlib>

namespace herald {
namespace {

static_assert(kAeadKeyBytes == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(kAeadNonceBytes == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
static_assert(kAeadTagBytes == crypto_aead_xchacha20poly1305_ietf_ABYTES);

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

}  // namespace

std::string aead_encrypt(std::string_view key, std::string_view nonce, std::string_view bound,
                         std::string_view plain) {
  if (key.size() != kAeadKeyBytes || nonce.size() != kAeadNonceBytes) std::abort();
  std::string out(plain.size() + kAeadTagBytes, '\0');
  crypto_aead_xchacha20poly1305_ietf_encrypt(bytes_of(out), nullptr, bytes_of(plain), plain.size(),
                                             bytes_of(bound), bound.size(), nullptr,
                                             bytes_of(nonce), bytes_of(key));
  return out;
}

std::optional<Secret> aead_decrypt(std::string_view key, std::string_view nonce,
                                   std::string_view bound, std::string_view ciphertext) {
  if (key.size() != kAeadKeyBytes || nonce.size() != kAeadNonceBytes) return std::nullopt;
  if (ciphertext.size() < kAeadTagBytes) return std::nullopt;
  std::string plain(ciphertext.size() - kAeadTagBytes, '\0');
  const int refused = crypto_aead_xchacha20poly1305_ietf_decrypt(
      bytes_of(plain), nullptr, nullptr, bytes_of(ciphertext), ciphertext.size(), bytes_of(bound),
      bound.size(), bytes_of(nonce), bytes_of(key));
  std::optional<Secret> opened;
  if (refused == 0) opened.emplace(plain);
  sodium_memzero(plain.data(), plain.size());
  return opened;
}

}  // namespace herald
