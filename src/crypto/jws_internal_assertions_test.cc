#include "crypto/jws_internal_assertions.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "crypto/digest.h"
#include "crypto/jws.h"
#include "crypto/jwt_access_tokens.h"
#include "domain/encoding.h"
#include "testing/fake_clock.h"
#include "testing/seeded_random.h"

namespace herald {
namespace {

namespace json = boost::json;

constexpr const char* kSecret = "k3J9x0Qz7Lm2Vb8Nc5Rt1Yw6Pd4Hs0Ag";
constexpr const char* kOtherSecret = "Zq7Xw2Ev9Rb4Tn1Ym6Ui3Op8As5Df0Gh";
constexpr std::int64_t kNow = 1'795'000'000;

class InternalAssertionsTest : public ::testing::Test {
 protected:
  using Made = std::unique_ptr<JwsInternalAssertions>;

  Made with(std::initializer_list<const char*> secrets) {
    std::vector<Secret> held;
    for (const auto* secret : secrets) held.emplace_back(secret);
    return std::move(*JwsInternalAssertions::make(held, clock_, random_));
  }
  bool accepts(std::string_view token, std::string_view method = "POST",
               std::string_view target = "/api/posts?x=1") {
    return uploader_->verify(token, method, target).has_value();
  }
  std::string sign() { return gateway_->sign(asked_, "POST", "/api/posts?x=1", "body"); }

  // An assertion of any claims, signed with the right key.
  static std::string forged(const json::object& said, std::string_view type = "int+jwt") {
    const auto key = SigningKey::hs256(derive_key(Secret(kSecret), "herald internal assertion"));
    return *sign_jws(*key, type, json::serialize(said));
  }
  static json::object claims() {
    return {{"aud", "uploader"},
            {"iat", kNow},
            {"exp", kNow + 30},
            {"jti", "once"},
            {"method", "POST"},
            {"target_sha256", to_hex(sha256("/api/posts?x=1"))},
            {"body_sha256", to_hex(sha256("body"))},
            {"customer_id", "cust_a"},
            {"user_id", "user_1"}};
  }
  bool accepts_claim(std::string_view name, json::value value) {
    auto said = claims();
    said["jti"] = "once_" + std::to_string(++forged_);
    said[name] = std::move(value);
    return accepts(forged(said));
  }

