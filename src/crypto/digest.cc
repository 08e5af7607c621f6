#include "crypto/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <cstdlib>

namespace herald {
namespace {

constexpr std::size_t kDigestBytes = 32;
using DigestBytes = std::array<unsigned char, kDigestBytes>;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// Fetched once: OpenSSL 3 otherwise searches its providers at every call.
const EVP_MD* sha256_method() {
  static const EVP_MD* const method = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return method;
}

// A hash that fails means a broken library or no memory. There is nothing safe to go on with.
void mac(std::string_view key, std::string_view message, DigestBytes& out) {
  // A null key would mean "the one of last time" to OpenSSL.
  const unsigned char* const key_bytes = key.empty() ? bytes_of("") : bytes_of(key);
  if (HMAC(EVP_sha256(), key_bytes, static_cast<int>(key.size()), bytes_of(message), message.size(),
           out.data(), nullptr) == nullptr) {
    std::abort();
  }
}

}  // namespace

std::string sha256(std::string_view bytes) {
  std::string out(kDigestBytes, '\0');
  if (EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(out.data()), nullptr,
                 sha256_method(), nullptr) != 1) {
    std::abort();
  }
  return out;
}

std::string hmac_sha256(std::string_view key, std::string_view message) {
  DigestBytes out;
  mac(key, message, out);
  return {out.begin(), out.end()};
}

bool constant_time_equal(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

Secret derive_key(const Secret& master, std::string_view label) {
  DigestBytes out;
  mac(master.reveal(), label, out);
  Secret key(std::string_view(reinterpret_cast<const char*>(out.data()), out.size()));
  OPENSSL_cleanse(out.data(), out.size());
  return key;
}

}  // namespace herald
