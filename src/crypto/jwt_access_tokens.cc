#include "crypto/jwt_access_tokens.h"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "crypto/claims.h"
#include "crypto/digest.h"
#include "crypto/jws.h"
#include "domain/weak_secret.h"
#include "json/strict_json.h"

namespace herald {
namespace {

namespace json = boost::json;

// About 2 MB.
constexpr std::size_t kMostRemembered = 4096;
constexpr ClockSkew kSkew{.late = std::chrono::seconds(60), .early = std::chrono::seconds(60)};
// RFC 9068 section 2.1; what most libraries write is "JWT".
constexpr std::string_view kType = "at+jwt";

std::unexpected<Error> refused(std::string detail) {
  return fail(ErrorKind::unauthorized, "Sign in again.", std::move(detail));
}

std::unexpected<Error> misconfigured(const std::string& reason) {
  return fail(ErrorKind::invalid, "Access tokens cannot be set up: " + reason + ".");
}

bool is_access_token(std::string_view type) {
  return type.empty() || type == "jwt" || type == kType || type == "application/at+jwt";
}

}  // namespace

Result<std::unique_ptr<JwtAccessTokens>> JwtAccessTokens::make(JwtSettings settings,
                                                               const Clock& clock, Random& random) {
  if (settings.issuer.empty()) return misconfigured("no issuer");
  if (settings.audience.empty()) return misconfigured("no audience");
  std::unique_ptr<JwtAccessTokens> tokens(new JwtAccessTokens(std::move(settings), clock, random));
  HERALD_CHECK(tokens->load_keys());
  return tokens;
}

Result<Done> JwtAccessTokens::load_keys() {
  if (!settings_.signing_key_pem.empty()) {
    HERALD_TRY(signing_key_, SigningKey::from_pem(settings_.signing_key_pem));
    own_keys_.push_back(signing_key_->verify_key());
  }
  for (const auto& secret : settings_.secrets) {
    if (const auto weakness = weakness_of(secret.reveal())) {
      return misconfigured("a token secret " + *weakness);
    }
    HERALD_TRY(auto key, SigningKey::hs256(secret));
    own_keys_.push_back(key.verify_key());
    if (!signing_key_) signing_key_ = std::move(key);
  }
  if (!settings_.jwks_path.empty()) {
    HERALD_TRY(key_set_, JwksFile::open(settings_.jwks_path, clock_));
  }
  renew_trust();
  if (trust_->keys.empty()) return misconfigured("no key to check tokens with");
  return Done{};
}

void JwtAccessTokens::renew_trust() {
  auto trust = std::make_shared<Trust>();
  trust->keys = own_keys_;
  trust->own = own_keys_.size();
  if (key_set_) {
    trust->keys.insert(trust->keys.end(), key_set_->keys().begin(), key_set_->keys().end());
  }
  trust_ = std::move(trust);
  passed_.clear();  // A removed key's tokens go with it.
}

JwtAccessTokens::TrustPtr JwtAccessTokens::trust() {
  const std::lock_guard lock(mutex_);
  if (key_set_ && key_set_->refresh()) renew_trust();
  return trust_;
}

std::optional<Error> JwtAccessTokens::key_set_fault() {
  const std::lock_guard lock(mutex_);
  if (key_set_ && key_set_->refresh()) renew_trust();
  return key_set_ ? key_set_->fault() : std::nullopt;
}

Result<AccessClaims> JwtAccessTokens::verify(std::string_view token) {
  if (token.size() > kMostTokenBytes) return refused("longer than 8 KiB");
  const auto current = trust();
  const auto fingerprint = sha256(token);
  if (auto claims = remembered(fingerprint)) return std::move(*claims);
  HERALD_TRY(auto claims, check(token, current));
  remember(fingerprint, claims, current);
  return claims;
}

const std::string& JwtAccessTokens::issuer_of(const Trust& trust, const VerifyKey* key) const {
  const auto own_end = trust.keys.begin() + static_cast<std::ptrdiff_t>(trust.own);
  const bool own = std::any_of(trust.keys.begin(), own_end,
                               [&](const auto& candidate) { return candidate.get() == key; });
  return own || settings_.jwks_issuer.empty() ? settings_.issuer : settings_.jwks_issuer;
}

Result<AccessClaims> JwtAccessTokens::check(std::string_view token, const TrustPtr& trust) {
  HERALD_TRY(const auto jws, read_jws(token));
  if (!is_access_token(jws.type)) return refused("typ of another kind of token");
  const auto* key = choose_key(jws, trust->keys);
  if (key == nullptr) return refused("no key of ours for it");
  if (!key->verify(jws.signing_input, jws.signature)) return refused("signature");

  json::object claims;
  if (const auto read = read_strict_json(jws.payload, claims); !read) {
    return refused(read.error().detail);
  }
  HERALD_CHECK(check_text(claims, "iss", issuer_of(*trust, key)));
  HERALD_CHECK(check_audience(claims, settings_.audience));
  HERALD_TRY(const auto expires_at, check_times(claims, clock_.now(), kSkew));
  HERALD_TRY(auto caller, read_caller(claims));
  return AccessClaims{std::move(caller), expires_at};
}

std::optional<AccessClaims> JwtAccessTokens::remembered(const std::string& fingerprint) {
  const auto now = clock_.now();
  const std::lock_guard lock(mutex_);
  const auto found = passed_.find(fingerprint);
  if (found == passed_.end()) return std::nullopt;
  if (now < found->second.expires_at) return found->second;
  passed_.erase(found);  // Whether the skew still bears it, check() decides.
  return std::nullopt;
}

void JwtAccessTokens::remember(const std::string& fingerprint, const AccessClaims& claims,
                               const TrustPtr& trust) {
  const std::lock_guard lock(mutex_);
  if (trust != trust_) return;  // Passed by keys that are gone meanwhile.
  // To look for what may be forgotten would cost more than to check some tokens once more.
  if (passed_.size() >= kMostRemembered) passed_.clear();
  passed_.emplace(fingerprint, claims);
}

Result<std::string> JwtAccessTokens::issue(const Caller& caller, Duration lifetime) {
  if (!signing_key_) {
    return fail(ErrorKind::unavailable, "Signing in here is not set up.", "no token signing key");
  }
  const auto now = std::chrono::floor<std::chrono::seconds>(clock_.now());
  const auto end = now + std::chrono::floor<std::chrono::seconds>(lifetime);
  json::object claims = {
      {"iss", settings_.issuer},
      {"aud", settings_.audience},
      {"sub", caller.user.value},
      {"iat", now.time_since_epoch().count()},
      {"exp", end.time_since_epoch().count()},
      {"jti", random_.token(128)},
  };
  write_caller(caller, claims);
  return sign_jws(*signing_key_, kType, json::serialize(claims));
}

}  // namespace herald
