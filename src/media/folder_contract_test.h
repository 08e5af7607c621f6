// What every media folder does alike, wherever the bytes are. Included by one test file of each,
// which instantiates it.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "ports/media_folder.h"

namespace herald::media {

// An empty place of its own for one test.
class FolderPlace {
 public:
  virtual ~FolderPlace() = default;
  // Each is what another process that shares the place would have.
  virtual std::unique_ptr<MediaFolder> open(std::uint64_t customer_bytes_max) = 0;
  // Nothing at all is left there.
  virtual bool is_empty() = 0;
};

using MakePlace = std::unique_ptr<FolderPlace> (*)();

inline std::string all(MediaFolder& folder, const CustomerId& customer, const MediaId& id,
                       MediaPart part, std::uint64_t offset = 0) {
  auto reader = folder.open(customer, id, part, offset);
  if (!reader) return std::string("error: ") + name_of(reader.error().kind);
  std::string bytes;
  std::array<char, 70'001> room{};
  for (;;) {
    const auto count = (*reader)->read(room);
    if (!count) return std::string("error: ") + name_of(count.error().kind);
    if (*count == 0) return bytes;
    bytes.append(room.data(), *count);
  }
}

class FolderContract : public ::testing::TestWithParam<MakePlace> {
 protected:
  static constexpr std::uint64_t kQuota = 64u << 20;

  // Bytes that differ wherever one looks.
  static std::string bytes_of(std::size_t size) {
    std::string bytes(size, '\0');
    std::uint32_t state = 12345;
    for (char& c : bytes) {
      state = state * 1'664'525u + 1'013'904'223u;
      c = static_cast<char>(state >> 24);
    }
    return bytes;
  }

  const CustomerId acme_{"acme"};
  const MediaId medium_{"media_abc"};
  std::unique_ptr<FolderPlace> place_ = GetParam()();
  std::unique_ptr<MediaFolder> folder_ = place_->open(kQuota);
};

TEST_P(FolderContract, PiecesGoOnlyToTheEnd) {
  ASSERT_TRUE(folder_->create(acme_, medium_, 11));
  EXPECT_EQ(folder_->size(acme_, medium_), 0u);
  EXPECT_EQ(folder_->append(acme_, medium_, 0, "hello "), 6u);
  EXPECT_EQ(folder_->size(acme_, medium_), 6u);
  for (const std::uint64_t wrong : {0u, 5u, 11u, 12u}) {
    const auto refused = folder_->append(acme_, medium_, wrong, "x");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::conflict);
  }
  EXPECT_EQ(folder_->append(acme_, medium_, 6, "world"), 11u);
  EXPECT_EQ(folder_->append(acme_, medium_, 5, "x").error().kind, ErrorKind::conflict);
  EXPECT_EQ(folder_->size(acme_, medium_), 11u);
  EXPECT_EQ(all(*folder_, acme_, medium_, MediaPart::original), "hello world");
  EXPECT_EQ(all(*folder_, acme_, medium_, MediaPart::original, 6), "world");
  EXPECT_EQ(all(*folder_, acme_, medium_, MediaPart::original, 11), "");
  EXPECT_EQ(all(*folder_, acme_, medium_, MediaPart::original, 99), "");
}

TEST_P(FolderContract, AMediumIsMadeOnce) {
  ASSERT_TRUE(folder_->create(acme_, medium_, 3));
  EXPECT_EQ(folder_->create(acme_, medium_, 3).error().kind, ErrorKind::conflict);
  ASSERT_TRUE(folder_->append(acme_, medium_, 0, "abc"));
  EXPECT_EQ(folder_->create(acme_, medium_, 3).error().kind, ErrorKind::conflict);
  const MediaId never("media_never");
  EXPECT_EQ(folder_->append(acme_, never, 0, "x").error().kind, ErrorKind::not_found);
  EXPECT_EQ(folder_->size(acme_, never).error().kind, ErrorKind::not_found);
  EXPECT_EQ(folder_->put(acme_, never, MediaPart::jpeg, "x").error().kind, ErrorKind::not_found);
  EXPECT_EQ(all(*folder_, acme_, never, MediaPart::original), "error: not_found");
  EXPECT_TRUE(folder_->create(CustomerId("globex"), medium_, 3)) << "another customer's";
}

