#include "media/s3/folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <limits>
#include <thread>

#include "media/folder_contract_test.h"
#include "media/s3/bucket_test.h"

namespace herald::media {
namespace {

class BucketPlace final : public FolderPlace {
 public:
  std::unique_ptr<MediaFolder> open(std::uint64_t customer_bytes_max) override {
    return bucket_.open({.customer_bytes_max = customer_bytes_max, .free_bytes_min = 0});
  }
  bool is_empty() override { return !bucket_.listing().contains("<Key>"); }

 private:
  Bucket bucket_;
};

INSTANTIATE_TEST_SUITE_P(S3, FolderContract,
                         ::testing::Values([]() -> std::unique_ptr<FolderPlace> {
                           return std::make_unique<BucketPlace>();
                         }));

const CustomerId kAcme("acme");
const MediaId kMedium("media_abc");
constexpr std::uint64_t kPart = 8u << 20;

class S3FolderTest : public ::testing::Test {
 protected:
  ~S3FolderTest() override { object_store().set_faults("[]"); }

  std::string piece(std::size_t size, char c = 'a') const { return std::string(size, c); }
  std::size_t times(const std::string& method, const std::string& part) {
    const auto asked = object_store().asked();
    return static_cast<std::size_t>(std::ranges::count_if(asked, [&](const std::string& line) {
      return line.starts_with(method + " ") && line.contains(part);
    }));
  }