  testing::FakeClock clock_;
  testing::SeededRandom random_;
  Made gateway_ = with({kSecret});
  Made uploader_ = with({kSecret});
  Caller caller_{ScopeAuthority::of(CustomerId("cust_a")), UserId("user_1"), SessionId("sess_1"),
                 Role::admin};
  PassedOn asked_{caller_, "192.0.2.7", "5f", from_ms((kNow + 300) * 1000)};
  int forged_ = 0;
};

TEST_F(InternalAssertionsTest, TheUploaderLearnsWhoAsksForWhat) {
  const auto read = uploader_->verify(sign(), "POST", "/api/posts?x=1");
  ASSERT_TRUE(read) << read.error().detail;
  ASSERT_TRUE(read->request.caller);
  const Caller& caller = *read->request.caller;
  EXPECT_EQ(caller.scope, caller_.scope);
  EXPECT_EQ(caller.user, caller_.user);
  EXPECT_EQ(caller.session, caller_.session);
  EXPECT_EQ(caller.role, Role::admin);
  EXPECT_EQ(read->request.peer, "192.0.2.7");
  EXPECT_EQ(read->request.request_id, "5f");
  EXPECT_EQ(read->request.good_until, asked_.good_until);
  EXPECT_FALSE(read->body.streamed);
  EXPECT_TRUE(uploader_->check_body(*read, "body"));
}

TEST_F(InternalAssertionsTest, T07_AReplayIsRefused) {
  const auto token = sign();
  EXPECT_TRUE(accepts(token));
  EXPECT_FALSE(accepts(token));
  clock_.advance(std::chrono::seconds(29));
  EXPECT_FALSE(accepts(token));
}

TEST_F(InternalAssertionsTest, T07_AnotherMethodPathOrQueryIsRefusedAndBurnsNothing) {
  const auto token = sign();
  EXPECT_FALSE(accepts(token, "PUT"));
  EXPECT_FALSE(accepts(token, "post"));
  EXPECT_FALSE(accepts(token, "POST", "/api/posts"));
  EXPECT_FALSE(accepts(token, "POST", "/api/posts?x=2"));
  EXPECT_FALSE(accepts(token, "POST", "/api/media?x=1"));
  EXPECT_TRUE(accepts(token));
}

TEST_F(InternalAssertionsTest, T07_AnotherBodyIsRefused) {
  const auto read = uploader_->verify(sign(), "POST", "/api/posts?x=1").value();
  EXPECT_FALSE(uploader_->check_body(read, "bodY"));
  EXPECT_FALSE(uploader_->check_body(read, ""));
  EXPECT_TRUE(uploader_->check_body(read, "body"));
}

TEST_F(InternalAssertionsTest, NobodyIsPassedOnAsNobody) {
  PassedOn nobody;
  nobody.peer = "192.0.2.8";
  const auto read = uploader_->verify(gateway_->sign(nobody, "GET", "/", ""), "GET", "/");
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_FALSE(read->request.caller);
  EXPECT_EQ(read->request.peer, "192.0.2.8");
  EXPECT_EQ(read->request.good_until, Time::max());
  EXPECT_FALSE(accepts_claim("nobody", true)) << "nobody, with a name";
  EXPECT_FALSE(accepts_claim("nobody", false));
}

TEST_F(InternalAssertionsTest, T07_AStreamIsBoundByItsTerms) {
  const auto token = gateway_->sign_streamed(asked_, "PATCH", "/api/media/1", "10 bytes");
  const auto read = uploader_->verify(token, "PATCH", "/api/media/1").value();
  EXPECT_TRUE(read.body.streamed);
  EXPECT_FALSE(uploader_->check_body(read, "")) << "a stream is for a door that streams";
  EXPECT_FALSE(uploader_->check_body(read, "10 bytes"));
  EXPECT_TRUE(uploader_->check_stream(read, "10 bytes"));
  EXPECT_FALSE(uploader_->check_stream(read, "11 bytes"));
  const auto whole = uploader_->verify(sign(), "POST", "/api/posts?x=1").value();
  EXPECT_FALSE(uploader_->check_stream(whole, "body"));
}

TEST_F(InternalAssertionsTest, T07_AfterThirtySecondsItIsOver) {
  const auto first = sign(), second = sign();
  clock_.advance(std::chrono::seconds(30));
  EXPECT_TRUE(accepts(first));
  clock_.advance(std::chrono::seconds(1));
  EXPECT_FALSE(accepts(second));
}

TEST_F(InternalAssertionsTest, T07_LifeTimesAreShortAndWhole) {
  EXPECT_TRUE(accepts_claim("exp", kNow + 30));
  EXPECT_FALSE(accepts_claim("exp", kNow + 31));
  EXPECT_FALSE(accepts_claim("exp", kNow - 1));
  EXPECT_FALSE(accepts_claim("iat", nullptr));
  EXPECT_FALSE(accepts_claim("iat", kNow - 1));  // 31 seconds long.
  EXPECT_FALSE(accepts_claim("iat", kNow + 31));
}

TEST_F(InternalAssertionsTest, T07_OtherAudiencesAndOddClaimsAreRefused) {
  EXPECT_TRUE(accepts_claim("aud", "uploader"));
  EXPECT_FALSE(accepts_claim("aud", "gateway"));
  EXPECT_FALSE(accepts_claim("aud", json::array{"uploader"}));
  EXPECT_FALSE(accepts_claim("jti", ""));
  EXPECT_FALSE(accepts_claim("jti", 7));
  EXPECT_FALSE(accepts_claim("jti", json::string(129, 'j')));
  EXPECT_FALSE(accepts_claim("customer_id", ""));
  EXPECT_FALSE(accepts_claim("role", "owner"));
  EXPECT_FALSE(accepts_claim("body_sha256", ""));
  EXPECT_FALSE(accepts_claim("method", 1));
}

// Even where the same secret is configured for both.
TEST_F(InternalAssertionsTest, T07_TheAccessTokenKeySignsNoAssertion) {
  const auto key = SigningKey::hs256(Secret(kSecret)).value();
  EXPECT_FALSE(accepts(sign_jws(key, "int+jwt", json::serialize(claims())).value()));
  EXPECT_TRUE(accepts(forged(claims())));
}

TEST_F(InternalAssertionsTest, T14_AnAccessTokenIsNoAssertionAndTheReverse) {
  JwtSettings settings;
  settings.issuer = settings.audience = "uploader";
  settings.secrets.emplace_back(kSecret);
  const auto tokens = JwtAccessTokens::make(std::move(settings), clock_, random_).value();
  EXPECT_FALSE(accepts(tokens->issue(caller_, std::chrono::seconds(30)).value()));
  EXPECT_FALSE(tokens->verify(sign()));
  for (const auto* type : {"JWT", "at+jwt", "x"}) EXPECT_FALSE(accepts(forged(claims(), type)));
}

TEST_F(InternalAssertionsTest, T21_AnOldSecretIsGoodUntilItIsRemoved) {
  const auto rotating = with({kOtherSecret, kSecret}), rotated = with({kOtherSecret});
  EXPECT_TRUE(rotating->verify(sign(), "POST", "/api/posts?x=1"));
  EXPECT_FALSE(rotated->verify(sign(), "POST", "/api/posts?x=1"));
  const auto token = rotating->sign(asked_, "GET", "/", "");
  EXPECT_TRUE(rotated->verify(token, "GET", "/"));
}

TEST_F(InternalAssertionsTest, T20_WeakSecretsAreRefused) {
  std::vector<Secret> secrets;
  EXPECT_FALSE(JwsInternalAssertions::make(secrets, clock_, random_));
  secrets.emplace_back("short");
  EXPECT_FALSE(JwsInternalAssertions::make(secrets, clock_, random_));
}

TEST_F(InternalAssertionsTest, ALongTargetFits) {
  const auto target = "/api/posts?q=" + std::string(8000, 'x');
  EXPECT_TRUE(accepts(gateway_->sign(asked_, "GET", target, ""), "GET", target));
}

}  // namespace
}  // namespace herald
