// Access tokens of another issuer, whose public keys lie in a file.
#include <unistd.h>

#include <fstream>

#include "crypto/generated_keys_test.h"
#include "crypto/jwt_access_tokens.h"
#include "crypto/jwt_fixture_test.h"

namespace herald::jwt_test {
namespace {

class KeySetFile {
 public:
  explicit KeySetFile(const std::string& text)
      : path_(::testing::TempDir() + "herald_jwks_" + std::to_string(::getpid())) {
    write(text);
  }
  ~KeySetFile() { ::unlink(path_.c_str()); }
  void hide() { ::rename(path_.c_str(), (path_ + ".hidden").c_str()); }
  void show() { ::rename((path_ + ".hidden").c_str(), path_.c_str()); }
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

TEST_F(KeySetTest, AFileThatVanishesAndComesBackChangesNothing) {
  const auto ed = testing::generate_ed25519();
  KeySetFile file(testing::jwk_set({{"o", &ed}}));
  const auto tokens = trusting(file);
  const auto token = OtherIssuer(ed).sign(their_claims(), "o");
  file.hide();
  clock_.advance(kJwksFloor);
  EXPECT_TRUE(tokens->key_set_fault());
  EXPECT_TRUE(tokens->verify(token));
  file.show();
  clock_.advance(kJwksFloor);
  EXPECT_FALSE(tokens->key_set_fault());
  EXPECT_TRUE(tokens->verify(token));
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
}  // namespace herald::jwt_test
