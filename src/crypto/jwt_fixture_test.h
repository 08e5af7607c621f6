// What the tests of access tokens share: one issuer, and tokens made by hand.
#pragma once

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "crypto/digest.h"
#include "crypto/jwt_access_tokens.h"
#include "domain/encoding.h"
#include "testing/fake_clock.h"
#include "testing/seeded_random.h"

namespace herald::jwt_test {

namespace json = boost::json;

constexpr std::int64_t kNow = 1'795'000'000;  // Where FakeClock starts, in seconds.
constexpr const char* kSecret = "k3J9x0Qz7Lm2Vb8Nc5Rt1Yw6Pd4Hs0Ag";
constexpr const char* kOtherSecret = "Zq7Xw2Ev9Rb4Tn1Ym6Ui3Op8As5Df0Gh";

inline Caller caller(Role role = Role::member) {
  return {ScopeAuthority::of(CustomerId("cust_a")), UserId("user_1"), SessionId("sess_1"), role};
}

inline JwtSettings settings() {
  JwtSettings made;
  made.issuer = "https://herald.test";
  made.audience = "herald";
  made.secrets.push_back(Secret(kSecret));
  return made;
}

inline json::object claims() {
  return {{"iss", "https://herald.test"},
          {"aud", "herald"},
          {"exp", kNow + 600},
          {"customer_id", "cust_a"},
          {"user_id", "user_1"}};
}

// A token of exactly these parts, signed with HS256.
inline std::string signed_raw(std::string_view head, std::string_view payload,
                              std::string_view secret = kSecret) {
  const auto input = to_base64url(head) + "." + to_base64url(payload);
  return input + "." + to_base64url(hmac_sha256(secret, input));
}

inline std::string signed_claims(const json::object& said) {
  return signed_raw(R"({"alg":"HS256","typ":"JWT"})", json::serialize(said));
}

class JwtAccessTokensTest : public ::testing::Test {
 protected:
  bool accepts(std::string_view token) { return tokens_->verify(token).has_value(); }
  bool accepts_claim(std::string_view name, json::value value) {
    auto said = claims();
    said[name] = std::move(value);
    return accepts(signed_claims(said));
  }
  bool accepts_head(std::string_view head) {
    return accepts(signed_raw(head, json::serialize(claims())));
  }
  std::unique_ptr<JwtAccessTokens> with(JwtSettings chosen) {
    auto made = JwtAccessTokens::make(std::move(chosen), clock_, random_);
    EXPECT_TRUE(made) << made.error().detail;
    return std::move(*made);
  }

  testing::FakeClock clock_;
  testing::SeededRandom random_;
  std::unique_ptr<JwtAccessTokens> tokens_ = with(settings());
};

}  // namespace herald::jwt_test
