#include "crypto/digest.h"

#include <gtest/gtest.h>

#include "domain/encoding.h"

namespace herald {
namespace {

TEST(Digest, Sha256MatchesTheStandard) {
  EXPECT_EQ(to_hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(to_hex(sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

// A null key pointer would make OpenSSL go on with the key of the call before.
TEST(Digest, AnEmptyHmacKeyIsAKey) {
  const auto expected = "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad";
  EXPECT_EQ(to_hex(hmac_sha256({}, {})), expected);
  static_cast<void>(hmac_sha256("another key", "text"));
  EXPECT_EQ(to_hex(hmac_sha256({}, {})), expected);
}

TEST(Digest, EqualityNeedsEveryByteAndTheLength) {
  EXPECT_TRUE(constant_time_equal("", ""));
  EXPECT_TRUE(constant_time_equal("abc", "abc"));
  EXPECT_FALSE(constant_time_equal("abc", "abd"));
  EXPECT_FALSE(constant_time_equal("abc", "ab"));
  EXPECT_FALSE(constant_time_equal("abc", "abcd"));
}

TEST(Digest, DerivedKeysDifferByLabelAndMaster) {
  const Secret master("one"), other("two");
  const auto first = derive_key(master, "a"), second = derive_key(master, "b");
  EXPECT_EQ(first.size(), 32u);
  EXPECT_NE(first.reveal(), second.reveal());
  EXPECT_NE(first.reveal(), derive_key(other, "a").reveal());
  EXPECT_EQ(first.reveal(), derive_key(master, "a").reveal());
}

}  // namespace
}  // namespace herald
