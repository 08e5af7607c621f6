#include "media/probe/frame.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <string>

#include "media/descriptor.h"
#include "media/probe/image.h"

namespace herald::media {
namespace {

constexpr JpegLimits kLimits{.max_bytes = 200'000, .max_width = 360};

const std::string& sample() {
  static const std::string bytes = [] {
    std::ifstream file(std::string(HERALD_SOURCE_DIR) + "/samples/video.mp4", std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
  }();
  return bytes;
}

std::string number(std::uint32_t value) {
  std::string bytes;
  for (int i = 3; i >= 0; --i) bytes += static_cast<char>(value >> (8 * i) & 255);
  return bytes;
}
std::uint32_t number_at(const std::string& bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i)
    value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

class FrameTest : public ::testing::Test {
 protected:
  FrameTest() { EXPECT_TRUE(start_images()); }
  static Result<Rendition> render(const std::string& bytes, const JpegLimits& limits = kLimits) {
    MemoryBytes file(bytes);
    return render_frame(file, Container::iso, limits);
  }
};

TEST_F(FrameTest, IsTheSampleScaledDown) {
  const auto frame = render(sample());
  ASSERT_TRUE(frame) << frame.error().message << " " << frame.error().detail;
  EXPECT_TRUE(frame->bytes.starts_with("\xFF\xD8\xFF"));
  EXPECT_LE(frame->bytes.size(), kLimits.max_bytes);
  EXPECT_EQ(frame->facts.width, 360);
  EXPECT_EQ(frame->facts.height, 640);
  const Descriptor file(::memfd_create("frame", MFD_CLOEXEC));
  ASSERT_EQ(::write(file.get(), frame->bytes.data(), frame->bytes.size()),
            std::ssize(frame->bytes));
  EXPECT_EQ(probe_image(file.get())->width, 360);
}

TEST_F(FrameTest, IsNeverScaledUp) {
  EXPECT_EQ(render(sample(), {.max_bytes = 8 << 20, .max_width = 5000})->facts.width, 1080);
}

TEST_F(FrameTest, IsTheOneAtItsMomentAndNotTheFirst) {
  auto slower = sample();  // Each frame of the first track stands three times as long.
  const auto scale = slower.find("mdhd") + 16;
  slower.replace(scale, 4, number(number_at(slower, scale) / 3));
  const auto frame = render(slower);
  ASSERT_TRUE(frame) << frame.error().message << " " << frame.error().detail;
  EXPECT_NE(frame->bytes, render(sample())->bytes);
}

TEST_F(FrameTest, OfATurnedVideoStandsUpright) {
  auto turned = sample();
  // As in video_test.cc: the matrix of the first track header, a quarter turn.
  turned.replace(turned.find("tkhd") + 4 + 40, 36,
                 number(0) + number(0x00010000) + number(0) + number(0xFFFF0000) + number(0) +
                     number(0) + number(0) + number(0) + number(0x40000000));
  const auto frame = render(turned);
  ASSERT_TRUE(frame) << frame.error().message << " " << frame.error().detail;
  EXPECT_EQ(frame->facts.width, 360);
  EXPECT_EQ(frame->facts.height, 202);
}

TEST_F(FrameTest, M02_OfADamagedVideoThereIsNone) {
  auto torn = sample();
  const auto frames = torn.find("mdat") + 4;
  torn.replace(frames, torn.size() - frames, torn.size() - frames, '\xA5');
  for (const auto& bytes : {std::string(), sample().substr(0, 4000), torn}) {
    const auto frame = render(bytes);
    ASSERT_FALSE(frame);
    EXPECT_EQ(frame.error().kind, ErrorKind::invalid);
  }
}

TEST_F(FrameTest, M02_OfACodecThatIsNotNamedThereIsNone) {
  auto other = sample();
  other.replace(other.find("avc1", other.find("stsd")), 4, "cvid");
  const auto frame = render(other);
  ASSERT_FALSE(frame);
  EXPECT_EQ(frame.error().message, "Frames of this kind of video are not looked at.");
}

}  // namespace
}  // namespace herald::media
