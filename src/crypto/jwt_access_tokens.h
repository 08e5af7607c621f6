// Access tokens as JSON Web Tokens (RFC 7519, with RFC 8725's advice).
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "crypto/jwks_file.h"
#include "crypto/signing_key.h"
#include "ports/access_tokens.h"
#include "ports/clock.h"
#include "ports/random.h"

namespace herald {

struct JwtSettings {
  std::string issuer;
  std::string audience;
  // HS256. The first signs unless there is a signing key; all of them verify, so that an old one
  // can be kept until its tokens are over.
  std::vector<Secret> secrets;
  Secret signing_key_pem;   // Empty: none.
  std::string jwks_path;    // Another issuer's public keys. Empty: none.
  std::string jwks_issuer;  // Empty: the same issuer.
};

// Safe from any thread. verify() may look at the key set file once in five seconds.
class JwtAccessTokens final : public AccessTokens {
 public:
  // invalid: a secret that is short, known or patterned (T-20), a key that is weak, a key set that
  // is broken, no key at all, no issuer or no audience. Message and detail together say which.
  static Result<std::unique_ptr<JwtAccessTokens>> make(JwtSettings settings, const Clock& clock,
                                                       Random& random);

  Result<AccessClaims> verify(std::string_view token) override;
  Result<std::string> issue(const Caller& caller, Duration lifetime) override;
  // Why the key set file's last change was not taken; for readiness and the operator.
  std::optional<Error> key_set_fault();

 private:
  // The keys as they are at one moment, and the tokens that they have already passed.
  struct Trust {
    std::vector<VerifyKey::Ptr> keys;
    std::size_t own = 0;  // The first so many are ours, the rest the other issuer's.
  };
  using TrustPtr = std::shared_ptr<const Trust>;

  JwtAccessTokens(JwtSettings settings, const Clock& clock, Random& random)
      : settings_(std::move(settings)), clock_(clock), random_(random) {}
  Result<Done> load_keys();
  void renew_trust();  // Holds mutex_, or nobody else is there yet.
  TrustPtr trust();
  const std::string& issuer_of(const Trust& trust, const VerifyKey* key) const;
  Result<AccessClaims> check(std::string_view token, const TrustPtr& trust);
  std::optional<AccessClaims> remembered(const std::string& fingerprint);
  void remember(const std::string& fingerprint, const AccessClaims& claims, const TrustPtr& trust);

  const JwtSettings settings_;
  const Clock& clock_;
  Random& random_;
  std::optional<SigningKey> signing_key_;
  std::vector<VerifyKey::Ptr> own_keys_;

  std::mutex mutex_;  // Guards all below.
  std::optional<JwksFile> key_set_;
  TrustPtr trust_;
  std::unordered_map<std::string, AccessClaims> passed_;  // By SHA-256 of the token.
};

}  // namespace herald
