#include "domain/weak_secret.h"

#include <gtest/gtest.h>

namespace herald {
namespace {

TEST(WeakSecret, T20_ShortSecretsAreRefused) {
  EXPECT_TRUE(weakness_of(""));
  EXPECT_TRUE(weakness_of("k3J9x0Qz7Lm2Vb8Nc5Rt1Yw6Pd4Hs0A"));  // 31 bytes.
  EXPECT_FALSE(weakness_of("k3J9x0Qz7Lm2Vb8Nc5Rt1Yw6Pd4Hs0Ag"));
}

TEST(WeakSecret, T20_KnownDefaultsAreRefused) {
  for (const auto* secret : {
           "a-string-secret-at-least-256-bits-long",
           "your-256-bit-secret-your-256-bit-secret",
           "super-secret-jwt-token-with-at-least-32-characters-long",
           "CHANGEME-CHANGEME-CHANGEME-CHANGEME",
           "please_change_me_before_you_deploy_this",
           "hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg",
           "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
       }) {
    EXPECT_TRUE(weakness_of(secret)) << secret;
  }
}

TEST(WeakSecret, V10_PatternsAreRefused) {
  EXPECT_TRUE(weakness_of(std::string(32, '\0')));
  EXPECT_TRUE(weakness_of(std::string(64, 'a')));
  EXPECT_TRUE(weakness_of("abcabcabcabcabcabcabcabcabcabcabcabc"));
  std::string rising;
  for (int i = 0; i < 32; ++i) rising += static_cast<char>(0x80 + i);
  EXPECT_TRUE(weakness_of(rising));
}

TEST(WeakSecret, T20_APublicKeyFileIsNoSecret) {
  EXPECT_TRUE(weakness_of("-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A"));
}

TEST(WeakSecret, HexAndBase64OfRandomBytesPass) {
  EXPECT_FALSE(weakness_of("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"));
  EXPECT_FALSE(weakness_of("n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg"));
}

}  // namespace
}  // namespace herald
