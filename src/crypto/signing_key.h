// One key that makes signatures.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "crypto/verify_key.h"
#include "domain/result.h"
#include "domain/secret.h"

namespace herald {

// Immutable; safe from any thread. Its kid is drawn from the key itself, so nobody has to name it.
class SigningKey {
 public:
  // At least 32 bytes.
  static Result<SigningKey> hs256(const Secret& secret);
  // A private key in PEM, without a passphrase: RSA of 2048 bits or more, P-256 or Ed25519.
  static Result<SigningKey> from_pem(const Secret& pem);

  // The other half, with the same kid.
  const VerifyKey::Ptr& verify_key() const { return verify_key_; }
  Algorithm algorithm() const { return verify_key_->algorithm(); }
  const std::string& kid() const { return verify_key_->kid(); }
  // As JWS carries it. internal: OpenSSL failed.
  Result<std::string> sign(std::string_view input) const;

 private:
  SigningKey() = default;
  VerifyKey::Ptr verify_key_;
  Secret secret_;                     // HS256.
  std::shared_ptr<evp_pkey_st> key_;  // The others.
};

}  // namespace herald
