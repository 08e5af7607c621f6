#include "config/web_address.h"

#include <gtest/gtest.h>

namespace herald {
namespace {

TEST(WebAddress, is_taken_apart) {
  const auto address = read_web_address("https://Herald-1.example:8443/a/b?c#d");
  ASSERT_TRUE(address);
  EXPECT_TRUE(address->https);
  EXPECT_EQ(address->host, "Herald-1.example");
  EXPECT_EQ(address->rest, "/a/b?c#d");
  EXPECT_FALSE(address->on_this_machine());
}

TEST(WebAddress, this_machine_has_three_names) {
  for (const char* text : {"http://localhost", "http://127.0.0.1:1", "http://[::1]:65535/x"}) {
    ASSERT_TRUE(read_web_address(text)) << text;
    EXPECT_TRUE(read_web_address(text)->on_this_machine()) << text;
  }
  for (const char* text : {"http://127.0.0.2", "http://localhost.", "http://LOCALHOST",
                           "http://[::2]", "http://2130706433", "http://localhost.x"}) {
    ASSERT_TRUE(read_web_address(text)) << text;
    EXPECT_FALSE(read_web_address(text)->on_this_machine()) << text;
  }
}

TEST(WebAddress, what_could_be_read_in_two_ways_is_none) {
  for (const char* text : {"",
                           "http:",
                           "http://",
                           "http:///x",
                           "https://:80",
                           "http://a:",
                           "http://a:0",
                           "http://a:65536",
                           "http://a:8x",
                           "http://a:+8",
                           "http://a:80:80",
                           "http://a@b",
                           "http://a:80@b",
                           "http://a b",
                           "http://a\\b",
                           "http://a\tb",
                           "http://a/\n",
                           "http://[::1",
                           "http://[]",
                           "http://[::1]x",
                           "http://[::1%25lo]",
                           "http://::1",
                           "http://a/\"",
                           "http://a/\\",
                           "http://a%2eb",
                           "http://a_b",
                           "ftp://a",
                           "HTTP://a",
                           "//a",
                           "a"}) {
    EXPECT_FALSE(read_web_address(text)) << text;
  }
}

TEST(PublicHost, is_a_name_of_several_parts_and_nothing_else) {
  for (const char* name : {"social.example", "a.de", "x-1.y2.example", "xn--bcher-kva.example"}) {
    EXPECT_TRUE(is_public_host(name)) << name;
  }
  for (const char* name : {"",
                           "social",
                           "localhost",
                           "a.localhost",
                           "a.local",
                           "db.internal",
                           "10.0.0.1",
                           "1.2.3.4",
                           "a.1",
                           "[::1]",
                           "a..de",
                           ".a.de",
                           "a.de.",
                           "-a.de",
                           "a-.de",
                           "a_b.de",
                           "A.de",
                           "a.de:443",
                           "a.de/x",
                           "https://a.de",
                           "user@a.de",
                           "a b.de",
                           "b\u00fccher.example"}) {
    EXPECT_FALSE(is_public_host(name)) << name;
  }
  EXPECT_FALSE(is_public_host(std::string(64, 'a') + ".de"));
  std::string longest;
  for (int i = 0; i < 64; ++i) longest += "aaa.";
  EXPECT_FALSE(is_public_host(longest + "de"));
}

}  // namespace
}  // namespace herald
