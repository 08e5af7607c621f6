#include "crypto/jwt_access_tokens.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <fstream>

#include "crypto/digest.h"
#include "crypto/generated_keys_test.h"
#include "crypto/jws.h"
#include "domain/encoding.h"
#include "testing/fake_clock.h"
#include "testing/seeded_random.h"

namespace herald {
namespace {

namespace json = boost::json;

constexpr std::int64_t kNow = 1'795'000'000;  // Where FakeClock starts, in seconds.
constexpr const char* kSecret = "k3J9x0Qz7Lm2Vb8Nc5Rt1Yw6Pd4Hs0Ag";
constexpr const char* kOtherSecret = "Zq7Xw2Ev9Rb4Tn1Ym6Ui3Op8As5Df0Gh";

Caller caller(Role role = Role::member) {
  return {ScopeAuthority::of(CustomerId("cust_a")), UserId("user_1"), SessionId("sess_1"), role};
}

JwtSettings settings() {
  JwtSettings made;
  made.issuer = "https://herald.test";
  made.audience = "herald";
  made.secrets.push_back(Secret(kSecret));
  return made;
}

json::object claims() {
  return {{"iss", "https://herald.test"},
          {"aud", "herald"},
          {"exp", kNow + 600},
          {"customer_id", "cust_a"},
          {"user_id", "user_1"}};
}

// A token of exactly these parts, signed with HS256.
std::string signed_raw(std::string_view head, std::string_view payload,
                       std::string_view secret = kSecret) {
  const auto input = to_base64url(head) + "." + to_base64url(payload);
  return input + "." + to_base64url(hmac_sha256(secret, input));
}

std::string signed_claims(const json::object& said) {
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
  EXPECT_FALSE(rotating->verify(signed_claims(claims())));
}

class KeySetFile {
 public:
  explicit KeySetFile(const std::string& text)
      : path_(::testing::TempDir() + "herald_jwks_" + std::to_string(::getpid())) {
    write(text);
  }
  ~KeySetFile() { ::unlink(path_.c_str()); }
  void write(const std::string& text) {  // As an atomic writer does: the inode changes.
    std::ofstream(path_ + ".new") << text;
    ::rename((path_ + ".new").c_str(), path_.c_str());
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// Signs for another issuer, whose keys we only know as a set.
class OtherIssuer {
 public:
  explicit OtherIssuer(const testing::GeneratedKey& key)
      : key_(SigningKey::from_pem(Secret(key.pem)).value()) {}
  std::string sign(const json::object& said, const std::string& kid,
                   std::string_view algorithm = "") const {
    const json::object head = {{"alg", algorithm.empty() ? name_of(key_.algorithm()) : algorithm},
                               {"kid", kid}};
    const auto input =
        to_base64url(json::serialize(head)) + "." + to_base64url(json::serialize(said));
    return input + "." + to_base64url(key_.sign(input).value());
  }

 private:
  SigningKey key_;
};

class KeySetTest : public JwtAccessTokensTest {
 protected:
  static json::object their_claims() {
    auto said = claims();
    said["iss"] = "https://other.test";
    return said;
  }
  std::unique_ptr<JwtAccessTokens> trusting(const KeySetFile& file) {
    auto chosen = settings();
    chosen.jwks_path = file.path();
    chosen.jwks_issuer = "https://other.test";
    return with(std::move(chosen));
  }
};

TEST_F(KeySetTest, EachAlgorithmIsCheckedWithItsKey) {
  const auto rsa = testing::generate_rsa(), p256 = testing::generate_p256(),
             ed = testing::generate_ed25519();
  const KeySetFile file(testing::jwk_set({{"r", &rsa}, {"e", &p256}, {"o", &ed}}));
  const auto tokens = trusting(file);
  for (const auto& [kid, key] :
       {std::pair("r", &rsa), std::pair("e", &p256), std::pair("o", &ed)}) {
    const auto token = OtherIssuer(*key).sign(their_claims(), kid);
    const auto first = tokens->verify(token);
    ASSERT_TRUE(first) << kid << first.error().detail;
    EXPECT_TRUE(tokens->verify(token)) << "remembered: " << kid;
    auto changed = token;
    changed[changed.size() - 20] = changed[changed.size() - 20] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(tokens->verify(changed)) << kid;
    // Under another key's kid.
    EXPECT_FALSE(tokens->verify(OtherIssuer(*key).sign(their_claims(), kid[0] == 'r' ? "e" : "r")));
    EXPECT_FALSE(tokens->verify(OtherIssuer(*key).sign(their_claims(), kid, "HS256"))) << kid;
  }
}

TEST_F(KeySetTest, T10_APublicKeyIsNoSecret) {
  const auto rsa = testing::generate_rsa(), p256 = testing::generate_p256();
  const KeySetFile file(testing::jwk_set({{"r", &rsa}, {"e", &p256}}));
  auto chosen = settings();
  chosen.secrets.clear();
  chosen.jwks_path = file.path();
  const auto tokens = with(std::move(chosen));
  for (const auto* key : {&rsa, &p256}) {
    for (const auto& secret : {key->public_pem, key->jwk}) {
      for (const auto* head : {R"({"alg":"HS256","kid":"r"})", R"({"alg":"HS256","kid":"e"})",
                               R"({"alg":"HS256"})", R"({"alg":"RS256","kid":"r"})"}) {
        EXPECT_FALSE(tokens->verify(signed_raw(head, json::serialize(claims()), secret)));
      }
    }
  }
}

TEST_F(KeySetTest, T10_OddEs256SignaturesAreRefused) {
  const auto p256 = testing::generate_p256();
  const KeySetFile file(testing::jwk_set({{"e", &p256}}));
  const auto tokens = trusting(file);
  const auto token = OtherIssuer(p256).sign(their_claims(), "e");
  const auto input = token.substr(0, token.rfind('.') + 1);
  const auto raw = from_base64url(token.substr(input.size())).value();
  ASSERT_EQ(raw.size(), 64u);
  EXPECT_TRUE(tokens->verify(token));
  EXPECT_FALSE(tokens->verify(input + to_base64url(std::string(64, '\0'))));
  // DER: two positive INTEGERs of 33 bytes.
  const std::string zero(1, '\0');
  const auto der =
      "\x30\x46\x02\x21" + zero + raw.substr(0, 32) + "\x02\x21" + zero + raw.substr(32);
  EXPECT_FALSE(tokens->verify(input + to_base64url(der)));
  EXPECT_FALSE(tokens->verify(input + to_base64url(raw.substr(32) + raw.substr(0, 32))));
  EXPECT_FALSE(tokens->verify(input + to_base64url(raw + zero)));
}

TEST_F(KeySetTest, T11_AnIssuersKeySignsForThatIssuerOnly) {
  const auto ed = testing::generate_ed25519();
  const KeySetFile file(testing::jwk_set({{"o", &ed}}));
  const auto tokens = trusting(file);
  EXPECT_FALSE(tokens->verify(OtherIssuer(ed).sign(claims(), "o")));
  EXPECT_FALSE(tokens->verify(signed_claims(their_claims())));
  EXPECT_TRUE(tokens->verify(signed_claims(claims())));
}

TEST_F(KeySetTest, T15_ARememberedTokenStillExpires) {
  const auto ed = testing::generate_ed25519();
  const KeySetFile file(testing::jwk_set({{"o", &ed}}));
  const auto tokens = trusting(file);
  const auto token = OtherIssuer(ed).sign(their_claims(), "o");
  EXPECT_TRUE(tokens->verify(token));
  clock_.advance(std::chrono::seconds(660));
  EXPECT_TRUE(tokens->verify(token));
  clock_.advance(std::chrono::seconds(1));
  EXPECT_FALSE(tokens->verify(token));
}

TEST_F(KeySetTest, T21_AChangedFileIsSeenWithinTheFloor) {
  const auto before = testing::generate_ed25519(), after = testing::generate_ed25519();
  KeySetFile file(testing::jwk_set({{"1", &before}}));
  const auto tokens = trusting(file);
  const auto old_token = OtherIssuer(before).sign(their_claims(), "1");
  const auto new_token = OtherIssuer(after).sign(their_claims(), "2");
  EXPECT_TRUE(tokens->verify(old_token));
  EXPECT_FALSE(tokens->verify(new_token));

  file.write(testing::jwk_set({{"1", &before}, {"2", &after}}));
  EXPECT_FALSE(tokens->verify(new_token)) << "the file was looked at before its floor";
  clock_.advance(kJwksFloor);
  EXPECT_TRUE(tokens->verify(new_token));
  EXPECT_TRUE(tokens->verify(old_token));

  file.write(testing::jwk_set({{"2", &after}}));
  clock_.advance(kJwksFloor);
  EXPECT_FALSE(tokens->verify(old_token)) << "remembered beyond its key";
  EXPECT_TRUE(tokens->verify(new_token));
}

TEST_F(KeySetTest, ABrokenFileChangesNothingAndIsReported) {
  const auto ed = testing::generate_ed25519();
  KeySetFile file(testing::jwk_set({{"o", &ed}}));
  const auto tokens = trusting(file);
  EXPECT_FALSE(tokens->key_set_fault());
  file.write(R"({"keys":[{"kty":"oct","k":"AAAA"}]})");
  clock_.advance(kJwksFloor);
  ASSERT_TRUE(tokens->key_set_fault());
  EXPECT_NE(tokens->key_set_fault()->detail.find("symmetric"), std::string::npos);
  EXPECT_TRUE(tokens->verify(OtherIssuer(ed).sign(their_claims(), "o")));
  file.write(testing::jwk_set({{"o", &ed}}));
  clock_.advance(kJwksFloor);
  EXPECT_FALSE(tokens->key_set_fault());
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

TEST_F(KeySetTest, WithoutASigningKeyNothingIsIssued) {
  const auto ed = testing::generate_ed25519();
  const KeySetFile file(testing::jwk_set({{"o", &ed}}));
  auto chosen = settings();
  chosen.secrets.clear();
  chosen.jwks_path = file.path();
  EXPECT_EQ(with(std::move(chosen))->issue(caller(), std::chrono::minutes(5)).error().kind,
            ErrorKind::unavailable);
}

}  // namespace
}  // namespace herald
