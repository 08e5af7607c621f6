#include "media/disk_folder.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <utility>

#include "media/folder_contract_test.h"
#include "testing/test_folder.h"

namespace herald::media {
namespace {

const CustomerId kAcme("acme");
const MediaId kMedium("media_abc");

mode_t mode_of(const std::filesystem::path& path) {
  struct stat info{};
  return ::lstat(path.c_str(), &info) == 0 ? info.st_mode & 07777 : 0;
}

class DiskFolderTest : public ::testing::Test {
 protected:
  DiskFolderTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "herald-XXXXXX").string();
    top_ = ::mkdtemp(pattern.data());
    root_ = top_ / "media";
    open({.customer_bytes_max = 1 << 20, .free_bytes_min = 0});
  }
  ~DiskFolderTest() override { std::filesystem::remove_all(top_); }

  void open(DiskLimits limits) { folder_ = *DiskFolder::open_root(root_.string(), limits); }

  std::filesystem::path top_;
  std::filesystem::path root_;
  std::unique_ptr<DiskFolder> folder_;
};

TEST_F(DiskFolderTest, ARenditionIsReplacedWhole) {
  ASSERT_TRUE(folder_->create(kAcme, kMedium, 0));
  EXPECT_EQ(all(*folder_, kAcme, kMedium, MediaPart::jpeg), "error: not_found");
  ASSERT_TRUE(folder_->put(kAcme, kMedium, MediaPart::jpeg, "the first, longer"));
  auto reader = folder_->open(kAcme, kMedium, MediaPart::jpeg, 0);
  ASSERT_TRUE(folder_->put(kAcme, kMedium, MediaPart::jpeg, "second"));
  EXPECT_EQ(all(*folder_, kAcme, kMedium, MediaPart::jpeg), "second");
  std::array<char, 64> room{};
  EXPECT_EQ((*reader)->read(room), 17u) << "an open reader keeps the bytes it began with";
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(root_ / "acme/media_abc"), {}), 2)
      << "no temporary file stays";
}

TEST_F(DiskFolderTest, TheRootMayBeALinkToAnotherDisk) {
  const auto link = top_ / "link";
  std::filesystem::create_directory_symlink(root_, link);
  root_ = link;
  open({.customer_bytes_max = 1 << 20, .free_bytes_min = 0});
  ASSERT_TRUE(folder_->create(kAcme, kMedium, 0));
  EXPECT_TRUE(std::filesystem::exists(top_ / "media/acme/media_abc"));
}

TEST_F(DiskFolderTest, NobodyElseMayReadTheFiles) {
  ASSERT_TRUE(folder_->create(kAcme, kMedium, 0));
  ASSERT_TRUE(folder_->put(kAcme, kMedium, MediaPart::jpeg, "x"));
  EXPECT_EQ(mode_of(root_), 0700u);
  EXPECT_EQ(mode_of(root_ / "acme"), 0700u);
  EXPECT_EQ(mode_of(root_ / "acme/media_abc"), 0700u);
  EXPECT_EQ(mode_of(root_ / "acme/media_abc/original"), 0600u);
  EXPECT_EQ(mode_of(root_ / "acme/media_abc/jpeg"), 0600u);
}

TEST_F(DiskFolderTest, NoIdLeavesItsPlace) {
  const std::string ids[] = {"..",
                             ".",
                             "../../etc",
                             "a/b",
                             "a%2fb",
                             "",
                             std::string("a\0b", 3),
                             "Acme",
                             "M\xC3\xBCller GmbH",
                             "%"};
  for (const auto& id : ids) {
    const CustomerId customer(id);
    ASSERT_TRUE(folder_->create(customer, kMedium, 0)) << id;
    ASSERT_TRUE(folder_->append(customer, kMedium, 0, "of " + id)) << id;
  }
  for (const auto& id : ids) {
    EXPECT_EQ(all(*folder_, CustomerId(id), kMedium, MediaPart::original), "of " + id);
    EXPECT_EQ(all(*folder_, kAcme, MediaId(id), MediaPart::original), "error: not_found");
  }
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(root_), {}), std::ssize(ids));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(top_), {}), 1);
}

