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
// Which of the two a request has says how its body is bound.
constexpr std::string_view kWholeBody = "body_sha256";
constexpr std::string_view kStreamTerms = "stream_sha256";
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

std::string JwsInternalAssertions::sign(const PassedOn& request, std::string_view method,
                                        std::string_view target, std::string_view body) {
  return sign_claims(request, method, target, kWholeBody, to_hex(sha256(body)));
}

std::string JwsInternalAssertions::sign_streamed(const PassedOn& request, std::string_view method,
                                                 std::string_view target, std::string_view terms) {
  return sign_claims(request, method, target, kStreamTerms, to_hex(sha256(terms)));
}

std::string JwsInternalAssertions::sign_claims(const PassedOn& request, std::string_view method,
                                               std::string_view target, std::string_view body_name,
                                               std::string_view body_hash) {
  const auto now = std::chrono::floor<std::chrono::seconds>(clock_.now());
  json::object claims = {
      {"aud", kAudience},
      {"iat", now.time_since_epoch().count()},
      {"exp",
       (now + std::chrono::floor<std::chrono::seconds>(kAssertionLife)).time_since_epoch().count()},
      {"jti", random_.token(128)},
      {"method", method},
      {"target_sha256", to_hex(sha256(target))},  // A target may be longer than a token.
      {body_name, body_hash},
      {"peer", request.peer},
      {"request_id", request.request_id},
  };
  if (request.good_until != Time::max()) {
    const auto until = std::chrono::floor<std::chrono::seconds>(request.good_until);
    claims["good_until"] = until.time_since_epoch().count();
  }
  if (request.caller) {
    write_caller(*request.caller, claims);
  } else {
    claims["nobody"] = true;
  }
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
  InternalAssertion assertion;
  if (const auto* nobody = claims.if_contains("nobody"); nobody == nullptr) {
    HERALD_TRY(assertion.request.caller, read_caller(claims));
  } else if (*nobody != true || claims.contains("user_id")) {
    return refused("nobody");
  }
  assertion.request.peer = text_claim(claims, "peer");
  assertion.request.request_id = text_claim(claims, "request_id");
  HERALD_TRY(const auto good_until, time_claim(claims, "good_until"));
  assertion.request.good_until = good_until.value_or(Time::max());
  assertion.body.streamed = claims.contains(kStreamTerms);
  const auto hash = text_claim(claims, assertion.body.streamed ? kStreamTerms : kWholeBody);
  if (hash.size() != kHexDigestBytes) return refused("body");
  assertion.body.sha256_hex = hash;
  return assertion;
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

Result<Done> JwsInternalAssertions::check_stream(const InternalAssertion& assertion,
                                                 std::string_view terms) {
  if (!assertion.body.streamed) return refused("signed for a whole body");
  if (constant_time_equal(assertion.body.sha256_hex, to_hex(sha256(terms)))) return Done{};
  return refused("another stream");
}

}  // namespace herald