TEST_P(FolderContract, OfTwoWritersAtOneEndOnlyOneGoesOn) {
  ASSERT_TRUE(folder_->create(acme_, medium_, 16));
  auto hanging = folder_->open_for_append(acme_, medium_, 0);
  auto second = folder_->open_for_append(acme_, medium_, 0);
  ASSERT_TRUE((*second)->write("taken over"));
  EXPECT_EQ((*hanging)->write("late").error().kind, ErrorKind::conflict);
  ASSERT_TRUE((*second)->write(", done"));
  EXPECT_EQ((*second)->sync(), 16u);
  EXPECT_EQ(all(*folder_, acme_, medium_, MediaPart::original), "taken over, done");
}

TEST_P(FolderContract, AnotherProcessTakesOverAndTheFirstOneSpoilsNothing) {
  ASSERT_TRUE(folder_->create(acme_, medium_, 20));
  auto hanging = folder_->open_for_append(acme_, medium_, 0);
  const auto other = place_->open(kQuota);
  ASSERT_EQ(other->append(acme_, medium_, 0, "acknowledged"), 12u);
  auto late = (*hanging)->write("late");
  auto counted = late ? (*hanging)->sync() : std::unexpected(late.error());
  ASSERT_FALSE(counted);
  EXPECT_EQ(counted.error().kind, ErrorKind::conflict);
  EXPECT_EQ(folder_->size(acme_, medium_), 12u);
  ASSERT_EQ(folder_->append(acme_, medium_, 12, " as said"), 20u);
  EXPECT_EQ(all(*other, acme_, medium_, MediaPart::original), "acknowledged as said");
}

TEST_P(FolderContract, WhatWasAcknowledgedIsThereWhenTheWriterDies) {
  const auto bytes = bytes_of((19u << 20) + 5);
  ASSERT_TRUE(folder_->create(acme_, medium_, bytes.size()));
  const std::size_t acknowledged = (9u << 20) + 7;
  {
    auto writer = *folder_->open_for_append(acme_, medium_, 0);
    ASSERT_TRUE(writer->write(std::string_view(bytes).substr(0, acknowledged)));
    ASSERT_EQ(writer->sync(), acknowledged);
    ASSERT_TRUE(writer->write(std::string_view(bytes).substr(acknowledged, 3u << 20)));
  }
  folder_ = place_->open(kQuota);
  const auto stands = folder_->size(acme_, medium_);
  ASSERT_TRUE(stands);
  EXPECT_GE(*stands, acknowledged);
  auto writer = *folder_->open_for_append(acme_, medium_, *stands);
  ASSERT_TRUE(writer->write(std::string_view(bytes).substr(*stands)));
  ASSERT_EQ(writer->sync(), bytes.size());
  EXPECT_TRUE(all(*folder_, acme_, medium_, MediaPart::original) == bytes);
}

TEST_P(FolderContract, ALargeFileComesBackFromEveryByteOn) {
  const auto bytes = bytes_of((17u << 20) + 3);
  ASSERT_TRUE(folder_->create(acme_, medium_, bytes.size()));
  std::size_t at = 0;
  for (std::size_t step = 1; at < bytes.size(); step = step * 7 + 1) {
    const auto piece = std::string_view(bytes).substr(at, step);
    at += piece.size();
    ASSERT_EQ(folder_->append(acme_, medium_, at - piece.size(), piece), at);
  }
  for (const std::size_t from : {0u, 1u, (8u << 20) - 1, 8u << 20, (16u << 20) + 1, (17u << 20)}) {
    EXPECT_TRUE(all(*folder_, acme_, medium_, MediaPart::original, from) == bytes.substr(from))
        << from;
  }
  const auto file = folder_->bring(acme_, medium_, MediaPart::original);
  ASSERT_TRUE(file);
  std::ifstream stream(file->path, std::ios::binary);
  EXPECT_TRUE(std::string(std::istreambuf_iterator<char>(stream), {}) == bytes);
  EXPECT_EQ(folder_->used_bytes(acme_).value() / 1'000'000, bytes.size() / 1'000'000);
}

TEST_P(FolderContract, ARenditionIsReplacedWhole) {
  ASSERT_TRUE(folder_->create(acme_, medium_, 1));
  EXPECT_EQ(all(*folder_, acme_, medium_, MediaPart::jpeg), "error: not_found");
  ASSERT_TRUE(folder_->put(acme_, medium_, MediaPart::jpeg, "the first, longer"));
  auto reader = folder_->open(acme_, medium_, MediaPart::jpeg, 0);
  ASSERT_TRUE(folder_->put(acme_, medium_, MediaPart::jpeg, "second"));
  EXPECT_EQ(all(*folder_, acme_, medium_, MediaPart::jpeg), "second");
  EXPECT_EQ(all(*folder_, acme_, medium_, MediaPart::preview), "error: not_found");
  std::array<char, 64> room{};
  EXPECT_EQ((*reader)->read(room), 17u) << "an open reader keeps the bytes it began with";
}

