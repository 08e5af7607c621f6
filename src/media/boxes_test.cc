#include "media/boxes.h"

#include <gtest/gtest.h>

#include <string>

namespace herald::media {
namespace {

std::string big_endian(std::uint64_t value, int count) {
  std::string bytes;
  for (int i = count - 1; i >= 0; --i) bytes += static_cast<char>(value >> (8 * i) & 255);
  return bytes;
}

std::string box(const std::string& type, const std::string& content = "") {
  return big_endian(8 + content.size(), 4) + type + content;
}

std::string box_with_size(std::uint32_t size, const std::string& type,
                          const std::string& content = "") {
  return big_endian(size, 4) + type + content;
}

std::string large_box(std::uint64_t size, const std::string& type) {
  return big_endian(1, 4) + type + big_endian(size, 8);
}

const std::string kFtyp = box("ftyp", "isom" + big_endian(0, 4) + "isom");
const std::string kMoov = box("moov", box("mvhd") + box("trak", box("mdia", box("mdhd"))));
const std::string kMdat = box("mdat", "frames");

Result<MovieLayout> layout(const std::string& bytes) {
  MemoryBytes file(bytes);
  return read_layout(file);
}

std::string detail(const std::string& bytes) {
  const auto found = layout(bytes);
  if (found) return "";
  EXPECT_EQ(found.error().kind, ErrorKind::invalid);
  EXPECT_FALSE(found.error().message.empty());
  return found.error().detail;
}

TEST(Boxes, TellsWhereTheIndexStands) {
  const auto front = layout(kFtyp + kMoov + kMdat);
  ASSERT_TRUE(front);
  EXPECT_TRUE(front->moov_first);
  EXPECT_FALSE(front->fragmented);
  EXPECT_EQ(front->tracks, 1);
  EXPECT_EQ(front->moov_bytes, kMoov.size());
  const auto back = layout(kFtyp + box("free") + kMdat + kMoov);
  ASSERT_TRUE(back);
  EXPECT_FALSE(back->moov_first);
  EXPECT_TRUE(layout(kFtyp + kMoov + box("moof") + kMdat)->fragmented);
}

TEST(Boxes, M02_SizesThatLieAreRefused) {
  EXPECT_EQ(detail(kFtyp + kMoov + kMdat), "");
  EXPECT_EQ(detail(kFtyp + kMoov + box_with_size(0, "mdat")), "box smaller than its header");
  EXPECT_EQ(detail(kFtyp + box_with_size(7, "moov")), "box smaller than its header");
  EXPECT_EQ(detail(kFtyp + large_box(0, "mdat")), "box smaller than its header");
  EXPECT_EQ(detail(kFtyp + large_box(15, "mdat")), "box smaller than its header");
  EXPECT_EQ(detail(kFtyp + large_box(1ull << 63, "mdat")), "box larger than what holds it");
  EXPECT_EQ(detail(kFtyp + large_box(~0ull, "mdat")), "box larger than what holds it");
  EXPECT_EQ(detail(kFtyp + box_with_size(1, "mdat")), "cut box header");
  EXPECT_EQ(detail(kFtyp + kMoov + kMdat + "abc"), "cut box header");
  EXPECT_EQ(detail(kFtyp + box_with_size(4'000'000'000u, "mdat")), "box larger than what holds it");
}

TEST(Boxes, M02_SizesThatLieInsideTheIndexAreRefused) {
  EXPECT_EQ(detail(kFtyp + box("moov", box_with_size(0, "trak")) + kMdat),
            "box smaller than its header");
  EXPECT_EQ(detail(kFtyp + box("moov", box_with_size(64, "trak", "12345678")) + kMdat +
                   std::string(100, 'x')),
            "box larger than what holds it");
  EXPECT_EQ(detail(kFtyp + box("moov", box("trak", "1234")) + kMdat), "cut box header");
}

TEST(Boxes, M02_AMillionTracksAreRefusedAtOnce) {
  std::string traks;
  for (int i = 0; i < 1'000'000; ++i) traks += box("trak");
  const auto bytes = kFtyp + box("moov", traks) + kMdat;
  MemoryBytes file(bytes);
  const auto found = read_layout(file);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().detail, "too many tracks");
  EXPECT_LT(file.bytes_read(), 1024u);
}

TEST(Boxes, M02_AMillionBoxesCost64KiBAtMost) {
  std::string boxes;
  for (int i = 0; i < 1'000'000; ++i) boxes += box("free");
  const auto bytes = kFtyp + boxes + kMoov + kMdat;
  MemoryBytes file(bytes);
  const auto found = read_layout(file);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().detail, "too many boxes");
  EXPECT_LE(file.bytes_read(), 64u * 1024);
}

TEST(Boxes, M02_DeepNestingIsRefused) {
  std::string nest = box("trak");
  for (int i = 0; i < 20; ++i) nest = box("mdia", nest);
  EXPECT_EQ(detail(kFtyp + box("moov", nest) + kMdat), "boxes nested too deep");
}

TEST(Boxes, AFileWithoutIndexOrFramesIsRefused) {
  EXPECT_EQ(detail(kFtyp + kMdat), "no moov box");
  EXPECT_EQ(detail(kFtyp + kMoov), "no mdat box");
  EXPECT_EQ(detail(kFtyp + kMoov + kMoov + kMdat), "two moov boxes");
  EXPECT_EQ(detail(""), "no moov box");
}

}  // namespace
}  // namespace herald::media
