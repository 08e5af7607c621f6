// Headers of pictures and films, whole, foreign and broken off.
#include <gtest/gtest.h>

#include "sandbox/image_facts.h"
#include "sandbox/media_answer.h"
#include "sandbox/sample_files.h"
#include "sandbox/video_facts.h"

namespace herald::sandbox {

TEST(ImageFacts, SizesAreReadFromJpegAndPng) {
  const auto jpeg = image_facts(jpeg_of(1080, 1350));
  ASSERT_TRUE(jpeg);
  EXPECT_EQ(jpeg->format, "jpeg");
  EXPECT_EQ(jpeg->width, 1080);
  EXPECT_EQ(jpeg->height, 1350);
  const auto png = image_facts(png_of(640, 480));
  ASSERT_TRUE(png);
  EXPECT_EQ(png->format, "png");
  EXPECT_EQ(png->height, 480);
}

TEST(ImageFacts, AnythingElseIsNoImage) {
  EXPECT_FALSE(image_facts(""));
  EXPECT_FALSE(image_facts("RIFF"));
  EXPECT_FALSE(image_facts("<html></html>"));
  const auto whole = jpeg_of(10, 10);
  for (std::size_t size = 0; size < 29; ++size) EXPECT_FALSE(image_facts(whole.substr(0, size)));
}

TEST(VideoFacts, DurationSizeCodecAndOrderAreRead) {
  const auto facts = video_facts(mp4_of({.duration_ms = 4'200, .width = 720, .height = 1280}));
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->duration_ms, 4'200);
  EXPECT_EQ(facts->width, 720);
  EXPECT_EQ(facts->height, 1280);
  EXPECT_EQ(facts->codec, "avc1");
  EXPECT_TRUE(facts->moov_first);
  EXPECT_FALSE(video_facts(mp4_of({.moov_first = false}))->moov_first);
}

TEST(VideoFacts, AFileCutAnywhereIsReadWithoutHarm) {
  const auto whole = mp4_of({.moov_first = false});
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(video_facts(whole.substr(0, size))) << size;
}

TEST(MediaAnswer, RangesAreServedAsPlayersAskForThem) {
  MediaShelf shelf;
  const auto digest = shelf.keep("0123456789");
  const auto ask = [&](const char* range) {
    return media_answer(shelf, digest, "video/mp4", range);
  };
  EXPECT_EQ(ask("").body, "0123456789");
  EXPECT_EQ(ask("bytes=4-").body, "456789");
  EXPECT_EQ(ask("bytes=4-5").body, "45");
  EXPECT_EQ(ask("bytes=-3").body, "789");
  EXPECT_EQ(*ask("bytes=4-5").headers.find("Content-Range"), "bytes 4-5/10");
  EXPECT_EQ(ask("bytes=10-").status, 416);
  EXPECT_EQ(ask("bytes=x").status, 200);
  EXPECT_EQ(media_answer(shelf, "../../etc/passwd", "video/mp4", "").status, 404);
}

}  // namespace herald::sandbox