TEST_P(FolderContract, NoIdNamesAnothersPlace) {
  const std::string ids[] = {"..",
                             ".",
                             "../acme",
                             "a/b",
                             "a%2fb",
                             "a~2fb",
                             "",
                             "~",
                             std::string("a\0b", 3),
                             "Acme",
                             "M\xC3\xBCller GmbH",
                             "%",
                             "acme/media_abc/original"};
  for (const auto& id : ids) {
    const CustomerId customer(id);
    ASSERT_TRUE(folder_->create(customer, medium_, 3 + id.size())) << id;
    ASSERT_TRUE(folder_->append(customer, medium_, 0, "of " + id)) << id;
  }
  for (const auto& id : ids) {
    EXPECT_EQ(all(*folder_, CustomerId(id), medium_, MediaPart::original), "of " + id);
    EXPECT_EQ(all(*folder_, acme_, MediaId(id), MediaPart::original), "error: not_found");
  }
}

TEST_P(FolderContract, ACustomerStaysWithinTheQuota) {
  folder_ = place_->open(1 << 20);
  ASSERT_TRUE(folder_->create(acme_, medium_, 900'000));
  EXPECT_GE(*folder_->used_bytes(acme_), 900'000u) << "set aside before a byte arrives";
  const auto refused = folder_->create(acme_, MediaId("media_b"), 200'000);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::unavailable);
  EXPECT_EQ(refused.error().code, "storage_full");
  EXPECT_EQ(folder_->size(acme_, MediaId("media_b")).error().kind, ErrorKind::not_found);
  EXPECT_TRUE(folder_->create(CustomerId("globex"), medium_, 200'000));
  EXPECT_EQ(folder_->create(acme_, MediaId("media_c"), UINT64_MAX).error().code, "storage_full");
}

TEST_P(FolderContract, RemovingLeavesNothing) {
  ASSERT_TRUE(folder_->create(acme_, medium_, 20u << 20));
  ASSERT_TRUE(folder_->append(acme_, medium_, 0, bytes_of(9u << 20)));
  ASSERT_TRUE(folder_->create(acme_, MediaId("media_b"), 100));
  ASSERT_TRUE(folder_->put(acme_, medium_, MediaPart::jpeg, "x"));
  auto writer = folder_->open_for_append(acme_, medium_, 9u << 20);
  ASSERT_TRUE(folder_->remove(acme_, medium_));
  EXPECT_EQ((*writer)->write("late").error().kind, ErrorKind::not_found);
  EXPECT_EQ(folder_->size(acme_, medium_).error().kind, ErrorKind::not_found);
  EXPECT_EQ(folder_->size(acme_, MediaId("media_b")), 0u);
  ASSERT_TRUE(folder_->remove(acme_, MediaId("media_b")));
  ASSERT_TRUE(folder_->remove(acme_, medium_)) << "removing again is fine";
  EXPECT_TRUE(place_->is_empty());
}

TEST_P(FolderContract, AnEmptyWriterSyncsToWhereItBegan) {
  ASSERT_TRUE(folder_->create(acme_, medium_, 3));
  EXPECT_EQ(folder_->append(acme_, medium_, 0, ""), 0u);
  ASSERT_TRUE(folder_->append(acme_, medium_, 0, "abc"));
  EXPECT_EQ(folder_->append(acme_, medium_, 3, ""), 3u);
}

TEST_P(FolderContract, EveryMediumIsVisitedByItsOwnIds) {
  const std::string odd = "Ann/../\xC3\xA9 %2e ~";
  using Place = std::pair<std::string, std::string>;
  const std::set<Place> made{{"acme", "media_abc"}, {"acme", ""}, {odd, odd}, {"%", "~"}};
  for (const auto& [customer, id] : made) {
    ASSERT_TRUE(folder_->create(CustomerId(customer), MediaId(id), 1));
  }
  ASSERT_TRUE(folder_->append(acme_, medium_, 0, "x"));
  ASSERT_TRUE(folder_->put(acme_, medium_, MediaPart::preview, "y"));
  std::set<Place> found;
  ASSERT_TRUE(folder_->visit([&](const CustomerId& customer, const MediaId& id) {
    EXPECT_TRUE(found.emplace(customer.value, id.value).second);
  }));
  EXPECT_EQ(found, made);
}

}  // namespace herald::media
