#include "app/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace herald {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// A draft of either kind for an account that was granted these.
struct Case {
  Case() {
    const OptionSpec comment{
        .name = "comment", .label = "First comment", .scope = "comments", .source = {}};
    const OptionSpec loud{.name = "loud",
                          .label = "Loud",
                          .type = OptionType::boolean,
                          .scope = "shout",
                          .source = {}};
    spec.kinds = {{.id = "text", .label = "Text", .options = {comment, loud}},
                  {.id = "draft", .label = "Draft", .scope = "drafts"}};
    platform.spec = &spec;
    input.kind = "text";
    input.account.scopes = {"post"};
  }
  std::vector<std::string> rules() const {
    std::vector<std::string> names;
    for (const auto& one : violations_of(platform, input)) {
      names.push_back(one.rule + " " + one.field);
    }
    return names;
  }
  PlatformSpec spec;
  Platform platform;
  Input input;
};

TEST(Rules, an_option_is_refused_at_once_when_its_permission_was_not_granted) {
  Case one;
  one.input.options["comment"] = std::string("Hello");
  one.input.options["loud"] = true;
  EXPECT_THAT(one.rules(),
              ElementsAre("option.scope options.comment", "option.scope options.loud"));
  const auto said = violations_of(one.platform, one.input).front();
  EXPECT_THAT(said.message, HasSubstr("First comment"));
  EXPECT_THAT(said.message, HasSubstr("Reconnect"));
  EXPECT_EQ(said.limit, "comments");
  EXPECT_EQ(said.severity, Violation::Severity::error);
}

TEST(Rules, an_option_that_is_not_used_takes_no_permission) {
  Case one;
  one.input.options["comment"] = std::string();
  one.input.options["loud"] = false;
  EXPECT_THAT(one.rules(), IsEmpty());
}

TEST(Rules, a_permission_that_was_granted_is_enough) {
  Case one;
  one.input.options["comment"] = std::string("Hello");
  one.input.account.scopes.emplace_back("comments");
  EXPECT_THAT(one.rules(), IsEmpty());
}

TEST(Rules, a_whole_kind_may_take_a_permission) {
  Case one;
  one.input.kind = "draft";
  EXPECT_THAT(one.rules(), ElementsAre("kind.scope kind"));
  one.input.account.scopes.emplace_back("drafts");
  EXPECT_THAT(one.rules(), IsEmpty());
}

TEST(Rules, a_place_that_is_not_among_those_looked_up_is_warned_of) {
  Case one;
  one.spec.target = {.word = "board", .choices_from = "boards"};
  one.input.target_key = "8";
  EXPECT_THAT(one.rules(), IsEmpty());
  one.input.looked_up.choices["boards"] = {{"7", "Bread"}};
  EXPECT_THAT(one.rules(), ElementsAre("target.live target_key"));
  one.input.target_key = "7";
  EXPECT_THAT(one.rules(), IsEmpty());
}

TEST(Rules, what_is_off_just_now_is_warned_of_in_its_own_words) {
  Case one;
  one.spec.kinds[0].options.push_back({.name = "duets", .type = OptionType::boolean});
  one.input.options["duets"] = true;
  EXPECT_THAT(one.rules(), IsEmpty());
  one.input.looked_up.facts["off.duets"] = "Duets are switched off.";
  const auto found = violations_of(one.platform, one.input);
  ASSERT_THAT(one.rules(), ElementsAre("option.off options.duets"));
  EXPECT_EQ(found[0].message, "Duets are switched off.");
  EXPECT_EQ(refusal_by(found), std::nullopt);
  one.input.options["duets"] = false;
  EXPECT_THAT(one.rules(), IsEmpty());
}

TEST(Rules, a_choice_that_the_platform_refuses_is_not_warned_of_as_well) {
  Case one;
  one.spec.kinds[0].options = {
      {.name = "tag", .type = OptionType::choice, .choices_from = "tags", .source = {}}};
  one.input.options["tag"] = std::string("9");
  one.input.looked_up.choices["tags"] = {{"7", "Bread"}};
  EXPECT_THAT(one.rules(), ElementsAre("option.choice.live options.tag"));
  one.platform.check = [](const Input&) -> std::vector<Violation> {
    return {{"tag.offered", "options.tag", "No.", {}, {}, {}, Violation::Severity::error}};
  };
  EXPECT_THAT(one.rules(), ElementsAre("tag.offered options.tag"));
}

TEST(Rules, nothing_is_said_where_it_is_not_known_what_was_granted) {
  Case one;
  one.input.kind = "draft";
  one.input.account.scopes.clear();
  EXPECT_THAT(one.rules(), IsEmpty());
}

// What a place allows by itself, where its spec can only say what is usual.
struct LiveCase : Case {
  LiveCase() {
    OptionSpec more{.name = "more", .label = "More", .max = 5, .source = {}};
    PostKind kind{.id = "text", .label = "Text", .options = {more}};
    kind.text.max = 5;
    const MediaRule image{.type = MediaType::image, .formats = {"image/png"}, .source = {}};
    kind.media = {.min = 0, .max = 2, .rules = {image}, .alt_text_max = 5};
    spec.kinds = {kind};
    input.text = "123456";
    input.options["more"] = std::string("123456");
    input.media.resize(3);
    for (auto& medium : input.media) {
      medium.original.content_type = "image/png";
      medium.alt_text = "123456";
    }
  }
};

TEST(Rules, what_was_looked_up_takes_the_place_of_a_kinds_maxima) {
  LiveCase one;
  EXPECT_THAT(one.rules(), testing::Contains("text.max text"));
  EXPECT_THAT(one.rules(), testing::Contains("option.max options.more"));
  const auto before = one.rules().size();
  EXPECT_GE(before, 4u);
  one.input.looked_up.facts = {
      {"max.text", "6"}, {"max.more", "6"}, {"max.alt_text", "6"}, {"max.media", "3"}};
  EXPECT_THAT(one.rules(), IsEmpty());
  one.spec.kinds[0].text.max = 10;
  one.input.looked_up.facts["max.text"] = "4";
  EXPECT_THAT(one.rules(), ElementsAre("text.max text"));
}

TEST(Rules, what_cannot_be_a_maximum_changes_nothing) {
  for (const char* fact : {"", "0", "-6", "6x", "1e9", "99999999999999999999", "2000000000"}) {
    LiveCase one;
    one.input.looked_up.facts = {{"max.text", fact}};
    EXPECT_THAT(one.rules(), testing::Contains("text.max text")) << fact;
  }
}

TEST(Rules, what_has_no_maximum_or_takes_one_file_is_left_as_it_is) {
  LiveCase one;
  one.input.options.clear();
  one.input.media.resize(2);
  for (auto& medium : one.input.media) medium.alt_text.clear();
  one.spec.kinds[0].text.max = 0;
  one.spec.kinds[0].media.max = 1;
  const auto before = one.rules();
  one.input.looked_up.facts = {{"max.text", "1"}, {"max.media", "9"}};
  EXPECT_EQ(one.rules(), before);
  EXPECT_EQ(before.size(), 1u);
}

}  // namespace
}  // namespace herald
