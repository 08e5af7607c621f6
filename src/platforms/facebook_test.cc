#include "platforms/facebook.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "domain/check.h"
#include "platforms/list.h"

namespace herald {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::chrono_literals;

Time noon() { return Time(std::chrono::sys_days(std::chrono::year(2026) / 11 / 22)) + 12h; }

Input text() {
  Input input;
  input.app.api_version = "v25.0";
  input.account.remote_id = "1122";
  input.kind = "text";
  input.text = "Bread at dawn";
  input.now = noon();
  return input;
}

std::vector<std::string> rules(const Input& input) {
  std::vector<std::string> names;
  for (const auto& violation : facebook_flows::check(input)) {
    EXPECT_TRUE(violation.source.starts_with("https://")) << violation.rule;
    names.push_back(violation.rule);
  }
  return names;
}

TEST(FacebookCheck, a_link_is_the_whole_address_of_a_web_page) {
  Input input = text();
  input.kind = "link";
  for (const char* bad : {"bakery.example", "ftp://bakery.example", "https://bakery.example/a b"}) {
    input.options["link"] = std::string(bad);
    EXPECT_THAT(rules(input), ElementsAre("link.web")) << bad;
  }
  input.options["link"] = std::string("https://bakery.example/bread?x=1");
  EXPECT_THAT(rules(input), IsEmpty());
}

TEST(FacebookCheck, FB03_facebook_publishes_ten_minutes_to_thirty_days_ahead) {
  Input input = text();
  for (const char* good : {"2026-11-22T12:10:01Z", "2026-12-22T11:59:59Z"}) {
    input.options["publish_at"] = std::string(good);
    EXPECT_THAT(rules(input), IsEmpty()) << good;
  }
  const std::pair<const char*, const char*> wrong[] = {{"2026-11-22T12:09:00Z", "publish_at.early"},
                                                       {"2026-12-23T12:00:00Z", "publish_at.late"},
                                                       {"tomorrow", "publish_at.time"}};
  for (const auto& [time, rule] : wrong) {
    input.options["publish_at"] = std::string(time);
    EXPECT_THAT(rules(input), ElementsAre(rule)) << time;
  }
  input.options["publish_at"] = std::string("2026-12-22T11:59:59Z");
  input.kind = "reel";
  EXPECT_THAT(rules(input), ElementsAre("publish_at.late"));
}

TEST(FacebookCheck, a_video_may_wait_at_facebook_for_half_a_year) {
  Input input = text();
  input.kind = "video";
  MediumInput medium{.id = MediaId("media_v")};
  medium.original = {.type = MediaType::video, .width = 1920, .height = 1080};
  input.media = {medium};
  input.options["publish_at"] = std::string("2027-05-21T11:59:59Z");
  EXPECT_THAT(rules(input), IsEmpty());
  input.options["publish_at"] = std::string("2027-05-21T12:00:01Z");
  EXPECT_THAT(rules(input), ElementsAre("publish_at.late"));
}

TEST(FacebookCheck, a_comment_needs_a_post_that_is_there) {
  Input input = text();
  input.options["first_comment"] = std::string("Recipe in the link");
  EXPECT_THAT(rules(input), IsEmpty());
  input.options["publish_at"] = std::string("2026-11-23T12:00:00Z");
  EXPECT_THAT(rules(input), ElementsAre("publish_at.comment"));
}

TEST(FacebookCheck, a_page_that_is_not_published_only_warns) {
  Input input = text();
  input.looked_up.facts["is_published"] = "false";
  const auto found = facebook_flows::check(input);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Violation::Severity::warning);
  input.looked_up.facts["is_published"] = "true";
  EXPECT_THAT(rules(input), IsEmpty());
}

