#include "domain/text.h"

#include <gtest/gtest.h>

#include <string>

namespace herald {
namespace {

TEST(Text, counts_each_unit_by_itself) {
  const std::string text = "a\u00e9\u20ac\U0001F600";  // 1, 2, 3 and 4 bytes.
  EXPECT_EQ(length(text, Counting::code_points), 4);
  EXPECT_EQ(length(text, Counting::utf16_units), 5);
  EXPECT_EQ(length(text, Counting::utf8_bytes), 10);
  EXPECT_EQ(length("", Counting::code_points), 0);
}

TEST(Text, counts_an_emoji_as_its_bytes_where_a_platform_does) {
  const auto count = [](std::string_view text) { return length(text, Counting::emoji_bytes); };
  EXPECT_EQ(count("Br\u00f6tchen \u65e5\u672c \u2019"), 13);  // No emoji: characters.
  EXPECT_EQ(count("\U0001F950"), 4);
  EXPECT_EQ(count("\U0001F468\u200D\U0001F469\u200D\U0001F467!"), 19);  // A family is one.
  EXPECT_EQ(count("\U0001F1E9\U0001F1EA"), 8);                          // A flag.
  EXPECT_EQ(count("1\uFE0F\u20E3"), 7);                                 // A key.
  EXPECT_EQ(count("\u2764\uFE0F \u2764\uFE0E"), 9);  // The second one is to be drawn as a letter.
  EXPECT_EQ(count("\U0001F972"), 4);                 // Newer than our table.
  EXPECT_EQ(count("\U00020000"), 1);                 // A letter of four bytes.
  EXPECT_EQ(count("\xFF"), std::nullopt);
}

TEST(Text, counts_zero_bytes_and_the_last_code_points_of_each_range) {
  EXPECT_EQ(length(std::string_view("\0\0", 2), Counting::code_points), 2);
  EXPECT_EQ(length("\x7F\xDF\xBF\xEF\xBF\xBF\xF4\x8F\xBF\xBF", Counting::code_points), 4);
  EXPECT_EQ(length("\xED\x9F\xBF\xEE\x80\x80", Counting::code_points), 2);
}

TEST(Text, refuses_what_is_not_utf8) {
  const std::string_view bad[] = {
      "\x80",              // A tail without a head.
      "\xC3",              // Cut short.
      "\xE2\x82",          //
      "\xF0\x9F\x98",      //
      "\xC0\xAF",          // Overlong "/".
      "\xC1\xBF",          //
      "\xE0\x80\xAF",      //
      "\xF0\x80\x80\xAF",  //
      "\xED\xA0\x80",      // A surrogate.
      "\xED\xBF\xBF",      //
      "\xF4\x90\x80\x80",  // Past U+10FFFF.
      "\xF5\x80\x80\x80",  //
      "\xFF",              //
      "good\xC3(",         // The tail is another character.
  };
  for (const auto text : bad) {
    EXPECT_FALSE(is_utf8(text));
    EXPECT_EQ(length(text, Counting::utf8_bytes), std::nullopt);
  }
}

}  // namespace
}  // namespace herald
