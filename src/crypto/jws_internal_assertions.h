// Internal assertions as compact JWS, HMAC-SHA256, typ "int+jwt", aud "uploader".
#pragma once

#include <memory>
#include <vector>

#include "crypto/seen_once.h"
#include "crypto/signing_key.h"
#include "ports/clock.h"
#include "ports/internal_assertions.h"
#include "ports/random.h"

namespace boost::json {
class object;
}

namespace herald {

constexpr Duration kAssertionLife = std::chrono::seconds(30);

// Safe from any thread.
class JwsInternalAssertions final : public InternalAssertions {
 public:
  // The first secret signs, all verify. Each is at least 32 bytes and not guessable (invalid). What
  // signs is derived from it, so even a secret also used for access tokens gives another key.
  static Result<std::unique_ptr<JwsInternalAssertions>> make(const std::vector<Secret>& secrets,
                                                             const Clock& clock, Random& random);

  std::string sign(const PassedOn& request, std::string_view method, std::string_view target,
                   std::string_view body) override;
  std::string sign_streamed(const PassedOn& request, std::string_view method,
                            std::string_view target, std::string_view terms) override;
  Result<InternalAssertion> verify(std::string_view token, std::string_view method,
                                   std::string_view target) override;
  Result<Done> check_body(const InternalAssertion& assertion, std::string_view body) override;
  Result<Done> check_stream(const InternalAssertion& assertion, std::string_view terms) override;

 private:
  JwsInternalAssertions(const Clock& clock, Random& random) : clock_(clock), random_(random) {}
  std::string sign_claims(const PassedOn& request, std::string_view method, std::string_view target,
                          std::string_view body_name, std::string_view body_hash);
  Result<InternalAssertion> read_assertion(const boost::json::object& claims,
                                           std::string_view method, std::string_view target) const;
  Result<InternalAssertion> burn(const boost::json::object& claims,
                                 const InternalAssertion& assertion);

  const Clock& clock_;
  Random& random_;
  std::vector<SigningKey> keys_;
  std::vector<VerifyKey::Ptr> verify_keys_;
  // An entry lives at most a minute and takes about 200 bytes: 4,000 requests a second fit.
  SeenOnce seen_{256 * 1024};
};

}  // namespace herald
