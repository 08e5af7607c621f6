#include "program/data_folder.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "crypto/system_random.h"
#include "crypto/vault_sealer.h"
#include "testing/fake_clock.h"
#include "testing/memory_key_store.h"
#include "testing/test_folder.h"

namespace herald {
namespace {

namespace fs = std::filesystem;

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct Vault {
  explicit Vault(testing::MemoryKeyStore& store, const std::string& key)
      : keys(*WrappingKeys::parse(key)), sealer(store, keys, clock, random) {}
  testing::FakeClock clock;
  SystemRandom random;
  WrappingKeys keys;
  VaultSealer sealer;
};

std::string new_key() {
  SystemRandom random;
  return make_wrapping_key("k1", random);
}

TEST(DataFolder, V19_must_be_its_owners_alone) {
  const testing::TestFolder folder;
  for (const mode_t mode : {0755u, 0750u, 0770u, 0707u, 0701u, 0710u, 0777u, 02770u}) {
    ASSERT_EQ(::chmod(folder.path().c_str(), mode), 0);
    const auto checked = check_folder_private(folder.path());
    ASSERT_FALSE(checked) << std::oct << mode;
    EXPECT_EQ(checked.error().kind, ErrorKind::invalid);
    EXPECT_TRUE(checked.error().message.contains("chmod 0700"));
  }
  ASSERT_EQ(::chmod(folder.path().c_str(), 0700), 0);
  EXPECT_TRUE(check_folder_private(folder.path()));
}

TEST(DataFolder, V19_of_another_user_is_refused) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give a folder away";
  const testing::TestFolder folder;
  ASSERT_EQ(::chown(folder.path().c_str(), 65534, 65534), 0);
  EXPECT_FALSE(check_folder_private(folder.path()));
}

TEST(DataFolder, that_is_missing_will_be_made_and_a_file_is_none) {
  const testing::TestFolder folder;
  EXPECT_TRUE(check_folder_private(folder.path() + "/new"));
  std::ofstream(folder.path() + "/file") << "x";
  EXPECT_FALSE(check_folder_private(folder.path() + "/file"));
  EXPECT_FALSE(check_folder_private(folder.path() + "/file/below"));
}

TEST(DataFolder, V09_opens_with_the_keys_that_it_was_made_with_and_no_others) {
  const testing::TestFolder folder;
  testing::MemoryKeyStore store;
  const std::string key = new_key();
  Vault first(store, key);
  ASSERT_TRUE(check_folder_canary(folder.path(), first.sealer));
  const std::string canary = bytes_of(folder.path() + "/canary");
  EXPECT_FALSE(canary.empty());

  Vault again(store, key);
  EXPECT_TRUE(check_folder_canary(folder.path(), again.sealer));
  Vault wrong(store, new_key());
  const auto checked = check_folder_canary(folder.path(), wrong.sealer);
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().kind, ErrorKind::conflict);
  EXPECT_EQ(bytes_of(folder.path() + "/canary"), canary);
}

TEST(DataFolder, a_canary_is_private_and_nothing_else_stays) {
  const testing::TestFolder folder;
  testing::MemoryKeyStore store;
  Vault vault(store, new_key());
  const auto checked = check_folder_canary(folder.path() + "/missing", vault.sealer);
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().kind, ErrorKind::unavailable);
  EXPECT_TRUE(check_folder_canary(folder.path(), vault.sealer));
  EXPECT_EQ(fs::status(folder.path() + "/canary").permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), {}), 1);
}

}  // namespace
}  // namespace herald