  Bucket bucket_;
  std::unique_ptr<S3Folder> folder_ = bucket_.open({.free_bytes_min = 0});
};

TEST_F(S3FolderTest, ASmallFileIsOneObjectAndALargeOneGoesInParts) {
  ASSERT_TRUE(folder_->create(kAcme, kMedium, 5));
  ASSERT_EQ(folder_->append(kAcme, kMedium, 0, "small"), 5u);
  EXPECT_EQ(times("POST", "uploads="), 0u);
  const MediaId large("media_large");
  ASSERT_TRUE(folder_->create(kAcme, large, 2 * kPart + 1));
  ASSERT_EQ(folder_->append(kAcme, large, 0, piece(2 * kPart + 1)), 2 * kPart + 1);
  const auto listing = bucket_.listing();
  EXPECT_FALSE(listing.contains("upload."))
      << "the record goes when the file is whole: " << listing;
}

TEST_F(S3FolderTest, PartsAreSentWhileTheBytesCome) {
  ASSERT_TRUE(folder_->create(kAcme, kMedium, 3 * kPart));
  auto writer = *folder_->open_for_append(kAcme, kMedium, 0);
  ASSERT_TRUE(writer->write(piece(2 * kPart)));
  ASSERT_TRUE(writer->write("one more"));
  EXPECT_EQ(times("PUT", "partNumber="), 2u) << "no more than a part is held here";
}

TEST_F(S3FolderTest, AnUploadThatAKilledProcessLeftGoesOnUnderOtherPartNumbers) {
  ASSERT_TRUE(folder_->create(kAcme, kMedium, 3 * kPart));
  auto killed = *folder_->open_for_append(kAcme, kMedium, 0);
  ASSERT_TRUE(killed->write(piece(kPart + 1)));  // Sent one part, and never said that it stopped.
  (void)object_store().asked();
  const auto next = bucket_.open({});
  ASSERT_EQ(next->size(kAcme, kMedium), kPart);
  ASSERT_EQ(next->append(kAcme, kMedium, kPart, piece(2 * kPart, 'b')), 3 * kPart);
  const auto asked = object_store().asked();
  const auto sent = [&](const std::string& number) {
    return std::ranges::any_of(asked, [&](const std::string& line) {
      return line.contains("partNumber=" + number + "&");
    });
  };
  EXPECT_FALSE(sent("2")) << "the killed one's second part may still be on its way";
  EXPECT_TRUE(sent("3") && sent("4"));
  EXPECT_EQ(all(*next, kAcme, kMedium, MediaPart::original), piece(kPart) + piece(2 * kPart, 'b'));
}

TEST_F(S3FolderTest, RemovingAbortsThePartsThatAreThere) {
  ASSERT_TRUE(folder_->create(kAcme, kMedium, 3 * kPart));
  ASSERT_TRUE(folder_->append(kAcme, kMedium, 0, piece(kPart + 1)));
  ASSERT_TRUE(folder_->remove(kAcme, kMedium));
  EXPECT_EQ(times("DELETE", "/acme/media_abc/original?uploadId="), 1u);
}

// Some stores complete an upload a second time, others do not know it any more.
TEST_F(S3FolderTest, ACompletionWhoseAnswerIsLostCounts) {
  for (const char* second : {"", R"(, {"method": "POST", "match": "uploadId=", "times": 1,
                                      "status": 404, "code": "NoSuchUpload"})"}) {
    const MediaId id("media" + std::to_string(std::strlen(second)));
    ASSERT_TRUE(folder_->create(kAcme, id, kPart + 1));
    object_store().set_faults(
        R"([{"method": "POST", "match": "uploadId=", "times": 1, "cut": true})" +
        std::string(second) + "]");
    EXPECT_EQ(folder_->append(kAcme, id, 0, piece(kPart + 1)), kPart + 1);
    EXPECT_EQ(folder_->size(kAcme, id), kPart + 1);
  }
}

TEST_F(S3FolderTest, AWritingOfTheRecordWhoseAnswerIsLostCounts) {
  ASSERT_TRUE(folder_->create(kAcme, kMedium, 10));
  object_store().set_faults(R"([{"method": "PUT", "match": "upload.", "times": 1, "cut": true}])");
  EXPECT_EQ(folder_->append(kAcme, kMedium, 0, "hello"), 5u);
  EXPECT_EQ(folder_->append(kAcme, kMedium, 5, "world"), 10u);
}

TEST_F(S3FolderTest, F05_APieceThatIsNotTakenLeavesTheAcknowledgedBytes) {
  ASSERT_TRUE(folder_->create(kAcme, kMedium, 2 * kPart));
  ASSERT_EQ(folder_->append(kAcme, kMedium, 0, piece(1000)), 1000u);
  object_store().set_faults(
      R"([{"method": "PUT", "match": "partNumber=", "times": 9, "status": 507,
           "code": "XMinioStorageFull"}])");
  const auto refused = folder_->append(kAcme, kMedium, 1000, piece(kPart, 'b'));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "storage_full");
  EXPECT_EQ(folder_->size(kAcme, kMedium), 1000u);
  object_store().set_faults("[]");
  ASSERT_EQ(folder_->append(kAcme, kMedium, 1000, piece(2 * kPart - 1000, 'b')), 2 * kPart);
  EXPECT_EQ(all(*folder_, kAcme, kMedium, MediaPart::original),
            piece(1000) + piece(2 * kPart - 1000, 'b'));
}

TEST_F(S3FolderTest, AWriterThatFailedOnceSaysNoMore) {
  ASSERT_TRUE(folder_->create(kAcme, kMedium, 100));
  auto writer = *folder_->open_for_append(kAcme, kMedium, 0);
  ASSERT_TRUE(writer->write("abc"));
  object_store().set_faults(
      R"([{"method": "PUT", "times": 1, "status": 503, "code": "SlowDown"}])");
  EXPECT_EQ(writer->sync().error().code, "storage_busy");
  EXPECT_EQ(writer->sync().error().code, "storage_busy") << "or what was lost would count";
}

TEST_F(S3FolderTest, AnObjectThatIsReplacedWhileItIsReadIsNotMixed) {
  ASSERT_TRUE(folder_->create(kAcme, kMedium, 1));
  ASSERT_TRUE(folder_->put(kAcme, kMedium, MediaPart::jpeg, piece(3u << 20, 'a')));
  auto reader = *folder_->open(kAcme, kMedium, MediaPart::jpeg, 0);
  ASSERT_TRUE(folder_->put(kAcme, kMedium, MediaPart::jpeg, piece(3u << 20, 'b')));
  std::string room(1u << 20, '\0');
  EXPECT_EQ(reader->read(room), 1u << 20);
  EXPECT_FALSE(reader->read(room));
}

