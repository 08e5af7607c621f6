#include "domain/clustered_text.h"

#include <gtest/gtest.h>

#include <string>

namespace herald {
namespace {

std::string repeated(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

TEST(ClusteredText, MA28_what_reads_as_one_character_counts_one) {
  for (const char* one :
       {"a", "\u2728", "\u00e9", "e\u0301", "\U0001F3F3\uFE0F\u200D\u26A7\uFE0F",
        "\U0001F468\u200D\U0001F469\u200D\U0001F467", "\U0001F44D\U0001F3FD", "1\uFE0F\u20E3",
        "\U0001F1E9\U0001F1EA", "\u0915\u093F", "\u0E01\u0E34", "\r\n"}) {
    EXPECT_EQ(clustered_length(one), 1) << one;
    EXPECT_EQ(clustered_length(repeated(one, 500)), 500) << one;
  }
  EXPECT_EQ(clustered_length(""), 0);
}

// Counted apart where it is not sure that they are one.
TEST(ClusteredText, what_is_not_one_character_is_not_made_one) {
  EXPECT_EQ(clustered_length("ab"), 2);
  EXPECT_EQ(clustered_length("a\u200Db"), 2);
  EXPECT_EQ(clustered_length("\U0001F468\U0001F469"), 2);
  EXPECT_EQ(clustered_length("\U0001F468a\u200D\U0001F469"), 3);
  EXPECT_EQ(clustered_length("\U0001F1E9\U0001F1EA\U0001F1EB"), 2);
  EXPECT_EQ(clustered_length("\n\u0301"), 2);
  EXPECT_EQ(clustered_length("\n\r"), 2);
}

TEST(ClusteredText, MA29_a_link_with_its_scheme_counts_23) {
  const std::string link = "http://" + repeated("b", 30) + ".com/example";
  EXPECT_EQ(clustered_length(link), 23);
  EXPECT_EQ(clustered_length("HTTPS://a.de"), 23);
  EXPECT_EQ(clustered_length(repeated("a", 476) + " " + link), 500);
  EXPECT_GT(clustered_length(repeated("a", 476) + link), 500);
  EXPECT_EQ(clustered_length("(" + link + ") \U0001F600 " + link + " c"), 53);
}

TEST(ClusteredText, MA30_a_link_without_a_scheme_counts_as_typed) {
  EXPECT_EQ(clustered_length("example.com/loaf"), 16);
}

// Never less than a server may count.
TEST(ClusteredText, what_may_be_a_link_counts_as_the_longer_of_both) {
  EXPECT_EQ(clustered_length("http://a.zzzz b"), 25);
  EXPECT_EQ(clustered_length("gemini://a.de"), 23);
  const std::string path = repeated("a", 4100);
  EXPECT_EQ(clustered_length("https://a.de/" + path), 4113);
}

TEST(ClusteredText, MA30_a_mention_counts_without_its_server) {
  EXPECT_EQ(clustered_length("@alice@" + repeated("b", 30) + ".com"), 6);
  EXPECT_EQ(clustered_length(repeated("a", 475) + " @alice@" + repeated("b", 30) + ".com"), 482);
  EXPECT_EQ(clustered_length("Hi @a.b-c@social.example!"), 10);
  EXPECT_EQ(clustered_length("@alice"), 6);
  // None of these is a mention of somebody elsewhere.
  EXPECT_EQ(clustered_length("a@b@c.de"), 8);
  EXPECT_EQ(clustered_length("/@b@c.de"), 8);
  EXPECT_EQ(clustered_length("=@b@c.de"), 8);
  EXPECT_EQ(clustered_length("@@c.de"), 6);
  EXPECT_EQ(clustered_length("@b@" + repeated("c", 254)), 257);
}

TEST(ClusteredText, MA30_a_mention_inside_a_link_is_of_the_link) {
  EXPECT_EQ(clustered_length("https://mastodon.social/@ada@example.org/1"), 23);
}

TEST(ClusteredText, only_the_server_of_a_mention_is_taken_away) {
  EXPECT_EQ(without_mentioned_servers("Hi @ada@social.example, mail a@b.de @bob"),
            "Hi @ada, mail a@b.de @bob");
  EXPECT_EQ(without_mentioned_servers("\u00e4 @ada@social.example"), "\u00e4 @ada");
}

}  // namespace
}  // namespace herald
