#include "http/server/url.h"

#include <gtest/gtest.h>

namespace herald::http {
namespace {

using namespace std::string_literals;

TEST(Url, DecodesOnceAndOnlyWholeEscapes) {
  EXPECT_EQ(decode_percent("a%20b%2Fc"), "a b/c");
  EXPECT_EQ(decode_percent("%2541"), "%41");
  EXPECT_EQ(decode_percent("a+b"), "a+b");
  EXPECT_EQ(decode_percent(""), "");
  for (const char* bad : {"%", "%4", "a%4", "%g0", "%0g", "% 1", "%-1", "%00", "a%00b"}) {
    EXPECT_EQ(decode_percent(bad), std::nullopt) << bad;
  }
}

TEST(Url, OnlyShortestFormUtf8IsText) {
  for (const auto& good : {""s, "a"s, "\xc3\xa4"s, "\xe2\x82\xac"s, "\xf0\x9f\x98\x80"s,
                           "\xef\xbf\xbf"s, "\xf4\x8f\xbf\xbf"s, "\xc2\x80"s}) {
    EXPECT_TRUE(is_utf8(good));
  }
  for (const auto& bad : {"\x80"s, "\xc3"s, "\xc3("s, "\xc0\x80"s, "\xc1\xbf"s, "\xe0\x80\x80"s,
                          "\xed\xa0\x80"s, "\xf0\x80\x80\x80"s, "\xf4\x90\x80\x80"s,
                          "\xf8\x88\x80\x80\x80"s, "\xff"s, "\xe2\x82"s, "a\xe2\x82"s}) {
    EXPECT_FALSE(is_utf8(bad));
  }
}

TEST(Url, P01_APathHasOneReadingOrNone) {
  EXPECT_EQ(decode_path("/a%20b/%C3%A4"), "/a b/\xc3\xa4");
  EXPECT_EQ(decode_path("/"), "/");
  EXPECT_EQ(decode_path("//a"), "//a");
  EXPECT_EQ(decode_path("/..."), "/...");
  EXPECT_EQ(decode_path("/..;/a"), "/..;/a");
  EXPECT_EQ(decode_path("/%252e%252e/"), "/%2e%2e/");
  for (const char* bad : {"", "a", "*", "/.", "/..", "/a/./b", "/a/../b", "/%2e", "/%2E%2e/",
                          "/.%2e/a", "/a%2Fb", "/a%5cb", "/a\\b", "/%00", "/%0d%0a", "/%7f"}) {
    EXPECT_EQ(decode_path(bad), std::nullopt) << bad;
  }
}

TEST(Url, EncodingTurnsBackIntoTheSameText) {
  const auto all = "a-Z_0.~ /?#[]@!$&'()*+,;=%\"<>\xc3\xa4"s;
  EXPECT_EQ(decode_percent(encode_percent(all)), all);
  EXPECT_EQ(encode_percent("a b/\xc3\xa4~"), "a%20b%2F%C3%A4~");
}

}  // namespace
}  // namespace herald::http
