#include "platforms/notes.h"

#include <gtest/gtest.h>

namespace herald {
namespace {

TEST(Notes, come_back_from_progress_as_they_were) {
  Notes notes;
  notes.set("id", "17841400000000001").set("offset", std::int64_t{1} << 40).count("polls");
  notes.add("items", "a").add("items", "b\"\n").add("items", "");
  const Notes again(notes.progress());
  EXPECT_EQ(again.text("id"), "17841400000000001");
  EXPECT_EQ(again.number("offset"), std::int64_t{1} << 40);
  EXPECT_EQ(again.number("polls"), 1);
  EXPECT_EQ(again.list("items"), (std::vector<std::string>{"a", "b\"\n", ""}));
  EXPECT_EQ(again.progress(), notes.progress());
}

TEST(Notes, the_same_content_is_the_same_progress_whatever_the_order) {
  EXPECT_EQ(Notes().set("b", "2").set("a", "1").progress(),
            Notes().set("a", "1").set("b", "2").progress());
}

TEST(Notes, absent_names_are_empty_and_garbage_is_no_progress) {
  for (const char* garbage : {"", "null", "[]", "{\"a\":", "17", "{\"a\":{\"b\":1},\"c\":[1]}"}) {
    const Notes notes{std::string(garbage)};
    EXPECT_FALSE(notes.has("a"));
    EXPECT_EQ(notes.text("a"), "");
    EXPECT_EQ(notes.number("a"), 0);
    EXPECT_TRUE(notes.list("c").empty());
  }
  EXPECT_EQ(Notes().set("a", "no number").number("a"), 0);
}

TEST(Notes, forget_what_is_erased_and_cut_lists_short) {
  Notes notes;
  notes.set("a", "1").add("items", "x").add("items", "y");
  notes.keep_first("items", 1).erase("a").keep_first("none", 0);
  EXPECT_FALSE(notes.has("a"));
  EXPECT_EQ(notes.list("items"), std::vector<std::string>{"x"});
  notes.erase("items");
  EXPECT_EQ(notes.progress(), Notes().progress());
}

TEST(Notes, below_takes_the_prefix_off) {
  Notes notes;
  notes.set("is.views", "3").set("is.likes", "1").set("other", "x");
  EXPECT_EQ(notes.below("is."),
            (std::map<std::string, std::string>{{"views", "3"}, {"likes", "1"}}));
}

}  // namespace
}  // namespace herald
