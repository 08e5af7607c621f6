// One key that checks signatures. The algorithm belongs to the key; what a token says of itself can
// only agree or be refused.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "domain/result.h"
#include "domain/secret.h"

struct evp_pkey_st;  // OpenSSL's.

namespace herald {

enum class Algorithm { hs256, rs256, es256, eddsa };

// As JWS spells it (RFC 7518, RFC 8037): "HS256", ...
std::string_view name_of(Algorithm algorithm);

// Immutable; safe from any thread. The makers answer invalid with the reason in Error::detail.
class VerifyKey {
 public:
  using Ptr = std::shared_ptr<const VerifyKey>;

  // At least 32 bytes (RFC 7518 section 3.2). Whether it is guessable is weakness_of()'s question.
  static Result<Ptr> hs256(std::string kid, const Secret& secret);
  // Big-endian. 2048 to 8192 bits; not from the generator of CVE-2017-15361 (ROCA).
  static Result<Ptr> rs256(std::string kid, std::string_view modulus, std::string_view exponent);
  // 32 bytes each; a point on P-256.
  static Result<Ptr> es256(std::string kid, std::string_view x, std::string_view y);
  // 32 bytes; a point of the prime-order group of Ed25519.
  static Result<Ptr> eddsa(std::string kid, std::string_view x);

  Algorithm algorithm() const { return algorithm_; }
  const std::string& kid() const { return kid_; }
  // `signature` as JWS carries it. ES256 with a high s is accepted: JWS does not forbid it, and
  // about half of all honest signatures have one.
  bool verify(std::string_view input, std::string_view signature) const;

 private:
  VerifyKey(Algorithm algorithm, std::string kid) : algorithm_(algorithm), kid_(std::move(kid)) {}
  bool verify_with_openssl(std::string_view input, std::string_view signature) const;

  Algorithm algorithm_;
  std::string kid_;
  Secret secret_;                     // HS256.
  std::string point_;                 // EdDSA.
  std::shared_ptr<evp_pkey_st> key_;  // RS256, ES256.
};

}  // namespace herald
