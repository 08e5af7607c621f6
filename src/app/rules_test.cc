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

TEST(Rules, nothing_is_said_where_it_is_not_known_what_was_granted) {
  Case one;
  one.input.kind = "draft";
  one.input.account.scopes.clear();
  EXPECT_THAT(one.rules(), IsEmpty());
}

}  // namespace
}  // namespace herald
