// The little cryptography that Google's side needs: random names, PKCE's hash, signed ID tokens.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace herald::sandbox::google {

std::string base64url(std::string_view bytes);  // Without padding.
// Empty: not base64 (either alphabet, padding optional).
std::string base64_decoded(std::string_view text);
std::string random_base64url(std::size_t bytes);
std::string sha256_base64url(std::string_view text);

// An RSA key of 2048 bits, made when first used and kept in memory only.
class SigningKey {
 public:
  SigningKey();
  ~SigningKey();

  std::string key_id();
  std::string public_pem();
  std::string modulus();  // base64url, for a JWK; the exponent is 65537, "AQAB".
  // A compact JWS by RS256. `claims` is a JSON object.
  std::string signed_token(std::string_view claims);

 private:
  struct Key;
  Key& key();
  std::unique_ptr<Key> key_;
};

}  // namespace herald::sandbox::google
