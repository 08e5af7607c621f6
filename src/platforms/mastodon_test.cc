// What the rules of Mastodon refuse before anything is sent, and what its spec promises; what is
// sent and heard is recorded under tests/fixtures/mastodon.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "domain/check.h"
#include "platforms/list.h"
#include "platforms/mastodon.h"
#include "ports/spec_address.h"

namespace herald {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

const PlatformSpec& spec() { return mastodon_flows::spec(); }

const PostKind& kind_of(const char* id) {
  return *std::ranges::find(spec().kinds, id, &PostKind::id);
}

std::string repeated(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

std::vector<std::string> rules_broken(const Input& input) {
  std::vector<std::string> rules;
  for (const auto& found : mastodon_flows::check(input)) {
    const bool warns = found.severity == Violation::Severity::warning;
    rules.push_back((warns ? "warns " : "") + found.rule);
  }
  return rules;
}

std::vector<std::string> rules_broken(const char* kind, std::string text, Options options = {},
                                      std::vector<DraftMedium> media = {}) {
  Draft draft;
  draft.text = std::move(text);
  draft.options = std::move(options);
  draft.media = std::move(media);
  std::vector<std::string> rules;
  for (const auto& found : check_by_spec(kind_of(kind), draft)) rules.push_back(found.rule);
  return rules;
}

Input words(std::string text, Options options = {}) {
  Input input;
  input.kind = "text";
  input.text = std::move(text);
  input.options = std::move(options);
  return input;
}

MediaFacts picture(const char* content_type = "image/jpeg") {
  return {
      .content_type = content_type, .size_bytes = 1000, .width = 640, .height = 480, .frames = 1};
}

Input pictures(std::vector<MediaFacts> facts) {
  Input input;
  input.kind = "image";
  for (auto& one : facts) {
    input.media.push_back({.id = MediaId("media_a"), .original = std::move(one)});
  }
  return input;
}

TEST(Mastodon, MA05_who_is_signed_in_is_asked_for_a_sign_in_all_the_same) {
  EXPECT_THAT(spec().oauth.authorize_extra,
              ElementsAre(std::pair<std::string, std::string>("force_login", "true")));
  EXPECT_EQ(spec().oauth.pkce, Pkce::s256);
}

TEST(Mastodon, MA59_everything_is_at_the_instance_that_is_set) {
  const Input::App app{.client_id = "x", .api_version = "v1", .instance = "social.test"};
  EXPECT_EQ(token_hosts_of(spec(), app), std::vector<std::string>{"social.test"});
  for (const auto& url :
       {spec().oauth.authorize_url, spec().oauth.token_url, spec().oauth.revoke_url}) {
    EXPECT_TRUE(filled(url, app).starts_with("https://social.test/oauth/")) << url;
  }
  EXPECT_FALSE(spec().variables.instance.empty());
}

TEST(Mastodon, MA28_more_than_500_characters_are_never_sent) {
  for (const char* one : {"a", "\u2728", "\U0001F3F3\uFE0F\u200D\u26A7\uFE0F"}) {
    EXPECT_THAT(rules_broken("text", repeated(one, 500)), IsEmpty());
    EXPECT_THAT(rules_broken("text", repeated(one, 501)), ElementsAre("text.max"));
  }
  EXPECT_FALSE(rules_broken("text", "").empty());
}

TEST(Mastodon, MA29_a_content_warning_counts_into_every_post_of_the_thread) {
  const Options options{{"spoiler_text", repeated("b", 250)},
                        {"thread", std::vector<std::string>{repeated("c", 251)}}};
  EXPECT_THAT(rules_broken(words(repeated("a", 250), options)), ElementsAre("spoiler_text.max"));
  EXPECT_THAT(rules_broken(words(repeated("a", 251), options)),
              ElementsAre("spoiler_text.max", "spoiler_text.max"));
  Input larger = words(repeated("a", 251), options);
  larger.looked_up.facts["max.text"] = "5000";
  EXPECT_THAT(rules_broken(larger), IsEmpty());
}

TEST(Mastodon, MA33_a_content_warning_does_not_stand_alone) {
  Input input = pictures({picture()});
  input.options["spoiler_text"] = std::string("CW");
  EXPECT_THAT(rules_broken(input), ElementsAre("spoiler_text.alone"));
  input.text = "Cake";
  EXPECT_THAT(rules_broken(input), IsEmpty());
}

TEST(Mastodon, MA27_a_blank_text_is_none) {
  EXPECT_THAT(rules_broken(words(" \n\t")), ElementsAre("text.blank"));
  EXPECT_THAT(rules_broken(words("Hi", {{"thread", std::vector<std::string>{" "}}})),
              ElementsAre("text.blank"));
}

TEST(Mastodon, MA31_who_can_see_it_is_chosen_from_what_mastodon_knows) {
  EXPECT_THAT(rules_broken("text", "Hello", {{"visibility", std::string("private")}}), IsEmpty());
  EXPECT_FALSE(rules_broken("text", "Hello", {{"visibility", std::string("friends")}}).empty());
  EXPECT_THAT(rules_broken(words("Hello", {{"visibility", std::string("direct")}})),
              ElementsAre("warns visibility.direct"));
  EXPECT_THAT(rules_broken(words("Hello @ada", {{"visibility", std::string("direct")}})),
              IsEmpty());
}

TEST(Mastodon, MA32_a_language_is_a_code) {
  for (const char* code : {"en", "nds"}) {
    EXPECT_THAT(rules_broken(words("Hello", {{"language", std::string(code)}})), IsEmpty());
  }
  for (const char* code : {"e", "EN", "e1"}) {
    EXPECT_THAT(rules_broken(words("Hello", {{"language", std::string(code)}})),
                ElementsAre("language"))
        << code;
  }
  EXPECT_FALSE(rules_broken("text", "Hello", {{"language", std::string("english")}}).empty());
}

TEST(Mastodon, MA44_a_poll_has_two_to_four_answers_of_fifty_characters_none_of_them_twice) {
  const auto broken = [](std::vector<std::string> answers) {
    auto rules = rules_broken("poll", "Which?", {{"poll_answers", answers}});
    Input input = words("Which?", {{"poll_answers", std::move(answers)}});
    input.kind = "poll";
    for (auto& rule : rules_broken(input)) rules.push_back(std::move(rule));
    return rules;
  };
  EXPECT_THAT(broken({"Rye", std::string(50, 'a')}), IsEmpty());
  EXPECT_FALSE(broken({"Rye"}).empty());
  EXPECT_FALSE(broken({"1", "2", "3", "4", "5"}).empty());
  EXPECT_FALSE(broken({"Rye", std::string(51, 'a')}).empty());
  EXPECT_THAT(broken({"Rye", "Rye "}), ElementsAre("poll.twice"));
  EXPECT_THAT(broken({"Rye", " "}), ElementsAre("poll.blank"));
}

TEST(Mastodon, MA44_what_the_server_says_of_polls_holds) {
  Input input = words("Which?", {{"poll_answers", std::vector<std::string>{"1", "2", "3"}},
                                 {"poll_minutes", std::string("10080")}});
  input.kind = "poll";
  EXPECT_THAT(rules_broken(input), IsEmpty());
  input.looked_up.facts = {{"poll.answers", "2"}, {"poll.longest", "86400"}};
  EXPECT_THAT(rules_broken(input), ElementsAre("poll.answers", "poll.length"));
  input.options.erase("poll_minutes");
  input.looked_up.facts = {{"poll.shortest", "86401"}};
  EXPECT_THAT(rules_broken(input), ElementsAre("poll.length"));
}

TEST(Mastodon, MA39_files_that_are_too_large_are_never_sent) {
  MediaFacts large = picture();
  large.width = 7681;
  large.height = 4321;
  EXPECT_THAT(rules_broken(pictures({large})), ElementsAre("media.pixels"));
  large.width = 7680;
  large.height = 4320;
  EXPECT_THAT(rules_broken(pictures({large})), IsEmpty());
  MediaFacts gif = picture("image/gif");
  gif.width = 1281;
  gif.height = 720;
  EXPECT_THAT(rules_broken(pictures({gif})), ElementsAre("media.pixels"));
  gif.width = 1280;
  EXPECT_THAT(rules_broken(pictures({gif})), IsEmpty());
  large.size_bytes = 17 << 20;
  EXPECT_THAT(rules_broken("image", "", {}, {{large, {}, {}}}), Contains("image.bytes_max"));
}

TEST(Mastodon, MA39_what_the_server_says_of_files_holds) {
  Input input = pictures({picture()});
  input.looked_up.facts = {{"image.bytes", "999"}};
  EXPECT_THAT(rules_broken(input), ElementsAre("media.bytes"));
  input.looked_up.facts = {{"image.pixels", "1000"}};
  EXPECT_THAT(rules_broken(input), ElementsAre("media.pixels"));
  input.looked_up.facts = {{"formats", "image/png,image/jpeg2"}};
  EXPECT_THAT(rules_broken(input), ElementsAre("media.format"));
  input.looked_up.facts = {{"formats", "image/png,image/jpeg"}};
  EXPECT_THAT(rules_broken(input), IsEmpty());
}

TEST(Mastodon, MA40_a_description_has_at_most_1500_characters) {
  EXPECT_THAT(rules_broken("image", "", {}, {{picture(), {}, repeated("a", 1500)}}), IsEmpty());
  EXPECT_FALSE(rules_broken("image", "", {}, {{picture(), {}, repeated("a", 1501)}}).empty());
}

TEST(Mastodon, MA41_there_are_at_most_four_pictures_or_one_video_and_no_poll_beside_them) {
  const DraftMedium one{picture(), {}, {}};
  EXPECT_THAT(rules_broken("image", "", {}, {one, one, one, one}), IsEmpty());
  EXPECT_FALSE(rules_broken("image", "", {}, {one, one, one, one, one}).empty());
  EXPECT_EQ(kind_of("video").media.max, 1);
  EXPECT_EQ(kind_of("poll").media.max, 0);
}

TEST(Mastodon, a_gif_that_moves_goes_alone) {
  MediaFacts gif = picture("image/gif");
  EXPECT_THAT(rules_broken(pictures({gif, picture()})), IsEmpty());
  gif.frames = 12;
  EXPECT_THAT(rules_broken(pictures({gif, picture()})), ElementsAre("gif.alone"));
  EXPECT_THAT(rules_broken(pictures({gif})), IsEmpty());
}

TEST(Mastodon, a_thread_costs_as_many_posts_as_it_has) {
  const Platform& mastodon = *find_platform(PlatformId("mastodon"));
  const auto costs = mastodon.quota(words("1", {{"thread", std::vector<std::string>{"2", "3"}}}));
  ASSERT_EQ(costs.size(), 1u);
  EXPECT_EQ(costs[0].cost, 3);
  EXPECT_EQ(mastodon.quota(pictures({picture(), picture()})).at(1).cost, 2);
}

// A day's files may be gone: they are uploaded anew, unless a post has them.
TEST(Mastodon, files_that_lay_for_long_are_uploaded_anew) {
  Input input = pictures({picture()});
  input.app.instance = "social.test";
  input.account.remote_id = "5@social.test";
  input.now = Time(std::chrono::hours(500'000));
  const FlowSteps publish = mastodon_flows::publish();
  const Answer uploaded{.status = 200, .body = R"({"id":"7","url":"https://social.test/7"})"};
  const Progress ready = publish.absorb(input, "", uploaded).progress;
  EXPECT_EQ(std::get<Call>(publish.next(input, ready)).step, "post");
  input.now += std::chrono::hours(21);
  const Step stale = publish.next(input, ready);
  ASSERT_TRUE(std::holds_alternative<Wait>(stale));
  EXPECT_EQ(std::get<Call>(publish.next(input, std::get<Wait>(stale).progress)).step,
            "upload file 1");
}

TEST(Mastodon, only_an_address_that_may_be_shown_is_kept) {
  EXPECT_EQ(mastodon_flows::url_in(JsonAnswer(R"({"url":"https://a.de/1"})"), ""),
            "https://a.de/1");
  EXPECT_EQ(mastodon_flows::url_in(JsonAnswer(R"json([{"url":"javascript:alert(1)"}])json"), "/0"),
            "");
  EXPECT_EQ(mastodon_flows::url_in(JsonAnswer(R"({"url":null})"), ""), "");
}

// As the engine asks: the count of visible calls goes back by one.
TEST(Mastodon, MA49_a_post_that_was_dropped_is_taken_back) {
  Input input = words("Hello");
  input.app.instance = "social.test";
  input.account.remote_id = "5@social.test";
  const FlowSteps publish = mastodon_flows::publish();
  Progress progress = publish.absorb(input, "", {.status = 200, .body = R"({"id":"9"})"}).progress;
  Absorbed last;
  for (int look = 0; look < 3; ++look) {
    last = publish.absorb(input, progress, {.status = 404, .body = R"({"error":"?"})"});
    progress = last.progress;
  }
  EXPECT_EQ(last.verdict, Verdict::refused);
  EXPECT_TRUE(last.taken_back);
  EXPECT_EQ(std::get<Call>(publish.next(input, progress)).effect, Effect::publish);
}

}  // namespace
}  // namespace herald
