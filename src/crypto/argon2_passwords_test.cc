#include "crypto/argon2_passwords.h"

#include <gtest/gtest.h>

namespace herald {
namespace {

constexpr PasswordCost kCheap{.passes = 1, .memory_bytes = 8192};

TEST(Argon2Passwords, TheRightPasswordMatchesAndNoOther) {
  Argon2Passwords passwords(kCheap);
  const auto hash = passwords.hash(Secret("correct horse")).value();
  EXPECT_TRUE(passwords.matches(Secret("correct horse"), hash));
  EXPECT_FALSE(passwords.matches(Secret("correct horsf"), hash));
  EXPECT_FALSE(passwords.matches(Secret("correct horse "), hash));
  EXPECT_FALSE(passwords.matches(Secret(""), hash));
}

TEST(Argon2Passwords, EqualPasswordsHaveDifferentHashes) {
  Argon2Passwords passwords(kCheap);
  EXPECT_NE(passwords.hash(Secret("same")).value(), passwords.hash(Secret("same")).value());
}

TEST(Argon2Passwords, EmptyAndEndlessPasswordsAreRefused) {
  Argon2Passwords passwords(kCheap);
  EXPECT_EQ(passwords.hash(Secret("")).error().kind, ErrorKind::invalid);
  EXPECT_EQ(passwords.hash(Secret(std::string(1025, 'x'))).error().kind, ErrorKind::invalid);
  EXPECT_TRUE(passwords.hash(Secret(std::string(1024, 'x'))));
}

TEST(Argon2Passwords, DamagedHashesMatchNothing) {
  Argon2Passwords passwords(kCheap);
  const auto hash = passwords.hash(Secret("pass")).value();
  for (const auto& damaged : {std::string(), std::string("$argon2id$"), hash + "x",
                              hash.substr(0, hash.size() - 1), std::string(500, '$')}) {
    EXPECT_FALSE(passwords.matches(Secret("pass"), damaged)) << damaged;
  }
  EXPECT_TRUE(passwords.needs_rehash(""));
  EXPECT_TRUE(passwords.needs_rehash("$2b$12$bcrypt"));
  EXPECT_TRUE(passwords.needs_rehash(std::string(500, '$')));
  passwords.match_nobody(Secret("pass"));
}

TEST(Argon2Passwords, OtherCostsAskForANewHash) {
  Argon2Passwords cheap(kCheap), dearer({.passes = 2, .memory_bytes = 16384});
  const auto hash = cheap.hash(Secret("pass")).value();
  EXPECT_FALSE(cheap.needs_rehash(hash));
  EXPECT_TRUE(dearer.needs_rehash(hash));
  EXPECT_TRUE(dearer.matches(Secret("pass"), hash));
}

TEST(Argon2Passwords, TheCostsAreThoseThatAreDocumented) {
  Argon2Passwords passwords;
  const auto hash = passwords.hash(Secret("pass")).value();
  EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << hash;
}

}  // namespace
}  // namespace herald
