#include "media/s3/upload_record.h"

#include <gtest/gtest.h>

namespace herald::media {
namespace {

UploadRecord sample() {
  UploadRecord record;
  record.expected_bytes = 30;
  record.part_bytes = 8;
  record.upload_id = "id/with \"quotes\"";
  record.revision = "rev";
  record.sender = "one";
  record.next_number = 5;
  record.parts = {{1, "\"etag-1\""}, {4, "\"etag-4\""}};
  record.tail = std::string("\n\0tail", 6);
  return record;
}

TEST(UploadRecord, ComesBackAsItWasWritten) {
  const auto back = read_upload_record(written(sample()));
  ASSERT_TRUE(back);
  EXPECT_EQ(written(*back), written(sample()));
  EXPECT_EQ(back->size(), 22u);
  EXPECT_EQ(back->tail, sample().tail);
  EXPECT_EQ(back->parts.at(1).number, 4);
}

TEST(UploadRecord, WhatIsNoneOrContradictsItselfIsRefused) {
  auto backwards = sample();
  std::swap(backwards.parts[0], backwards.parts[1]);
  auto overfull = sample();
  overfull.expected_bytes = 21;
  auto nameless = sample();
  nameless.parts[0].etag.clear();
  const auto good = written(sample());
  for (const auto& bytes :
       {std::string(), std::string("{}"), std::string("{}\n"), std::string("[]\n"),
        good.substr(0, good.find('\n')), "{\"version\":2," + good.substr(13), written(backwards),
        written(overfull), written(nameless)}) {
    EXPECT_FALSE(read_upload_record(bytes)) << bytes;
  }
}

TEST(UploadRecord, PartsSufficeForTheLargestFile) {
  EXPECT_EQ(part_bytes_for(1), 8u << 20);
  for (const std::uint64_t size : {20ull << 30, 262'144ull << 20}) {
    EXPECT_LE(size, part_bytes_for(size) * (kPartNumberMax / 2));
    EXPECT_EQ(part_bytes_for(size) % (1 << 20), 0u);
  }
}

}  // namespace
}  // namespace herald::media