TEST_F(DiskFolderTest, ACustomerStaysWithinTheQuota) {
  ASSERT_TRUE(folder_->create(kAcme, kMedium, 900'000));
  EXPECT_GE(*folder_->used_bytes(kAcme), 900'000u) << "set aside before a byte arrives";
  const auto refused = folder_->create(kAcme, MediaId("media_b"), 200'000);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::unavailable);
  EXPECT_EQ(refused.error().code, "storage_full");
  EXPECT_FALSE(std::filesystem::exists(root_ / "acme/media_b"));
  EXPECT_TRUE(folder_->create(CustomerId("globex"), kMedium, 200'000));
  EXPECT_EQ(folder_->create(kAcme, kMedium, UINT64_MAX).error().code, "storage_full");
}

TEST_F(DiskFolderTest, F05_AFullDiskIsSaidBeforeTheUploadBegins) {
  open({.customer_bytes_max = UINT64_MAX, .free_bytes_min = 1ull << 60});
  EXPECT_EQ(folder_->create(kAcme, kMedium, 1).error().code, "storage_full");
  EXPECT_EQ(folder_->used_bytes(kAcme), 0u);
}

TEST_F(DiskFolderTest, F05_APieceThatDoesNotFitLeavesTheAcknowledgedBytes) {
  ASSERT_TRUE(folder_->create(kAcme, kMedium, 0));
  ASSERT_TRUE(folder_->append(kAcme, kMedium, 0, std::string(1000, 'a')));
  // A file size limit stands in for a full disk: half of the piece is written, then an error.
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const auto ignored = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{.rlim_cur = 1500, .rlim_max = before.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &small);
  const auto refused = folder_->append(kAcme, kMedium, 1000, std::string(1000, 'b'));
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, ignored);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "storage_full");
  EXPECT_EQ(folder_->size(kAcme, kMedium), 1000u);
  EXPECT_EQ(folder_->append(kAcme, kMedium, 1000, std::string(1000, 'b')), 2000u);
}

TEST_F(DiskFolderTest, RemovingLeavesNothing) {
  ASSERT_TRUE(folder_->create(kAcme, kMedium, 100));
  ASSERT_TRUE(folder_->create(kAcme, MediaId("media_b"), 100));
  ASSERT_TRUE(folder_->put(kAcme, kMedium, MediaPart::jpeg, "x"));
  auto writer = folder_->open_for_append(kAcme, kMedium, 0);
  ASSERT_TRUE(folder_->remove(kAcme, kMedium));
  EXPECT_EQ((*writer)->write("late").error().kind, ErrorKind::not_found);
  EXPECT_EQ(folder_->size(kAcme, kMedium).error().kind, ErrorKind::not_found);
  EXPECT_EQ(folder_->size(kAcme, MediaId("media_b")), 0u);
  ASSERT_TRUE(folder_->remove(kAcme, MediaId("media_b")));
  ASSERT_TRUE(folder_->remove(kAcme, kMedium)) << "removing again is fine";
  EXPECT_TRUE(std::filesystem::is_empty(root_));
}

TEST_F(DiskFolderTest, ARootThatCannotBeMadeIsNamed) {
  const auto refused = DiskFolder::open_root("/proc/herald-media", {});
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("/proc/herald-media"), std::string::npos);
}

TEST_F(DiskFolderTest, EveryMediumIsVisitedByItsOwnIdsAndNothingElseIs) {
  const std::string odd = "Ann/../\xC3\xA9 %2e";
  using Place = std::pair<std::string, std::string>;
  const std::set<Place> made{{"acme", "media_abc"}, {"acme", ""}, {odd, odd}, {"%", "%"}};
  for (const auto& [customer, id] : made) {
    ASSERT_TRUE(folder_->create(CustomerId(customer), MediaId(id), 1));
  }
  std::filesystem::create_directories(root_ / "lost+found" / "media_abc");
  std::filesystem::create_directories(root_ / "acme" / "UPPER");
  std::filesystem::create_directories(root_ / "acme" / "%zz");
  std::filesystem::create_directory_symlink("/", root_ / "acme" / "link");
  std::ofstream(root_ / "acme" / "file") << "x";
  std::set<Place> found;
  ASSERT_TRUE(folder_->visit([&](const CustomerId& customer, const MediaId& id) {
    EXPECT_TRUE(found.emplace(customer.value, id.value).second);
  }));
  EXPECT_EQ(found, made);
}

TEST_F(DiskFolderTest, ARenditionThatWasCutOffGoesWithTheNextVisit) {
  ASSERT_TRUE(folder_->create(kAcme, kMedium, 1));
  ASSERT_TRUE(folder_->put(kAcme, kMedium, MediaPart::preview, "frame"));
  std::ofstream(root_ / "acme" / "media_abc" / "new.a1b2c3") << "half a fra";
  ASSERT_TRUE(folder_->visit([](const CustomerId&, const MediaId&) {}));
  EXPECT_FALSE(std::filesystem::exists(root_ / "acme" / "media_abc" / "new.a1b2c3"));
  EXPECT_EQ(all(*folder_, kAcme, kMedium, MediaPart::preview), "frame");
}

class DiskPlace final : public FolderPlace {
 public:
  std::unique_ptr<MediaFolder> open(std::uint64_t customer_bytes_max) override {
    return std::move(
        *DiskFolder::open_root(folder_.path() + "/media",
                               {.customer_bytes_max = customer_bytes_max, .free_bytes_min = 0}));
  }
  bool is_empty() override { return std::filesystem::is_empty(folder_.path() + "/media"); }

 private:
  testing::TestFolder folder_;
};

INSTANTIATE_TEST_SUITE_P(Disk, FolderContract,
                         ::testing::Values([]() -> std::unique_ptr<FolderPlace> {
                           return std::make_unique<DiskPlace>();
                         }));

}  // namespace
}  // namespace herald::media
