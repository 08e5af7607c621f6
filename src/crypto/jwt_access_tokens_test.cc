#include "crypto/jwt_access_tokens.h"

#include "crypto/generated_keys_test.h"
#include "crypto/jws.h"
#include "crypto/jwt_fixture_test.h"

namespace herald::jwt_test {
namespace {

TEST_F(JwtAccessTokensTest, WhatIsIssuedIsAcceptedAndSaysTheSame) {
  for (const auto role : {Role::member, Role::admin}) {
    const auto token = tokens_->issue(caller(role), std::chrono::minutes(15)).value();
    const auto read = tokens_->verify(token);
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(read->caller.scope, caller().scope);
    EXPECT_EQ(read->caller.user, caller().user);
    EXPECT_EQ(read->caller.session, caller().session);
    EXPECT_EQ(read->caller.role, role);
    EXPECT_EQ(read->expires_at, clock_.now() + std::chrono::minutes(15));
  }
}

TEST_F(JwtAccessTokensTest, AForeignTokenOfTheSameSecretNeedsNoKidNoSidNoRole) {
  const auto read = tokens_->verify(signed_claims(claims()));
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->caller.role, Role::member);
  EXPECT_TRUE(read->caller.session.empty());
}

TEST_F(JwtAccessTokensTest, EveryRefusalLooksTheSameOutsideAndSaysWhyInside) {
  const auto first = tokens_->verify("x");
  const auto second = tokens_->verify(signed_raw(R"({"alg":"HS256"})", "{}"));
  ASSERT_FALSE(first);
  ASSERT_FALSE(second);
  EXPECT_EQ(first.error().kind, ErrorKind::unauthorized);
  EXPECT_EQ(first.error().message, second.error().message);
  EXPECT_NE(first.error().detail, second.error().detail);
}

TEST_F(JwtAccessTokensTest, T09_AlgNoneAndMissingSignaturesAreRefused) {
  const auto payload = to_base64url(json::serialize(claims()));
  for (const auto* algorithm : {"none", "None", "nOnE", "NONE", "", "HS384", "hs256"}) {
    const auto head = std::string(R"({"alg":")") + algorithm + "\"}";
    EXPECT_FALSE(accepts_head(head)) << algorithm;
    EXPECT_FALSE(accepts(to_base64url(head) + "." + payload + ".")) << algorithm;
  }
  const auto token = signed_claims(claims());
  EXPECT_TRUE(accepts(token));
  EXPECT_FALSE(accepts(token.substr(0, token.rfind('.'))));
  EXPECT_FALSE(accepts(token.substr(0, token.rfind('.') + 1)));
  EXPECT_FALSE(accepts("."));
  EXPECT_FALSE(accepts(".."));
  EXPECT_FALSE(accepts(""));
  EXPECT_FALSE(accepts_head("{}"));
  EXPECT_FALSE(accepts_head(R"({"alg":["HS256"]})"));
}

TEST_F(JwtAccessTokensTest, T11_AKidOnlyChoosesAmongOurKeys) {
  const auto head = [](const std::string& kid) {
    return json::serialize(json::object{{"alg", "HS256"}, {"kid", kid}});
  };
  const auto issued = tokens_->issue(caller(), std::chrono::minutes(1)).value();
  const auto kid = *read_jws(issued)->kid;
  EXPECT_TRUE(accepts_head(head(kid)));
  for (const auto& other : {std::string("../../dev/null"), std::string("/dev/null"),
                            std::string("' OR '1'='1"), std::string(10 * 1024, 'k'),
                            std::string("unknown"), std::string(), kid + std::string(1, '\0')}) {
    EXPECT_FALSE(accepts_head(head(other))) << other.substr(0, 20);
  }
  EXPECT_FALSE(accepts_head(R"({"alg":"HS256","kid":1})"));
  // An attacker who knows the empty file's content.
  EXPECT_FALSE(accepts(signed_raw(head("/dev/null"), json::serialize(claims()), "")));
}

TEST_F(JwtAccessTokensTest, T12_KeysInTheHeaderAreRefused) {
  for (const auto* name : {"jwk", "jku", "x5u", "x5c"}) {
    auto head = json::object{{"alg", "HS256"}, {name, "https://evil.example/keys"}};
    EXPECT_FALSE(accepts_head(json::serialize(head))) << name;
  }
  EXPECT_TRUE(accepts_head(R"({"alg":"HS256","x5t":"only a fingerprint","vendor":1})"));
}

TEST_F(JwtAccessTokensTest, T13_TheRestOfTheFamilyIsRefused) {
  for (const auto* head :
       {R"({"alg":"HS256","crit":["exp"],"exp":1})", R"({"alg":"HS256","crit":[]})",
        R"({"alg":"HS256","b64":false,"crit":["b64"]})", R"({"alg":"HS256","b64":false})",
        R"({"alg":"HS256","zip":"DEF"})", R"({"alg":"HS256","cty":"JWT"})",
        R"({"alg":"dir","enc":"A256GCM"})",
        R"({"alg":"PBES2-HS256+A128KW","enc":"A128GCM","p2c":2147483648,"p2s":"AA"})"}) {
    EXPECT_FALSE(accepts_head(head)) << head;
  }
  const auto token = signed_claims(claims());
  const auto dot = token.find('.'), last = token.rfind('.');
  EXPECT_FALSE(accepts(token + "." + token.substr(0, dot)));
  EXPECT_FALSE(accepts(token + "..AA"));
  const json::object flat = {{"protected", token.substr(0, dot)},
                             {"payload", token.substr(dot + 1, last - dot - 1)},
                             {"signature", token.substr(last + 1)}};
  EXPECT_FALSE(accepts(json::serialize(flat)));
  EXPECT_FALSE(accepts(json::serialize(flat) + token));
  EXPECT_FALSE(accepts(signed_raw(R"({"alg":"HS256"})", token)));  // Nested.
}

TEST_F(JwtAccessTokensTest, T14_OnlyAccessTokensAreAccessTokens) {
  for (const auto* type : {"JWT", "jwt", "at+jwt", "AT+JWT", "application/at+jwt"}) {
    EXPECT_TRUE(accepts_head(std::string(R"({"alg":"HS256","typ":")") + type + "\"}")) << type;
  }
  for (const auto* type : {"int+jwt", "rt+jwt", "refresh", "logout+jwt", "JWE", ""}) {
    EXPECT_FALSE(accepts_head(std::string(R"({"alg":"HS256","typ":")") + type + "\"}")) << type;
  }
  EXPECT_FALSE(accepts_head(R"({"alg":"HS256","typ":null})"));
  // A refresh token is 256 random bits and no JWT.
  EXPECT_FALSE(accepts(random_.token(256)));
}

TEST_F(JwtAccessTokensTest, T15_TimesAreWholeSecondsWithAMinutesSkew) {
  EXPECT_TRUE(accepts_claim("exp", kNow - 60));
  EXPECT_FALSE(accepts_claim("exp", kNow - 61));
  EXPECT_TRUE(accepts_claim("nbf", kNow + 60));
  EXPECT_FALSE(accepts_claim("nbf", kNow + 61));
  EXPECT_TRUE(accepts_claim("iat", kNow + 60));
  EXPECT_FALSE(accepts_claim("iat", kNow + 86'400));
  EXPECT_FALSE(accepts_claim("exp", json::string(std::to_string(kNow + 600))));
  EXPECT_FALSE(accepts_claim("exp", static_cast<double>(kNow + 600)));
  EXPECT_FALSE(accepts_claim("exp", -1));
  EXPECT_FALSE(accepts_claim("exp", nullptr));
  EXPECT_FALSE(accepts_claim("exp", true));
  EXPECT_FALSE(accepts_claim("exp", json::array{kNow + 600}));
  EXPECT_FALSE(accepts_claim("exp", UINT64_MAX));
  EXPECT_FALSE(accepts_claim("exp", INT64_MAX));
  EXPECT_FALSE(accepts_claim("nbf", "0"));
  auto said = claims();
  said.erase("exp");
  EXPECT_FALSE(accepts(signed_claims(said)));
  const auto rest = json::serialize(said).substr(1);
  for (const auto* number : {"1e400", "1795000600.5", "1.7950006e9", "-1e400"}) {
    const auto payload = std::string("{\"exp\":") + number + "," + rest;
    EXPECT_FALSE(accepts(signed_raw(R"({"alg":"HS256"})", payload))) << number;
  }
}

TEST_F(JwtAccessTokensTest, T16_IssuerAndAudienceMustBeOurs) {
  EXPECT_TRUE(accepts_claim("aud", json::array{"other", "herald"}));
  for (json::value audience : std::initializer_list<json::value>{
           "other", "", nullptr, json::array{}, json::array{"other"}, json::array{"herald", 1},
           "heral", "herald ", json::object{{"herald", 1}}}) {
    EXPECT_FALSE(accepts_claim("aud", audience)) << audience;
  }
  for (json::value issuer :
       std::initializer_list<json::value>{"https://herald.test/", "HTTPS://herald.test", "",
                                          nullptr, json::array{"https://herald.test"}}) {
    EXPECT_FALSE(accepts_claim("iss", issuer)) << issuer;
  }
  for (const auto* name : {"iss", "aud", "customer_id", "user_id"}) {
    auto said = claims();
    said.erase(name);
    EXPECT_FALSE(accepts(signed_claims(said))) << name;
  }
}

TEST_F(JwtAccessTokensTest, T16_IdsAreShortPlainTexts) {
  for (const auto* name : {"customer_id", "user_id", "sid"}) {
    EXPECT_TRUE(accepts_claim(name, "a.Z_0:@-")) << name;
    EXPECT_TRUE(accepts_claim(name, json::string(128, 'a'))) << name;
    for (json::value id : std::initializer_list<json::value>{
             json::array{"cust_a"}, json::object{{"$ne", ""}}, 7, "", nullptr, true, "a b", "a/b",
             "a\n", "\xc3\xa9", "$ne", json::string(std::string_view("cust_a\0", 7)),
             json::string(129, 'a')}) {
      EXPECT_FALSE(accepts_claim(name, id)) << name << " " << id;
    }
    EXPECT_FALSE(accepts_claim(name, json::string(1 << 20, 'a'))) << name;
  }
  for (json::value role : std::initializer_list<json::value>{"owner", "Admin", "", 1, nullptr}) {
    EXPECT_FALSE(accepts_claim("role", role)) << role;
  }
  EXPECT_TRUE(accepts_claim("role", "admin"));
}

TEST_F(JwtAccessTokensTest, T16_DoubledNamesAreRefused) {
  const auto said = json::serialize(claims());
  EXPECT_FALSE(
      accepts(signed_raw(R"({"alg":"HS256"})", R"({"customer_id":"cust_b",)" + said.substr(1))));
  EXPECT_FALSE(accepts(signed_raw(
      R"({"alg":"HS256"})", said.substr(0, said.size() - 1) + R"(,"customer_id":"cust_a"})")));
  EXPECT_FALSE(accepts_head(R"({"alg":"none","alg":"HS256"})"));
}

TEST_F(JwtAccessTokensTest, T17_EachPartHasOneSpelling) {
  const auto token = signed_claims(claims());
  const auto first = token.find('.'), last = token.rfind('.');
  for (const auto at : {first, last, token.size()}) {
    for (const auto* extra : {"=", " ", "\n", "+", "/", "?", "\xc2\xa0"}) {
      EXPECT_FALSE(accepts(token.substr(0, at) + extra + token.substr(at))) << at << extra;
    }
  }
  // 32 bytes leave two unused bits in the last character: four spellings for lenient decoders.
  int spellings = 0;
  for (const char c :
       std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")) {
    spellings += accepts(token.substr(0, token.size() - 1) + c);
  }
  EXPECT_EQ(spellings, 1);
  EXPECT_FALSE(accepts("Bearer " + token));
  EXPECT_FALSE(accepts(token + std::string(1, '\0')));
}

TEST_F(JwtAccessTokensTest, OversizedTokensAreRefusedUnread) {
  auto said = claims();
  said["more"] = std::string(8 * 1024, 'x');
  EXPECT_FALSE(accepts(signed_claims(said)));
}

std::string why_not_made(JwtSettings chosen) {
  testing::FakeClock clock;
  testing::SeededRandom random;
  const auto made = JwtAccessTokens::make(std::move(chosen), clock, random);
  return made ? "" : made.error().message + " " + made.error().detail;
}

TEST(JwtSettings, T20_WeakSecretsAreRefusedAtStart) {
  for (const auto* weak :
       {"", "secret", "k3J9x0Qz7Lm2Vb8Nc5Rt1Yw6Pd4Hs0A", "a-string-secret-at-least-256-bits-long",
        "00000000000000000000000000000000",
        "super-secret-jwt-token-with-at-least-32-characters-long"}) {
    auto chosen = settings();
    chosen.secrets[0] = Secret(weak);
    EXPECT_NE(why_not_made(std::move(chosen)), "") << weak;
  }
  auto chosen = settings();
  chosen.secrets.push_back(Secret("changeme-changeme-changeme-changeme"));
  EXPECT_NE(why_not_made(std::move(chosen)), "");
}

TEST(JwtSettings, MissingPartsAreRefusedAtStart) {
  auto chosen = settings();
  chosen.issuer.clear();
  EXPECT_NE(why_not_made(std::move(chosen)), "");
  chosen = settings();
  chosen.audience.clear();
  EXPECT_NE(why_not_made(std::move(chosen)), "");
  chosen = settings();
  chosen.secrets.clear();
  EXPECT_NE(why_not_made(std::move(chosen)), "");
  chosen = settings();
  chosen.signing_key_pem = Secret("no PEM");
  EXPECT_NE(why_not_made(std::move(chosen)), "");
  chosen = settings();
  chosen.jwks_path = "/nonexistent/keys.json";
  EXPECT_NE(why_not_made(std::move(chosen)), "");
  EXPECT_EQ(why_not_made(settings()), "");
}

TEST_F(JwtAccessTokensTest, T21_AnOldSecretIsGoodUntilItIsRemoved) {
  auto both = settings();
  both.secrets.insert(both.secrets.begin(), Secret(kOtherSecret));
  auto only_new = settings();
  only_new.secrets[0] = Secret(kOtherSecret);
  const auto rotating = with(std::move(both)), rotated = with(std::move(only_new));
  const auto from_before = tokens_->issue(caller(), std::chrono::minutes(5)).value();
  const auto from_now = rotating->issue(caller(), std::chrono::minutes(5)).value();
  EXPECT_TRUE(rotating->verify(from_before));
  EXPECT_TRUE(rotating->verify(from_now));
  EXPECT_TRUE(rotated->verify(from_now));
  EXPECT_FALSE(rotated->verify(from_before));
  // Without a kid nobody can say which of two it is.
  for (const auto* secret : {kSecret, kOtherSecret}) {
    const auto token = signed_raw(R"({"alg":"HS256"})", json::serialize(claims()), secret);
    EXPECT_FALSE(rotating->verify(token));
  }
}

TEST_F(JwtAccessTokensTest, ASigningKeyIsUsedInsteadOfTheSecret) {
  for (const auto& key :
       {testing::generate_rsa(), testing::generate_p256(), testing::generate_ed25519()}) {
    auto chosen = settings();
    chosen.signing_key_pem = Secret(key.pem);
    const auto tokens = with(std::move(chosen));
    const auto token = tokens->issue(caller(), std::chrono::minutes(5)).value();
    EXPECT_NE(read_jws(token)->algorithm, "HS256");
    EXPECT_TRUE(tokens->verify(token));
    EXPECT_TRUE(tokens->verify(signed_claims(claims())));
    EXPECT_FALSE(accepts(token));
  }
}

}  // namespace
}  // namespace herald::jwt_test
