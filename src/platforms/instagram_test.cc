#include "platforms/instagram.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "domain/check.h"
#include "platforms/list.h"

namespace herald {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using Tags = std::vector<std::string>;

Input photo() {
  Input input;
  input.kind = "image";
  input.text = "Bread at dawn";
  MediumInput medium{.id = MediaId("media_a")};
  medium.original = {.content_type = "image/jpeg", .size_bytes = 1000, .width = 10, .height = 10};
  input.media = {medium};
  return input;
}

Input reel() {
  Input input = photo();
  input.kind = "reel";
  input.media[0].original = {
      .type = MediaType::video, .content_type = "video/mp4", .size_bytes = 1, .duration_ms = 12000};
  return input;
}

Tags rules(const Input& input) {
  Tags names;
  for (const auto& violation : instagram_flows::check(input)) {
    EXPECT_FALSE(violation.source.empty()) << violation.rule;
    names.push_back(violation.rule);
  }
  return names;
}

std::string repeated(const std::string& word, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += word + std::to_string(i) + " ";
  return text;
}

TEST(InstagramCheck, IG06_thirty_hashtags_and_twenty_mentions_pass_one_more_does_not) {
  Input input = photo();
  input.text = repeated("#bread", 30) + repeated("@baker", 20) + "me@example.com # @";
  EXPECT_THAT(rules(input), IsEmpty());
  input.text += "#more";
  EXPECT_THAT(rules(input), ElementsAre("caption.hashtags"));
  input.text = repeated("@baker", 21);
  EXPECT_THAT(rules(input), ElementsAre("caption.mentions"));
}

TEST(InstagramCheck, hashtags_that_touch_are_counted_each) {
  Input input = photo();
  for (int i = 0; i < 31; ++i) input.text += "#b" + std::to_string(i);
  EXPECT_THAT(rules(input), ElementsAre("caption.hashtags"));
}

TEST(InstagramCheck, emoji_past_the_limit_in_utf16_only_warn) {
  Input input = photo();
  input.text.clear();
  for (int i = 0; i < 1200; ++i) input.text += "\U0001F35E";
  const auto found = instagram_flows::check(input);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].rule, "caption.utf16");
  EXPECT_EQ(found[0].severity, Violation::Severity::warning);
}

TEST(InstagramCheck, collaborators_are_three_usernames) {
  Input input = photo();
  input.options["collaborators"] = Tags{"ann", "bo.b", "c_3"};
  EXPECT_THAT(rules(input), IsEmpty());
  input.options["collaborators"] = Tags{"a", "b", "c", "d"};
  EXPECT_THAT(rules(input), ElementsAre("collaborators"));
  input.options["collaborators"] = Tags{"@ann"};
  EXPECT_THAT(rules(input), ElementsAre("collaborators.name"));
}

TEST(InstagramCheck, a_video_is_h264_or_hevc_with_aac) {
  Input input = reel();
  MediaFacts& facts = input.media.at(0).original;
  const auto rules_with = [&](const char* video, const char* audio) {
    facts.video_codec = video;
    facts.audio_codec = audio;
    return rules(input);
  };
  EXPECT_THAT(rules_with("h264", "aac"), IsEmpty());
  EXPECT_THAT(rules_with("hevc", ""), IsEmpty());
  EXPECT_THAT(rules_with("vp9", "aac"), ElementsAre("video.codec"));
  EXPECT_THAT(rules_with("prores", "pcm_s16le"), ElementsAre("video.codec", "video.audio"));
}

TEST(InstagramCheck, IG17_the_cover_moment_lies_inside_the_video) {
  Input input = reel();
  for (const char* good : {"0", "11999"}) {
    input.options["thumb_offset"] = std::string(good);
    EXPECT_THAT(rules(input), IsEmpty()) << good;
  }
  for (const char* bad : {"12000", "-1", "1.5", "soon", "99999999999999999999"}) {
    input.options["thumb_offset"] = std::string(bad);
    EXPECT_THAT(rules(input), ElementsAre("thumb_offset")) << bad;
  }
}

TEST(InstagramCheck, a_cover_is_a_jpeg_of_eight_megabytes) {
  const auto& kinds = instagram_flows::spec().kinds;
  const auto reels = std::ranges::find(kinds, "reel", &PostKind::id);
  const auto cover = std::ranges::find(reels->options, "cover", &OptionSpec::name);
  ASSERT_TRUE(cover->media);
  const auto found = [&](const DraftMedium& medium) {
    std::vector<Violation> violations;
    check_medium(*cover->media, "options.cover", medium, violations);
    std::vector<std::string> rules;
    for (const auto& violation : violations) rules.push_back(violation.rule);
    return rules;
  };
  DraftMedium image{.facts = photo().media[0].original, .jpeg = {}, .alt_text = {}};
  image.facts.size_bytes = 8 << 20;
  EXPECT_THAT(found(image), IsEmpty());
  image.facts.size_bytes += 1;
  EXPECT_THAT(found(image), ElementsAre("image.bytes_max"));
  image.facts.content_type = "image/png";
  image.facts.size_bytes = 1;
  EXPECT_THAT(found(image), ElementsAre("image.format"));
  image.jpeg = photo().media[0].original;
  EXPECT_THAT(found(image), IsEmpty());
}

TEST(InstagramCheck, a_place_is_a_number_and_a_full_day_only_warns) {
  Input input = photo();
  input.options["location_id"] = std::string("Paris");
  EXPECT_THAT(rules(input), ElementsAre("location_id"));
  input.options.clear();
  input.looked_up.facts = {{"quota_usage", "50"}, {"quota_total", "50"}};
  const auto found = instagram_flows::check(input);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Violation::Severity::warning);
}

TEST(Instagram, a_carousel_of_ten_costs_eleven_containers) {
  Input input = photo();
  input.kind = "carousel";
  input.media.assign(10, input.media[0]);
  const auto costs = find_platform(PlatformId("instagram"))->quota(input);
  ASSERT_EQ(costs.size(), 2u);
  EXPECT_EQ(costs[0].cost, 1);
  EXPECT_EQ(costs[1].name, "containers.daily");
  EXPECT_EQ(costs[1].cost, 11);
}

TEST(Instagram, a_first_comment_is_work_of_its_own) {
  const Platform& platform = *find_platform(PlatformId("instagram"));
  Input input = photo();
  EXPECT_THAT(platform.follow_ups(input), IsEmpty());
  input.options["first_comment"] = std::string("Recipe in the link");
  EXPECT_THAT(platform.follow_ups(input), ElementsAre("comment"));
}

}  // namespace
}  // namespace herald