TEST_F(S3FolderTest, ACopyOnThisMachineGoesWhenNobodyLooksAtItAnyMore) {
  ASSERT_TRUE(folder_->create(kAcme, kMedium, 5));
  ASSERT_TRUE(folder_->append(kAcme, kMedium, 0, "bytes"));
  auto file = *folder_->bring(kAcme, kMedium, MediaPart::original);
  EXPECT_TRUE(std::filesystem::exists(file.path));
  const auto path = file.path;
  file = {};
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(S3FolderTest, WhatAKilledProcessLeftInTheSpoolGoesAtTheNextStart) {
  ASSERT_TRUE(folder_->create(kAcme, kMedium, 5));
  ASSERT_TRUE(folder_->append(kAcme, kMedium, 0, "bytes"));
  const auto file = *folder_->bring(kAcme, kMedium, MediaPart::original);
  const auto spool = std::filesystem::path(file.path).parent_path();
  const auto again = S3Folder::open_bucket(bucket_.place(), spool.string(), {},
                                           {bucket_.digest(), bucket_.random()});
  ASSERT_TRUE(again);
  EXPECT_TRUE(std::filesystem::is_empty(spool));
}

TEST_F(S3FolderTest, F05_ACopyThatWouldFillTheDiskIsNotBegun) {
  ASSERT_TRUE(folder_->create(kAcme, kMedium, 5));
  ASSERT_TRUE(folder_->append(kAcme, kMedium, 0, "bytes"));
  const auto narrow = bucket_.open({.free_bytes_min = std::numeric_limits<std::uint64_t>::max()});
  EXPECT_EQ(narrow->bring(kAcme, kMedium, MediaPart::original).error().code, "storage_full");
}

TEST_F(S3FolderTest, ThousandsOfMediaAreFoundPageByPage) {
  constexpr int kMedia = 1'003;  // A page holds a thousand.
  std::vector<std::thread> makers;
  for (int maker = 0; maker < 8; ++maker) {
    makers.emplace_back([&, maker] {
      auto client = bucket_.client();
      for (int i = maker; i < kMedia; i += 8) {
        const auto key = "acme/media_" + std::to_string(i) + "/original";
        (void)client.ask({.method = "PUT", .key = key, .body = "12345"});
      }
    });
  }
  for (auto& maker : makers) maker.join();
  EXPECT_EQ(folder_->used_bytes(kAcme), kMedia * 5u);
  int found = 0;
  ASSERT_TRUE(folder_->visit([&](const CustomerId&, const MediaId&) { ++found; }));
  EXPECT_EQ(found, kMedia);
}

TEST_F(S3FolderTest, ObjectsThatAreNotHeraldsArePassedOver) {
  auto client = bucket_.client();
  for (const auto* key : {"acme/media_a/other", "acme/media_a", "README", "acme/UPPER/original",
                          "a/b/c/original", "acme/media_a/upload.x"}) {
    ASSERT_TRUE(client.ask({.method = "PUT", .key = key, .body = "x"}));
  }
  ASSERT_TRUE(folder_->visit([](const CustomerId&, const MediaId& id) { FAIL() << id.value; }));
}

TEST_F(S3FolderTest, ABucketThatCannotBeUsedIsNamedWithWhatToCheck) {
  const auto open = [&](S3Place place) {
    return S3Folder::open_bucket(std::move(place), bucket_.spool(), {},
                                 {bucket_.digest(), bucket_.random()});
  };
  auto place = bucket_.place();
  place.bucket = "nobodys";
  const auto refused = open(std::move(place));
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("/nobodys cannot be used"), std::string::npos);
  EXPECT_NE(refused.error().detail.find("NoSuchBucket"), std::string::npos);
}

}  // namespace
}  // namespace herald::media
