#include "media/captions.h"

#include <gtest/gtest.h>

#include <string>

namespace herald::media {
namespace {

using namespace std::string_literals;

const std::string kCue = "1\n00:00:01,000 --> 00:00:02,500\nHello\n";

TEST(Captions, AWebVttFileSaysSoInItsFirstWord) {
  for (const char* head : {"WEBVTT", "WEBVTT\n", "WEBVTT\r\n", "WEBVTT - by hand\n", "WEBVTT\tx\n",
                           "\xEF\xBB\xBFWEBVTT\n"}) {
    EXPECT_TRUE(is_web_vtt(head)) << head;
  }
  for (const char* head : {"", "WEBVT", "webvtt\n", "WEBVTTS\n", " WEBVTT\n", "\nWEBVTT\n"}) {
    EXPECT_FALSE(is_web_vtt(head)) << head;
  }
}

TEST(Captions, ASubRipFileBeginsWithAWholeCue) {
  EXPECT_TRUE(begins_with_cue(kCue));
  EXPECT_TRUE(begins_with_cue("\xEF\xBB\xBF" + kCue));
  EXPECT_TRUE(begins_with_cue("12\r\n01:02:03,004 --> 01:02:05,006 \r\nHello\r\n\r\n2\r\n"));
  for (const char* head :
       {"", "1", "1\n", "00:00:01,000 --> 00:00:02,500\nHello\n",
        "one\n00:00:01,000 --> 00:00:02,500\nHi", "1\n00:00:01.000 --> 00:00:02.500\nHello\n",
        "1\n0:00:01,000 --> 0:00:02,500\nHello\n", "1\n00:00:01,000 -> 00:00:02,500\nHello\n",
        "1\n00:00:01,000 --> 00:00:02,500\n\nHello\n",
        "1\n00:00:01,000 --> 00:00:02,500 <html>\nHello\n", "1\n00:00:01,000 --> 00:00:02,500"}) {
    EXPECT_FALSE(begins_with_cue(head)) << head;
  }
}

std::string refusal(const std::string& bytes) {
  MemoryBytes file(bytes);
  const auto checked = check_captions(file);
  return checked ? "" : checked.error().message;
}

TEST(Captions, TheWholeIsSmallCleanText) {
  EXPECT_EQ(refusal(kCue), "");
  EXPECT_EQ(refusal("WEBVTT\r\n\r\n00:01.000 --> 00:02.000\r\nGr\u00fc\u00df dich\t!\r\n"), "");
  EXPECT_EQ(refusal(kCue + std::string(kCaptionsBytesMax - kCue.size(), 'a')), "");
  EXPECT_NE(refusal(kCue + std::string(kCaptionsBytesMax - kCue.size() + 1, 'a')), "");
  EXPECT_EQ(refusal(kCue + "Gr\xFC\xDF"),
            "The captions are not in UTF-8. Save them so and upload that.");
  EXPECT_NE(refusal(kCue + std::string(5000, ' ') + "\xED\xA0\x80"), "") << "far from the start";
  EXPECT_NE(refusal(kCue + "\0"s), "");
  EXPECT_NE(refusal(kCue + "\x1B[2J"), "");
}

}  // namespace
}  // namespace herald::media
