#include "crypto/jwk.h"

#include <gtest/gtest.h>

#include "crypto/generated_keys_test.h"
#include "domain/encoding.h"

namespace herald {
namespace {

using testing::jwk_set;

// Empty when the set is taken, else the reason.
std::string why_refused(const std::string& text) {
  const auto keys = read_jwk_set(text);
  return keys ? "" : keys.error().detail;
}

class JwkTest : public ::testing::Test {
 protected:
  // With more members in front: {"use":"enc",...}
  static std::string set_of(const std::string& members, const testing::GeneratedKey& key) {
    return R"({"keys":[{"kid":"k",)" + members + key.jwk.substr(1) + "]}";
  }
  testing::GeneratedKey p256_ = testing::generate_p256();
  testing::GeneratedKey ed25519_ = testing::generate_ed25519();
};

TEST_F(JwkTest, EachKindIsReadWithItsOwnAlgorithm) {
  const auto rsa = testing::generate_rsa();
  const auto keys = read_jwk_set(jwk_set({{"r", &rsa}, {"e", &p256_}, {"o", &ed25519_}}));
  ASSERT_TRUE(keys) << keys.error().detail;
  ASSERT_EQ(keys->size(), 3u);
  EXPECT_EQ((*keys)[0]->algorithm(), Algorithm::rs256);
  EXPECT_EQ((*keys)[1]->algorithm(), Algorithm::es256);
  EXPECT_EQ((*keys)[2]->algorithm(), Algorithm::eddsa);
  EXPECT_EQ((*keys)[2]->kid(), "o");
}

TEST_F(JwkTest, KeysForOtherUsesArePassedOver) {
  for (const auto* members :
       {R"("use":"enc",)", R"("alg":"ES384",)", R"("key_ops":["encrypt"],)", R"("use":7,)"}) {
    EXPECT_NE(why_refused(set_of(members, p256_)).find("no key for"), std::string::npos) << members;
  }
  EXPECT_EQ(why_refused(set_of(R"("use":"sig","alg":"ES256","key_ops":["verify"],)", p256_)), "");
}

TEST_F(JwkTest, SymmetricAndPrivateKeysSpoilTheSet) {
  const auto good = jwk_set({{"k", &p256_}});
  const auto with = [&](const std::string& other) {
    return good.substr(0, good.size() - 2) + "," + other + "]}";
  };
  EXPECT_NE(why_refused(with(R"({"kty":"oct","kid":"s","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMko"})"))
                .find("symmetric"),
            std::string::npos);
  EXPECT_NE(why_refused(with(R"({"kty":"OKP","crv":"X25519","kid":"s","x":"AA","d":"AA"})"))
                .find("private"),
            std::string::npos);
  EXPECT_EQ(why_refused(with(R"({"kty":"OKP","crv":"X25519","kid":"s","x":"AA"})")), "");
}

TEST_F(JwkTest, BrokenAndAmbiguousSetsAreRefused) {
  EXPECT_NE(why_refused(jwk_set({{"k", &p256_}, {"k", &ed25519_}})), "");
  EXPECT_NE(why_refused(R"({"keys":[]})"), "");
  EXPECT_NE(why_refused(R"({"keys":{}})"), "");
  EXPECT_NE(why_refused(R"({"keys":[1]})"), "");
  EXPECT_NE(why_refused(R"([])"), "");
  EXPECT_NE(why_refused(R"({"keys":[{"kid":"k"}]})"), "");
  EXPECT_NE(why_refused(R"({"keys":[{"kty":"RSA","kid":"k"}]})"), "");
  EXPECT_NE(why_refused(R"({"keys":[{"kty":"OKP","crv":"Ed25519","kid":"k","x":"AA"}]})"), "");
}

TEST_F(JwkTest, T16_ADoubledMemberIsRefused) {
  EXPECT_NE(why_refused(set_of(R"("kid":"other",)", p256_)), "");
}

TEST_F(JwkTest, WeakRsaKeysAreRefused) {
  const auto small = testing::generate_rsa(1024);
  EXPECT_NE(why_refused(jwk_set({{"k", &small}})).find("1024 bits"), std::string::npos);
}

// The neutral element and a point of order 8: a signature for all messages would fit them.
TEST_F(JwkTest, SmallOrderPointsOfEd25519AreRefused) {
  for (const auto* hex : {"0100000000000000000000000000000000000000000000000000000000000000",
                          "0000000000000000000000000000000000000000000000000000000000000000",
                          "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"}) {
    const auto x = to_base64url(*from_hex(hex));
    EXPECT_NE(why_refused(R"({"keys":[{"kty":"OKP","crv":"Ed25519","kid":"k","x":")" + x + "\"}]}"),
              "");
  }
}

}  // namespace
}  // namespace herald
