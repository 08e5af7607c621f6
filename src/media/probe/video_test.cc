#include "media/probe/video.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <string>

#include "media/descriptor.h"

namespace herald::media {
namespace {

using namespace std::string_literals;

const std::string& sample() {
  static const std::string bytes = [] {
    std::ifstream file(std::string(HERALD_SOURCE_DIR) + "/samples/video.mp4", std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
  }();
  return bytes;
}

std::string big_endian(std::uint64_t value, int count) {
  std::string bytes;
  for (int i = count - 1; i >= 0; --i) bytes += static_cast<char>(value >> (8 * i) & 255);
  return bytes;
}

// The sample's top-level boxes: its type at +4, its length in the first four bytes.
std::string top_box(const std::string& type) {
  const auto at = sample().find(type) - 4;
  std::uint64_t size = 0;
  for (std::size_t i = 0; i < 4; ++i)
    size = size << 8 | static_cast<unsigned char>(sample()[at + i]);
  return sample().substr(at, size);
}

Result<MediaFacts> probe(const std::string& bytes, Container container = Container::iso) {
  MemoryBytes file(bytes);
  return probe_video(file, container);
}

void expect_refused(const std::string& bytes, Container container = Container::iso) {
  const auto facts = probe(bytes, container);
  ASSERT_FALSE(facts);
  EXPECT_EQ(facts.error().kind, ErrorKind::invalid);
  EXPECT_FALSE(facts.error().message.empty());
}

TEST(Video, ReadsTheSampleWithoutItsFrames) {
  MemoryBytes file(sample());
  const auto facts = probe_video(file, Container::iso);
  ASSERT_TRUE(facts) << facts.error().detail;
  EXPECT_EQ(facts->width, 1080);
  EXPECT_EQ(facts->duration_ms, 8000);
  EXPECT_LT(file.bytes_read(), 200'000u);
}

// 4 GiB of nothing between the head and the index.
TEST(Video, M02_AFourGibFileWithItsIndexAtTheEndIsNotReadThrough) {
  constexpr std::uint64_t kHole = 4ull << 30;
  const std::string front = top_box("ftyp") + big_endian(1, 4) + "mdat" + big_endian(16 + kHole, 8);
  const std::string moov = top_box("moov");
  const Descriptor file(::memfd_create("sparse", MFD_CLOEXEC));
  ASSERT_EQ(::pwrite(file.get(), front.data(), front.size(), 0), std::ssize(front));
  ASSERT_EQ(
      ::pwrite(file.get(), moov.data(), moov.size(), static_cast<off_t>(front.size() + kHole)),
      std::ssize(moov));
  FileBytes bytes(file.get());
  ASSERT_GT(bytes.size(), kHole);
  const auto facts = probe_video(bytes, Container::iso);
  ASSERT_TRUE(facts) << facts.error().detail;
  EXPECT_EQ(facts->height, 1920);
  EXPECT_FALSE(facts->moov_first);
  EXPECT_LT(bytes.bytes_read(), 200'000u);
}

TEST(Video, ATurnedVideoHasItsSidesSwapped) {
  auto turned = sample();
  // The matrix of the first track header: 36 bytes, 48 behind its type (ISO 14496-12, 8.3.2).
  const auto matrix = turned.find("tkhd") + 4 + 40;
  const std::string quarter = big_endian(0, 4) + big_endian(0x00010000, 4) + big_endian(0, 4) +
                              big_endian(0xFFFF0000, 4) + big_endian(0, 4) + big_endian(0, 4) +
                              big_endian(0, 4) + big_endian(0, 4) + big_endian(0x40000000, 4);
  turned.replace(matrix, quarter.size(), quarter);
  const auto facts = probe(turned);
  ASSERT_TRUE(facts) << facts.error().detail;
  EXPECT_EQ(facts->width, 1920);
  EXPECT_EQ(facts->height, 1080);
}

TEST(Video, M02_DamageOfEveryKindIsRefused) {
  expect_refused("");
  expect_refused(top_box("ftyp"));
  expect_refused(sample().substr(0, 4000));
  auto lying = sample();
  const auto stbl = lying.find("stbl") - 4;
  for (const std::uint32_t size : {0u, 1u, 7u, 0x80000000u, 0xFFFFFFFFu}) {
    lying.replace(stbl, 4, big_endian(size, 4));
    expect_refused(lying);
  }
}

TEST(Video, M02_ASoundAloneIsRefused) {
  auto silent = sample();
  silent.replace(silent.find("trak"), 4, "free");  // The first is the picture track.
  expect_refused(silent);
}

// Counts that promise more entries than there are bytes must not cost memory or time.
TEST(Video, M02_TablesThatLieAboutTheirLengthStayCheap) {
  for (const char* table : {"stts", "stsz", "stsc", "stco", "stss"}) {
    auto lying = sample();
    const auto at = lying.find(table) + 4 + 4 + (std::string(table) == "stsz" ? 4 : 0);
    lying.replace(at, 4, big_endian(0x0FFFFFFF, 4));
    MemoryBytes file(lying);
    (void)probe_video(file, Container::iso);
    EXPECT_LT(file.bytes_read(), 2 * lying.size()) << table;
  }
}

// M-03: a demuxer that would follow names is never chosen, whatever the bytes say.
TEST(Video, M03_PlaylistsAreNotFollowed) {
  for (const std::string& list :
       {"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/x.ts\n"s,
        "ffconcat version 1.0\nfile /dev/zero\n"s,
        "<MPD><Period><BaseURL>file:///etc/passwd</BaseURL></Period></MPD>"s}) {
    expect_refused(list, Container::iso);
    expect_refused(list, Container::matroska);
  }
}

std::string element(const std::string& id, const std::string& content) {
  return id + big_endian(0x10000000 | content.size(), 4) + content;
}

TEST(Video, AWebmTellsItsFacts) {
  const auto head = element("\x1A\x45\xDF\xA3", element("\x42\x82", "webm"));
  const auto info = element("\x15\x49\xA9\x66", element("\x2A\xD7\xB1", big_endian(1'000'000, 4)) +
                                                    element("\x44\x89", "\x45\xBB\x80\0"s));
  const auto track = element("\xAE", element("\xD7", "\1") + element("\x73\xC5", "\1") +
                                         element("\x83", "\1") + element("\x86", "V_VP9") +
                                         element("\x23\xE3\x83", big_endian(40'000'000, 4)) +
                                         element("\xE0", element("\xB0", big_endian(640, 2)) +
                                                             element("\xBA", big_endian(360, 2))));
  const auto cluster = element("\x1F\x43\xB6\x75", element("\xE7", "\0"s));
  const auto facts =
      probe(head + element("\x18\x53\x80\x67", info + element("\x16\x54\xAE\x6B", track) + cluster),
            Container::matroska);
  ASSERT_TRUE(facts) << facts.error().detail;
  EXPECT_EQ(facts->video_codec, "vp9");
  EXPECT_EQ(facts->width, 640);
  EXPECT_EQ(facts->height, 360);
  EXPECT_EQ(facts->duration_ms, 6000);
  EXPECT_DOUBLE_EQ(facts->frames_per_second, 25);
  EXPECT_FALSE(facts->has_audio);
}

TEST(Video, M02_AnEndlessMatroskaIsRefused) {
  expect_refused(
      "\x1A\x45\xDF\xA3\x88\x42\x82\x84webm\x18\x53\x80\x67\x01\xFF\xFF\xFF\xFF\xFF\xFF"s +
          std::string(100'000, '\xEC'),
      Container::matroska);
}

}  // namespace
}  // namespace herald::media