TEST(FacebookSpec, FB15_FB16_reels_and_stories_are_540_wide_with_24_to_60_pictures_a_second) {
  for (const char* id : {"reel", "story"}) {
    const auto kind = std::ranges::find(facebook_flows::spec().kinds, id, &PostKind::id);
    const auto found = [&](int width, double rate) {
      const MediaFacts facts{.type = MediaType::video,
                             .content_type = "video/mp4",
                             .width = width,
                             .height = 960,
                             .duration_ms = 10'000,
                             .frames_per_second = rate};
      std::vector<std::string> names;
      for (const auto& violation : check_media(kind->media, {{.facts = facts}})) {
        names.push_back(violation.rule);
      }
      return names;
    };
    EXPECT_THAT(found(540, 24), IsEmpty()) << id;
    EXPECT_THAT(found(540, 59.94), IsEmpty()) << id;
    EXPECT_THAT(found(539, 30), ::testing::Contains("video.side_min")) << id;
    EXPECT_THAT(found(540, 20), ElementsAre("video.frame_rate_min")) << id;
    EXPECT_THAT(found(540, 61), ElementsAre("video.frame_rate_max")) << id;
  }
}

TEST(FacebookCheck, an_upright_video_is_better_off_as_a_reel) {
  Input input = text();
  MediumInput medium{.id = MediaId("media_v")};
  medium.original = {.type = MediaType::video, .width = 540, .height = 960};
  input.media = {medium};
  input.kind = "reel";
  EXPECT_THAT(rules(input), IsEmpty());
  input.kind = "video";
  EXPECT_THAT(rules(input), ElementsAre("video.upright"));
  input.media[0].original.width = 1920;
  EXPECT_THAT(rules(input), IsEmpty());
}

TEST(FacebookRules, no_line_hides_another_and_each_says_what_to_do) {
  for (const auto& rule : facebook_flows::rules()) {
    const int code = rule.code == graph::kAnyCode ? 4711 : rule.code;
    const int subcode = rule.subcode == graph::kAnySubcode ? 0 : rule.subcode;
    const Answer answer{.status = 400,
                        .body = "{\"error\":{\"code\":" + std::to_string(code) +
                                ",\"error_subcode\":" + std::to_string(subcode) + "}}"};
    const auto fault = facebook_flows::fault_in(answer);
    ASSERT_TRUE(fault) << code << "/" << subcode;
    EXPECT_EQ(fault->error.code, rule.name) << code << "/" << subcode;
    EXPECT_EQ(fault->visible, rule.visible) << code << "/" << subcode;
    EXPECT_TRUE(fault->error.message.ends_with(".")) << fault->error.message;
  }
}

TEST(FacebookRules, a_code_means_what_its_own_product_says) {
  const Answer answer{.status = 400, .body = R"({"error":{"code":210}})"};
  EXPECT_EQ(facebook_flows::fault_in(answer)->error.kind, ErrorKind::invalid);
  EXPECT_EQ(graph::fault_in(answer)->error.kind, ErrorKind::unauthorized);
}

TEST(Facebook, a_first_comment_is_work_of_its_own) {
  const Platform& platform = *find_platform(PlatformId("facebook"));
  Input input = text();
  EXPECT_THAT(platform.follow_ups(input), IsEmpty());
  input.options["first_comment"] = std::string("Recipe in the link");
  EXPECT_THAT(platform.follow_ups(input), ElementsAre("comment"));
}

TEST(Facebook, reels_are_counted_and_nothing_else) {
  const Platform& platform = *find_platform(PlatformId("facebook"));
  Input input = text();
  EXPECT_THAT(platform.quota(input), IsEmpty());
  input.kind = "reel";
  ASSERT_EQ(platform.quota(input).size(), 1u);
  EXPECT_EQ(platform.quota(input)[0].name, "reels.daily");
}

TEST(Facebook, no_permission_is_asked_for_that_does_not_exist) {
  for (const auto& scope : facebook_flows::spec().scopes) {
    EXPECT_NE(scope.name, "pages_read_user_engagement");  // It would stop every sign-in.
  }
}

}  // namespace
}  // namespace herald
