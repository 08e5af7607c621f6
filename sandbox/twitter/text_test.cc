#include "sandbox/twitter/text.h"

#include <gtest/gtest.h>

namespace herald::sandbox::twitter {

std::string times(std::size_t count, std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += text;
  return out;
}

struct Weighed {
  std::string text;
  std::size_t weight = 0;
};

// The fact sheet's rows, then cases of twitter-text's own conformance file.
TEST(TwitterText, weights_are_those_of_version_3) {
  const Weighed cases[] = {
      {"Hi http://test.co", 26},
      {"cafe\u0301", 4},
      {"日本語", 6},
      {"…", 2},
      {"—“”", 3},
      {"€", 2},
      {"👨‍👩‍👧‍👦", 2},
      {"randomurlrandomurlrandomurlrandomurlrandomurlrandomurlrandomurls.com", 68},
      {"http://test.co", 23},
      {times(10, "https://www.twitter.com/aloha "), 240},
      {times(160, "故"), 320},
      {times(160, "😷"), 320},
      {"A\u030AB", 2},
      {"A\uFB2C", 4},
      {"H🐱☺👨‍👩‍👧‍👦", 7},
      {"😷👾😡🔥💩", 10},
      {"🙋🏽👨‍🎤", 4},
      {"\u2000\u200B‐‑‒–—―‖‗‘’‚‛“”„‟′″‴‵‶‷", 24},
      {"🇩🇪 1️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿", 8},
      {"", 0}};
  for (const auto& row : cases) EXPECT_EQ(weight_of(row.text), row.weight) << row.text;
}

struct Linked {
  std::string text;
  std::vector<std::string> links;
};

// From twitter-text's extract.yml.
TEST(TwitterText, links_are_found_as_x_finds_them) {
  const Linked cases[] = {
      {"text http://google.com/#search?q=iphone%20-filter%3Alinks",
       {"http://google.com/#search?q=iphone%20-filter%3Alinks"}},
      {"http://en.wikipedia.org/wiki/Primer_(film)",
       {"http://en.wikipedia.org/wiki/Primer_(film)"}},
      {"test http://example.comだよね.comtest/hogehoge", {"http://example.com"}},
      {"text http://no-tld", {}},
      {"text http://tld-too-short.x", {}},
      {"(http://twitter.com", {"http://twitter.com"}},
      {"text http://domain.com-that-you-should-have-put-a-space-after", {}},
      {"foo.baz foo.co.jp www.xxxxxxx.baz www.foo.co.uk wwwww.xxxxxxx foo.comm foo.jp",
       {"foo.co.jp", "www.foo.co.uk", "foo.jp"}},
      {"これは日本語です。example.com/path/index.html中国語example.com/path한국",
       {"example.com/path/index.html", "example.com/path"}},
      {"http://twitter.com/これは日本語です。example.com中国語http://t.co/"
       "abcde한국twitter.comテスト",
       {"http://twitter.com/", "example.com", "http://t.co/abcde", "twitter.com"}},
      {"Hello http://xn--はじめよう.com/index.html", {}},
      {"Email me at name.al-lastname@foo.com or name.al+lastname@foo.com", {}},
      {"MLB.tv vine.co twitch.tv t.co", {"MLB.tv", "vine.co", "twitch.tv", "t.co"}},
      {"test http://-leadingdash.twitter.com", {}},
      {"test http://twitter_underscore.com", {}},
      {"test ELPAÍS.com", {"ELPAÍS.com"}},
      {"Test a ton of periods http://example.com/path..........", {"http://example.com/path"}},
      {"#test.com @test.com #http://test.com @http://test.com #t.co/abcde @t.co/abcde", {}},
      {"I really like http://t.co/pbY2NfTZ's website", {"http://t.co/pbY2NfTZ"}},
      {"no dots here", {}}};
  for (const auto& row : cases) {
    std::vector<std::string> found;
    for (const auto& link : find_links(row.text))
      found.push_back(row.text.substr(link.offset, link.size));
    EXPECT_EQ(found, row.links) << row.text;
  }
}

TEST(TwitterText, forbidden_letters_cashtags_and_mentions_are_seen) {
  EXPECT_TRUE(has_forbidden_letters("a\uFEFF"));
  EXPECT_TRUE(has_forbidden_letters("\uFFFE"));
  EXPECT_FALSE(has_forbidden_letters("plain €"));
  EXPECT_EQ(cashtags_in("$TEST and $brk.a, but a$b and $5 and $TOOLONGNAME"), 2U);
  EXPECT_EQ(mentions_in("@mia, mail me@home or ask @Blue_Bakery!"),
            (std::vector<std::string>{"mia", "Blue_Bakery"}));
  EXPECT_EQ(without_leading_mention("@BlueBakery yes", "bluebakery"), "yes");
  EXPECT_EQ(without_leading_mention("@bluebakerystyle yes", "bluebakery"), "@bluebakerystyle yes");
  EXPECT_EQ(letters_of("cafe\u0301 😷"), 6U);
}

}  // namespace herald::sandbox::twitter
