#include "crypto/wrapping_keys.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "domain/encoding.h"
#include "testing/seeded_random.h"

namespace herald {
namespace {

std::string key_text(const std::string& id, std::uint64_t seed, std::size_t size = 32) {
  testing::SeededRandom random(seed);
  return id + ":" + random.token(size * 8);
}

std::string why_refused(const std::string& text) {
  const auto keys = WrappingKeys::parse(text);
  return keys ? "accepted" : keys.error().message;
}

PlainDataKey data_key(std::string_view text = "0123456789abcdef0123456789ABCDEF") {
  return {Secret(text), from_ms(1'795'000'000'123)};
}

class WrappingKeysTest : public ::testing::Test {
 protected:
  testing::SeededRandom random_{7};
  WrappingKeys keys_ = WrappingKeys::parse(key_text("k1", 1)).value();
  CustomerId customer_{"cust_a"};
};

TEST_F(WrappingKeysTest, TheFirstIsPrimaryAndTheFormIsFree) {
  const auto keys =
      WrappingKeys::parse("# keys of 2026\n" + key_text("new", 1) + ", " + key_text("old", 2) +
                          "\n\n" + key_text("older", 3) + " # until the rotation is done\n");
  ASSERT_TRUE(keys) << keys.error().message;
  EXPECT_EQ(keys->primary_id(), "new");
  EXPECT_TRUE(keys->has("old"));
  EXPECT_TRUE(keys->has("older"));
  EXPECT_FALSE(keys->has("k1"));
}

TEST_F(WrappingKeysTest, V10_MissingShortLongAndKnownKeysAreRefused) {
  EXPECT_NE(why_refused(""), "accepted");
  EXPECT_NE(why_refused("# nothing but a comment"), "accepted");
  for (const std::size_t size : {0u, 16u, 31u, 33u, 64u}) {
    EXPECT_NE(why_refused(key_text("k", 1, size)), "accepted") << size;
  }
  EXPECT_NE(why_refused("k:" + to_base64url(std::string(32, '\0'))), "accepted");
  EXPECT_NE(why_refused("k:" + to_base64url(std::string(32, '\xff'))), "accepted");
  EXPECT_NE(why_refused("k:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"), "accepted");
  EXPECT_EQ(why_refused(key_text("k", 1)), "accepted");
}

TEST_F(WrappingKeysTest, V10_SpellingsThatHideAMistakeAreRefused) {
  const auto good = key_text("k", 1);
  EXPECT_NE(why_refused(good + "="), "accepted");
  EXPECT_NE(why_refused(good.substr(2)), "accepted");                    // No id.
  EXPECT_NE(why_refused(":" + good.substr(2)), "accepted");              // Empty id.
  EXPECT_NE(why_refused(good + "," + good), "accepted");                 // One id twice.
  EXPECT_NE(why_refused(good + ",other" + good.substr(1)), "accepted");  // One key twice.
}

TEST_F(WrappingKeysTest, NoRefusalTellsAKey) {
  const auto secret = key_text("k", 1).substr(2);
  for (const auto& text : {secret, "k:" + secret + "A", "k:" + secret + ",k:" + secret,
                           "k:" + secret + ",j:" + secret, "bad id!:" + secret}) {
    const auto reason = why_refused(text);
    ASSERT_NE(reason, "accepted") << text;
    EXPECT_EQ(reason.find(secret.substr(0, 8)), std::string::npos) << reason;
  }
}

TEST_F(WrappingKeysTest, AWrappedKeyComesBackWithItsAge) {
  const auto wrapped = keys_.wrap(customer_, 3, data_key(), random_);
  EXPECT_EQ(wrapped.number, 3u);
  EXPECT_EQ(wrapping_key_id(wrapped), "k1");
  EXPECT_EQ(wrapped.commitment.size(), 16u);
  const auto plain = keys_.unwrap(customer_, wrapped);
  ASSERT_TRUE(plain) << plain.error().detail;
  EXPECT_EQ(plain->key.reveal(), data_key().key.reveal());
  EXPECT_EQ(plain->made_at, data_key().made_at);
}

TEST_F(WrappingKeysTest, V01_AWrappedKeyOpensInItsPlaceOnly) {
  const auto wrapped = keys_.wrap(customer_, 3, data_key(), random_);
  EXPECT_FALSE(keys_.unwrap(CustomerId("cust_b"), wrapped));
  auto renumbered = wrapped;
  renumbered.number = 4;
  EXPECT_FALSE(keys_.unwrap(customer_, renumbered));
}

TEST_F(WrappingKeysTest, V02_EveryFlippedBitOfAWrappedKeyIsSeen) {
  const auto wrapped = keys_.wrap(customer_, 3, data_key(), random_);
  for (std::size_t bit = 0; bit < wrapped.wrapped.size() * 8; ++bit) {
    auto flipped = wrapped;
    auto& byte = flipped.wrapped[bit / 8];
    byte = static_cast<char>(byte ^ (1 << bit % 8));
    EXPECT_FALSE(keys_.unwrap(customer_, flipped)) << bit;
  }
  for (std::size_t size = 0; size < wrapped.wrapped.size(); ++size) {
    EXPECT_FALSE(keys_.unwrap(customer_, {3, wrapped.wrapped.substr(0, size), wrapped.commitment}));
  }
}

TEST_F(WrappingKeysTest, TheCommitmentIsChecked) {
  auto wrapped = keys_.wrap(customer_, 3, data_key(), random_);
  wrapped.commitment.back() = static_cast<char>(wrapped.commitment.back() ^ 1);
  EXPECT_FALSE(keys_.unwrap(customer_, wrapped));
  wrapped.commitment.clear();
  EXPECT_FALSE(keys_.unwrap(customer_, wrapped));
}

TEST_F(WrappingKeysTest, AMissingWrappingKeyIsNamed) {
  const auto wrapped = keys_.wrap(customer_, 3, data_key(), random_);
  const auto others = WrappingKeys::parse(key_text("k2", 2)).value();
  const auto plain = others.unwrap(customer_, wrapped);
  ASSERT_FALSE(plain);
  EXPECT_EQ(plain.error().code, kWrongWrappingKey);
  EXPECT_NE(plain.error().detail.find("\"k1\" is not configured"), std::string::npos);
}

TEST_F(WrappingKeysTest, AMadeKeyIsAccepted) {
  EXPECT_EQ(why_refused(make_wrapping_key("2026-11", random_)), "accepted");
}

class KeyFile {
 public:
  KeyFile(const std::string& text, mode_t mode)
      : path_(::testing::TempDir() + "herald_keys_" + std::to_string(::getpid())) {
    std::ofstream(path_) << text;
    ::chmod(path_.c_str(), mode);
  }
  ~KeyFile() { ::unlink(path_.c_str()); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

TEST_F(WrappingKeysTest, V19_OnlyAFileThatNobodyElseMayReadIsTaken) {
  for (const mode_t mode : {0400u, 0600u}) {
    const KeyFile file(key_text("k", 1) + "\n", mode);
    EXPECT_TRUE(WrappingKeys::from_file(file.path())) << mode;
  }
  for (const mode_t mode : {0644u, 0640u, 0604u, 0660u, 0410u, 0777u}) {
    const KeyFile file(key_text("k", 1) + "\n", mode);
    const auto keys = WrappingKeys::from_file(file.path());
    ASSERT_FALSE(keys) << mode;
    EXPECT_NE(keys.error().message.find("chmod 0400"), std::string::npos);
  }
}

TEST_F(WrappingKeysTest, V19_AFolderANullFileAndAMissingFileAreRefused) {
  EXPECT_FALSE(WrappingKeys::from_file(::testing::TempDir()));
  EXPECT_FALSE(WrappingKeys::from_file("/dev/null"));
  EXPECT_FALSE(WrappingKeys::from_file(::testing::TempDir() + "herald_no_such_file"));
}

TEST_F(WrappingKeysTest, V19_AnotherUsersFileIsRefused) {
  const KeyFile file(key_text("k", 1) + "\n", 0400);
  if (::chown(file.path().c_str(), 12345, 12345) != 0) {
    GTEST_SKIP() << "only root can give a file away";
  }
  EXPECT_FALSE(WrappingKeys::from_file(file.path()));
}

}  // namespace
}  // namespace herald
