#include "crypto/jws_internal_assertions.h"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "crypto/claims.h"
#include "crypto/digest.h"
#include "crypto/jws.h"
#include "domain/encoding.h"
#include "domain/weak_secret.h"
#include "json/strict_json.h"

namespace herald {
namespace {

namespace json = boost::json;

constexpr std::string_view kType = "int+jwt";
constexpr std::string_view kAudience = "uploader";
constexpr std::string_view kStreamed = "stream";
constexpr std::size_t kHexDigestBytes = 64;
constexpr std::size_t kMostJtiBytes = 128;
// An assertion is over when it says so; only a gateway whose clock is ahead needs patience.
constexpr ClockSkew kSkew{.late = Duration::zero(), .early = kAssertionLife};

std::unexpected<Error> refused(std::string detail) {
  return fail(ErrorKind::unauthorized, "This request was not passed on by the gateway.",
              "assertion: " + std::move(detail));
}

}  // namespace

Result<std::unique_ptr<JwsInternalAssertions>> JwsInternalAssertions::make(
    const std::vector<Secret>& secrets, const Clock& clock, Random& random) {
  std::unique_ptr<JwsInternalAssertions> made(new JwsInternalAssertions(clock, random));
  for (const auto& secret : secrets) {
    if (const auto weakness = weakness_of(secret.reveal())) {
      return fail(ErrorKind::invalid, "The internal secret " + *weakness + ".");
    }
    HERALD_TRY(auto key, SigningKey::hs256(derive_key(secret, "herald internal assertion")));
    made->verify_keys_.push_back(key.verify_key());
    made->keys_.push_back(std::move(key));
  }
  if (made->keys_.empty()) return fail(ErrorKind::invalid, "There is no internal secret.");
  return made;
}

std::string JwsInternalAssertions::sign(const Caller& caller, std::string_view method,
                                        std::string_view target, std::string_view body) {
  return sign_claims(caller, method, target, to_hex(sha256(body)));
}

std::string JwsInternalAssertions::sign_streamed(const Caller& caller, std::string_view method,
                                                 std::string_view target) {
  return sign_claims(caller, method, target, kStreamed);
}

std::string JwsInternalAssertions::sign_claims(const Caller& caller, std::string_view method,
                                               std::string_view target,
                                               std::string_view body_claim) {
  const auto now = std::chrono::floor<std::chrono::seconds>(clock_.now());
  json::object claims = {
      {"aud", kAudience},
      {"iat", now.time_since_epoch().count()},
      {"exp",
       (now + std::chrono::floor<std::chrono::seconds>(kAssertionLife)).time_since_epoch().count()},
      {"jti", random_.token(128)},
      {"method", method},
      {"target_sha256", to_hex(sha256(target))},  // A target may be longer than a token.
      {"body_sha256", body_claim},
  };
  write_caller(caller, claims);
  return *sign_jws(keys_.front(), kType, json::serialize(claims));  // An HMAC does not fail.
}

Result<InternalAssertion> JwsInternalAssertions::verify(std::string_view token,
                                                        std::string_view method,
                                                        std::string_view target) {
  const auto jws = read_jws(token);
  if (!jws) return refused(jws.error().detail);
  if (jws->type != kType) return refused("typ");
  const auto* key = choose_key(*jws, verify_keys_);
  if (key == nullptr || !key->verify(jws->signing_input, jws->signature)) {
    return refused("signature");
  }
  json::object claims;
  if (const auto read = read_strict_json(jws->payload, claims); !read) {
    return refused(read.error().detail);
  }
  const auto judged = read_assertion(claims, method, target);
  if (!judged) return refused(judged.error().detail);
  return burn(claims, *judged);
}

Result<InternalAssertion> JwsInternalAssertions::read_assertion(const json::object& claims,
                                                                std::string_view method,
                                                                std::string_view target) const {
  HERALD_CHECK(check_text(claims, "aud", kAudience));
  HERALD_TRY(const auto expires, check_times(claims, clock_.now(), kSkew));
  HERALD_TRY(const auto issued, time_claim(claims, "iat"));
  if (!issued || expires - *issued > kAssertionLife) return refused("lives too long");
  HERALD_CHECK(check_text(claims, "method", method));
  HERALD_CHECK(check_text(claims, "target_sha256", to_hex(sha256(target))));
  HERALD_TRY(auto caller, read_caller(claims));
  const auto body = text_claim(claims, "body_sha256");
  if (body == kStreamed) return InternalAssertion{std::move(caller), {.streamed = true}};
  if (body.size() != kHexDigestBytes) return refused("body_sha256");
  return InternalAssertion{std::move(caller), {.streamed = false, .sha256_hex = std::string(body)}};
}

Result<InternalAssertion> JwsInternalAssertions::burn(const json::object& claims,
                                                      const InternalAssertion& assertion) {
  const std::string jti(text_claim(claims, "jti"));
  if (jti.empty() || jti.size() > kMostJtiBytes) return refused("jti");
  const auto now = clock_.now();
  // No assertion outlives this, whatever its own clock says: see kSkew.
  switch (seen_.take(jti, now + 2 * kAssertionLife + Duration(1), now)) {
    case SeenOnce::Answer::first:
      return assertion;
    case SeenOnce::Answer::again:
      return refused("used before");
    case SeenOnce::Answer::full:
      break;
  }
  return fail(ErrorKind::unavailable, "The server is busy. Try again in a minute.",
              "assertion: too many are alive");
}

Result<Done> JwsInternalAssertions::check_body(const InternalAssertion& assertion,
                                               std::string_view body) {
  if (assertion.body.streamed) return refused("signed for a streamed body");
  if (constant_time_equal(assertion.body.sha256_hex, to_hex(sha256(body)))) return Done{};
  return refused("another body");
}

}  // namespace herald
