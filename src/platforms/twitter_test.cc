#include "platforms/twitter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "domain/check.h"
#include "platforms/list.h"
#include "platforms/twitter_words.h"

namespace herald::twitter_flows {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using Texts = std::vector<std::string>;

Input post(std::string kind, std::string text) {
  Input input;
  input.kind = std::move(kind);
  input.text = std::move(text);
  input.account.username = "marabakes";
  return input;
}

Texts rules_of(const Input& input) {
  Texts names;
  for (const auto& violation : check(input)) names.push_back(violation.rule);
  return names;
}

const PostKind& kind(std::string_view id) {
  return *std::ranges::find(spec().kinds, id, &PostKind::id);
}

Texts found_in(std::string_view id, const Draft& draft) {
  Texts names;
  for (const auto& violation : check_by_spec(kind(id), draft)) names.push_back(violation.rule);
  return names;
}

TEST(TwitterSpec, X13_280_weighted_characters_pass_and_one_more_does_not) {
  EXPECT_THAT(found_in("text", {.text = std::string(280, 'a')}), IsEmpty());
  EXPECT_THAT(found_in("text", {.text = std::string(281, 'a')}), ElementsAre("text.max"));
  std::string japanese;
  for (int i = 0; i < 140; ++i) japanese += "\u65E5";
  EXPECT_THAT(found_in("text", {.text = japanese}), IsEmpty());
  EXPECT_THAT(found_in("text", {.text = japanese + "a"}), ElementsAre("text.max"));
  EXPECT_THAT(found_in("text", {.text = "https://a.co/" + std::string(500, 'a')}), IsEmpty());
  Draft draft{.text = "First"};
  draft.options["thread"] = Texts{std::string(280, 'a'), std::string(281, 'b')};
  EXPECT_THAT(found_in("text", draft), ElementsAre("option.max"));
}

TEST(TwitterSpec, X14_a_poll_has_two_to_four_short_answers) {
  const auto found = [](Texts answers) {
    Draft draft{.text = "Which?"};
    draft.options["poll_answers"] = std::move(answers);
    return found_in("poll", draft);
  };
  EXPECT_THAT(found({"Rye", "Wheat"}), IsEmpty());
  EXPECT_THAT(found({std::string(25, 'a'), "b"}), IsEmpty());
  EXPECT_THAT(found({std::string(26, 'a'), "b"}), ElementsAre("option.max"));
  EXPECT_THAT(found({"a"}), ElementsAre("option.items.min"));
  EXPECT_THAT(found({"a", "b", "c", "d", "e"}), ElementsAre("option.items.max"));
}

TEST(TwitterSpec, X15_four_pictures_or_one_gif_or_one_video) {
  const auto found = [](const char* id, const char* type, std::size_t count) {
    DraftMedium medium;
    medium.facts.content_type = type;
    if (std::string_view(type).starts_with("video/")) {
      medium.facts.type = MediaType::video;
      medium.facts.duration_ms = 20'000;
    }
    return found_in(id, {.media = std::vector<DraftMedium>(count, medium)});
  };
  EXPECT_THAT(found("image", "image/jpeg", 4), IsEmpty());
  EXPECT_THAT(found("image", "image/jpeg", 5), ElementsAre("media.max"));
  EXPECT_THAT(found("image", "image/gif", 1), ElementsAre("image.format"));
  EXPECT_THAT(found("gif", "image/gif", 1), IsEmpty());
  EXPECT_THAT(found("gif", "image/gif", 2), ElementsAre("media.max"));
  EXPECT_THAT(found("video", "video/mp4", 1), IsEmpty());
}

TEST(TwitterCheck, a_post_that_is_well_breaks_no_rule) {
  EXPECT_THAT(rules_of(post("text", "Day 3 for $CAKE at https://a.co")), IsEmpty());
}

TEST(TwitterCheck, invisible_and_blank_texts_are_refused_in_every_part) {
  EXPECT_THAT(rules_of(post("text", "a\uFEFF")), ElementsAre("text.characters"));
  EXPECT_THAT(rules_of(post("text", " \n")), ElementsAre("text.blank"));
  Input input = post("text", "a");
  input.options["thread"] = Texts{"b\uFFFF", " "};
  EXPECT_THAT(rules_of(input), ElementsAre("text.characters", "text.blank"));
}

TEST(TwitterCheck, a_thread_does_not_say_the_same_twice) {
  Input input = post("text", "a");
  input.options["thread"] = Texts{"b", "a"};
  EXPECT_THAT(rules_of(input), ElementsAre("thread.repeats"));
}

TEST(TwitterCheck, two_cashtags_warn_and_prices_do_not) {
  EXPECT_THAT(rules_of(post("text", "$CAKE and $BREAD")), ElementsAre("cashtags"));
  EXPECT_THAT(rules_of(post("text", "$CAKE for $5, a$b")), IsEmpty());
}

TEST(TwitterCheck, a_quote_is_the_link_of_a_post) {
  EXPECT_EQ(post_id_in("https://x.com/a/status/123?s=20"), "123");
  EXPECT_EQ(post_id_in("https://twitter.com/a/status/123/photo/1"), "123");
  EXPECT_EQ(post_id_in("123"), "123");
  for (const char* wrong :
       {"", "https://x.com/a", "12a", "https://x.com/a/status/", "x/status/1b"}) {
    EXPECT_EQ(post_id_in(wrong), "") << wrong;
  }
  EXPECT_EQ(post_id_in(std::string(20, '1')), "");
  Input input = post("text", "a");
  input.options["quote"] = std::string("https://x.com/a");
  EXPECT_THAT(rules_of(input), ElementsAre("quote.link"));
  input.options["quote"] = std::string("https://x.com/a/status/1");
  EXPECT_THAT(rules_of(input), ElementsAre("quote.access"));
}

TEST(TwitterCheck, a_gif_has_its_limits_in_all_directions) {
  Input input = post("gif", "a");
  input.media.resize(1);
  MediaFacts& facts = input.media[0].original;
  facts = {.content_type = "image/gif", .width = 800, .height = 1080, .frames = 347};
  EXPECT_THAT(rules_of(input), IsEmpty());
  facts.frames = 350;
  EXPECT_THAT(rules_of(input), ElementsAre("gif.pixels"));
  facts.width = 10;
  facts.frames = 351;
  EXPECT_THAT(rules_of(input), ElementsAre("gif.frames"));
  facts.frames = 1;
  facts.height = 1081;
  EXPECT_THAT(rules_of(input), ElementsAre("gif.height", "gif.still"));
}

TEST(TwitterCheck, a_video_is_h264_and_aac) {
  Input input = post("video", "a");
  input.media.resize(1);
  MediaFacts& facts = input.media[0].original;
  facts = {.type = MediaType::video, .width = 1280, .height = 720};
  facts.video_codec = "h264";
  facts.audio_codec = "aac";
  facts.frames_per_second = 60;
  EXPECT_THAT(rules_of(input), IsEmpty());
  facts.video_codec = "hevc";
  facts.audio_codec = "opus";
  EXPECT_THAT(rules_of(input), ElementsAre("video.codec", "video.audio"));
  facts = {.type = MediaType::video, .width = 1920, .height = 16};
  EXPECT_THAT(rules_of(input), ElementsAre("video.pixels_max"));
}

TEST(TwitterSpec, files_need_their_permission_and_texts_do_not) {
  for (const auto& kind : spec().kinds) {
    EXPECT_EQ(kind.scope, kind.media.max > 0 ? "media.write" : "") << kind.id;
  }
}

TEST(TwitterCheck, long_posts_need_a_subscription) {
  Input input = post("long_text", "a");
  EXPECT_THAT(rules_of(input), IsEmpty());
  input.account.facts[kSubscription] = "None";
  EXPECT_THAT(rules_of(input), ElementsAre("text.subscription"));
  input.looked_up.facts[kSubscription] = "Premium";
  EXPECT_THAT(rules_of(input), IsEmpty());
}

TEST(TwitterUpload, X18_no_file_has_more_than_a_thousand_segments) {
  Input input = post("video", "a");
  input.media.resize(1);
  input.media[0].original = {.type = MediaType::video, .content_type = "video/mp4"};
  for (const std::uint64_t total : {std::uint64_t{1}, std::uint64_t{4} << 20,
                                    (std::uint64_t{4} << 20) + 1, std::uint64_t{16} << 30}) {
    input.media[0].original.size_bytes = total;
    std::uint64_t sent = 0;
    std::int64_t segments = 0;
    Notes notes;
    notes.set("id", "1");
    while (sent < total) {
      notes.set("segments", segments);
      const Step step = publish().next(input, notes.progress());
      const auto& body = std::get<MultipartBody>(std::get<Call>(step).body);
      ASSERT_EQ(std::get<std::string>(body.fields[0].value), std::to_string(segments));
      ASSERT_EQ(body.file.offset, sent);
      sent += body.file.length;
      ++segments;
    }
    EXPECT_EQ(sent, total);
    EXPECT_LE(segments, 1000);
  }
}

TEST(TwitterRules, no_problem_stands_there_twice) {
  std::set<std::pair<int, std::string_view>> seen;
  for (const Rule& rule : rules()) {
    EXPECT_TRUE(seen.insert({rule.status, rule.problem}).second) << rule.status << rule.problem;
  }
}

TEST(TwitterRules, the_host_of_a_problem_does_not_matter) {
  for (const char* host : {"api.x.com", "api.twitter.com", "developer.twitter.com/en"}) {
    Answer answer{.status = 403};
    answer.body = std::string(R"({"type":"https://)") + host + R"(/problems/client-forbidden"})";
    EXPECT_EQ(fault_in({}, answer)->error.code, "app_misconfigured") << host;
  }
}

TEST(TwitterWords, what_X_changes_does_not_count) {
  const JsonAnswer answer(
      R"({"id":"7","text":"A &amp;lt; b https://t.co/1\n\n https://t.co/2 https://t.co/3",
    "entities":{"urls":[{"url":"https://t.co/1","expanded_url":"http://Example.com/"},
      {"url":"https://t.co/2","expanded_url":"https://x.com/a/status/7/video/1"},
      {"url":"https://t.co/3","expanded_url":"https://twitter.com/b/status/5"}]}})");
  const Words seen = words_seen(answer, "", "5");
  EXPECT_EQ(seen, words_sent("A &lt; b   example.com"));
  EXPECT_THAT(seen.links, ElementsAre("example.com"));
  EXPECT_THAT(words_seen(answer, "", "").links, SizeIs(2));
  EXPECT_EQ(words_sent("cafe\u0301"), words_sent("caf\u00E9"));
  EXPECT_NE(words_sent("a.co"), words_sent("b.co"));
  EXPECT_EQ(words_sent("a.co").text, words_sent("b.co").text);
}

// X's token answer names nobody: without this a disconnect could take down another customer.
TEST(Twitter, O54_the_account_that_was_found_says_whose_the_grant_is) {
  Answer answer{.status = 200};
  answer.body = R"({"data":{"id":"15","profile_image_url":"https://pbs.example/p_normal.jpg"}})";
  const Absorbed heard = discover().absorb({}, {}, answer);
  const Step step = discover().next({}, heard.progress);
  const auto& found = std::get<Discovered>(std::get<Finished>(step).outcome);
  EXPECT_EQ(found.subject, "15");
  EXPECT_EQ(found.accounts.at(0).remote_id, "15");
  EXPECT_EQ(found.accounts.at(0).picture_url, "https://pbs.example/p_400x400.jpg");
}

TEST(Twitter, a_thread_costs_a_post_for_each_part) {
  const Platform& platform = *find_platform(PlatformId("twitter"));
  Input input = post("text", "a");
  input.options["thread"] = Texts{"b", "c"};
  EXPECT_EQ(platform.quota(input)[0].cost, 3);
  EXPECT_THAT(platform.follow_ups(input), IsEmpty());
}

}  // namespace
}  // namespace herald::twitter_flows
