#include "media/probe_answer.h"

#include <gtest/gtest.h>

namespace herald::media {
namespace {

MediaFacts some_facts() {
  MediaFacts facts;
  facts.width = 1080;
  facts.height = 1920;
  facts.frames = 3;
  facts.duration_ms = 8000;
  facts.video_codec = "h264";
  facts.audio_codec = "aac";
  facts.frames_per_second = 29.97;
  facts.has_audio = true;
  facts.moov_first = true;
  return facts;
}

TEST(ProbeAnswer, FactsComeBackAsTheyWere) {
  const auto facts = read_facts(write_facts(some_facts()));
  ASSERT_TRUE(facts) << facts.error().detail;
  EXPECT_EQ(*facts, some_facts());
}

TEST(ProbeAnswer, ARenditionComesBackWithItsBytes) {
  Rendition rendition;
  rendition.bytes = "\xFF\xD8\xFFline one\n\nline two\xFF\xD9";
  rendition.facts.width = 10;
  rendition.facts.height = 20;
  const auto back = read_rendition(write_rendition(rendition));
  ASSERT_TRUE(back) << back.error().detail;
  EXPECT_EQ(back->bytes, rendition.bytes);
  EXPECT_EQ(back->facts.size_bytes, rendition.bytes.size());
  EXPECT_EQ(back->facts.content_type, "image/jpeg");
}

TEST(ProbeAnswer, ARefusalKeepsItsSentence) {
  const auto refusal = read_facts(
      write_refusal(Error{ErrorKind::invalid, "Too large.", "two\nlines", {}, "media_refused"}));
  ASSERT_FALSE(refusal);
  EXPECT_EQ(refusal.error().kind, ErrorKind::invalid);
  EXPECT_EQ(refusal.error().message, "Too large.");
  EXPECT_EQ(refusal.error().detail, "two lines");
}

TEST(ProbeAnswer, AnythingElseIsAnInternalError) {
  auto huge = some_facts();
  huge.width = 2'000'000'000;
  auto odd = some_facts();
  odd.video_codec = "<script>";
  const std::string good = write_facts(some_facts());
  for (const std::string& bad :
       {std::string(), std::string("facts\n"), std::string("refused\n"), good.substr(0, 30),
        good + "\nmore", write_facts(huge), write_facts(odd), write_facts(MediaFacts{})}) {
    const auto facts = read_facts(bad);
    ASSERT_FALSE(facts) << bad;
    EXPECT_EQ(facts.error().kind, ErrorKind::internal) << bad;
  }
  EXPECT_FALSE(read_rendition(good + "\n<html>"));
  EXPECT_FALSE(read_rendition(good));
}

}  // namespace
}  // namespace herald::media
