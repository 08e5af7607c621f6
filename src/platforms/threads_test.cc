// What the rules of Threads refuse before anything is sent, and what its spec promises; what is
// sent and heard is recorded under tests/fixtures/threads.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "domain/check.h"
#include "platforms/list.h"
#include "platforms/threads.h"

namespace herald {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const PlatformSpec& spec() { return threads_flows::spec(); }

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
  for (const auto& found : threads_flows::check(input)) {
    const bool warns = found.severity == Violation::Severity::warning;
    rules.push_back((warns ? "warns " : "") + found.rule);
  }
  return rules;
}

std::vector<std::string> rules_broken(const char* kind, std::string text, Options options = {}) {
  Draft draft;
  draft.text = std::move(text);
  draft.options = std::move(options);
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

TEST(Threads, TH05_the_fragment_that_a_browser_may_leave_on_the_code_is_known) {
  EXPECT_EQ(spec().oauth.code_suffix, "#_");
}

TEST(Threads, TH23_an_emoji_counts_as_its_bytes) {
  const std::string grin = "\xF0\x9F\x98\x80";
  EXPECT_THAT(rules_broken("text", repeated(grin, 125)), IsEmpty());
  EXPECT_THAT(rules_broken("text", repeated(grin, 126)), ElementsAre("text.max"));
  const Options comment{{"first_comment", repeated(grin, 126)}};
  EXPECT_THAT(rules_broken("text", "Hello", comment), ElementsAre("option.max"));
  EXPECT_THAT(rules_broken(words(repeated(grin, 126))), IsEmpty());  // Said once.
}

TEST(Threads, TH23_what_only_some_have_seen_refused_is_warned_of) {
  const std::string quotes = repeated("\xE2\x80\x99", 3);
  EXPECT_THAT(rules_broken(words(repeated("a", 491) + quotes)), IsEmpty());
  EXPECT_THAT(rules_broken(words(repeated("a", 495) + quotes)), ElementsAre("warns text.bytes"));
}

TEST(Threads, TH22_more_than_500_characters_are_never_sent) {
  EXPECT_THAT(rules_broken("text", repeated("a", 500)), IsEmpty());
  EXPECT_FALSE(rules_broken("text", repeated("a", 501)).empty());
}

TEST(Threads, TH21_a_text_has_words) { EXPECT_FALSE(rules_broken("text", "").empty()); }

TEST(Threads, TH24_a_link_that_stands_twice_counts_once) {
  std::string five;
  for (int i = 0; i < 5; ++i) five += "https://example.com/" + std::to_string(i) + " ";
  const Options same{{"link_attachment", std::string("https://example.com/1")}};
  const Options other{{"link_attachment", std::string("https://example.com/9")}};
  EXPECT_THAT(rules_broken(words(five, same)), IsEmpty());
  EXPECT_THAT(rules_broken(words(five, other)), ElementsAre("links"));
  EXPECT_THAT(rules_broken(words(five + "http://example.com/6")), ElementsAre("links"));
}

TEST(Threads, TH31_a_topic_has_neither_a_stop_nor_an_ampersand) {
  for (const char* topic : {"a.b", "a&b"}) {
    EXPECT_THAT(rules_broken(words("Hello", {{"topic_tag", std::string(topic)}})),
                ElementsAre("topic_tag"));
  }
  EXPECT_THAT(rules_broken(words("Hello", {{"topic_tag", std::string("sour dough")}})), IsEmpty());
}

TEST(Threads, TH31_a_poll_has_two_to_four_answers_of_25_characters) {
  const auto broken = [](std::vector<std::string> answers) {
    return rules_broken("poll", "Which?", {{"poll_answers", std::move(answers)}});
  };
  EXPECT_THAT(broken({"Rye", std::string(25, 'a')}), IsEmpty());
  EXPECT_FALSE(broken({"Rye"}).empty());
  EXPECT_FALSE(broken({"1", "2", "3", "4", "5"}).empty());
  EXPECT_FALSE(broken({"Rye", std::string(26, 'a')}).empty());
}

TEST(Threads, TH31_a_carousel_has_two_to_twenty_items_and_only_a_text_takes_a_link) {
  EXPECT_EQ(kind_of("carousel").media.min, 2);
  EXPECT_EQ(kind_of("carousel").media.max, 20);
  for (const auto& kind : spec().kinds) {
    const bool takes = std::ranges::count(kind.options, "link_attachment", &OptionSpec::name) > 0;
    EXPECT_EQ(takes, kind.id == "text") << kind.id;
  }
}

TEST(Threads, TH31_who_may_reply_is_chosen_from_what_threads_knows) {
  EXPECT_THAT(rules_broken("text", "Hello", {{"reply_control", std::string("followers_only")}}),
              IsEmpty());
  EXPECT_FALSE(rules_broken("text", "Hello", {{"reply_control", std::string("nobody")}}).empty());
}

TEST(Threads, a_link_that_is_none_is_refused) {
  EXPECT_THAT(rules_broken(words("Hello", {{"link_attachment", std::string("example.com")}})),
              ElementsAre("link_attachment"));
}

TEST(Threads, TH37_a_full_day_is_warned_of) {
  Input input = words("Hello");
  input.looked_up.facts = {{"quota_usage", "250"}, {"quota_total", "250"}};
  EXPECT_THAT(rules_broken(input), ElementsAre("warns publish.daily"));
  input.looked_up.facts["quota_usage"] = "249";
  EXPECT_THAT(rules_broken(input), IsEmpty());
}

TEST(Threads, a_first_comment_costs_a_reply) {
  const Platform& threads = *find_platform(PlatformId("threads"));
  EXPECT_EQ(threads.quota(words("Hello")).size(), 1u);
  const Input input = words("Hello", {{"first_comment", std::string("Recipe below")}});
  EXPECT_EQ(threads.quota(input).size(), 2u);
  EXPECT_THAT(threads.follow_ups(input), ElementsAre("comment"));
}

TEST(Threads, a_dead_connection_leads_to_threads_and_not_to_facebook) {
  for (const int subcode : {0, 458, 459, 460, 463, 464, 467}) {
    Answer answer{.status = 400};
    answer.body = R"({"error":{"code":190,"error_subcode":)" + std::to_string(subcode) + "}}";
    const auto fault = threads_flows::fault_in(answer);
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->error.kind, ErrorKind::unauthorized);
    EXPECT_EQ(fault->error.message.find("Facebook"), std::string::npos) << subcode;
  }
}

}  // namespace
}  // namespace herald
