#include "json/strict_json.h"

#include <gtest/gtest.h>

#include <boost/json/object.hpp>

namespace herald {
namespace {

bool reads(std::string_view text) {
  boost::json::object out;
  return read_strict_json(text, out).has_value();
}

std::string nested(int depth) {
  return R"({"a":)" + std::string(static_cast<std::size_t>(depth), '[') +
         std::string(static_cast<std::size_t>(depth), ']') + "}";
}

TEST(StrictJson, OneObjectIsRead) {
  boost::json::object out;
  ASSERT_TRUE(read_strict_json(R"( {"a":1,"b":["x",{"a":null}],"c":true} )", out));
  EXPECT_EQ(out.size(), 3u);
  EXPECT_EQ(out["a"], 1);
}

TEST(StrictJson, T16_ANameTwiceIsRefusedAtAnyDepth) {
  EXPECT_FALSE(reads(R"({"a":1,"a":1})"));
  EXPECT_FALSE(reads(R"({"a":1,"\u0061":2})"));
  EXPECT_FALSE(reads(R"({"x":{"a":1,"b":2,"a":3}})"));
  EXPECT_FALSE(reads(R"({"x":[[{"a":1,"a":1}]]})"));
  EXPECT_TRUE(reads(R"({"x":{"a":1},"y":{"a":1},"a":[{"a":1},{"a":1}]})"));
}

TEST(StrictJson, D02_OddTextsAreRefused) {
  for (const auto* text :
       {"", " ", "null", "[]", "\"a\"", "{", "{}{}", "{} x", "{\"a\":1,}", "{/**/}", "{'a':1}",
        "\xef\xbb\xbf{}", "{\"a\":\"\xff\"}", "{\"a\":\"\\ud800\"}", "{\"a\":NaN}", "{\"a\":01}"}) {
    EXPECT_FALSE(reads(text)) << text;
  }
  EXPECT_FALSE(reads(std::string_view("{}\0", 3)));
}

TEST(StrictJson, D02_DepthIsBounded) {
  EXPECT_TRUE(reads(nested(15)));
  EXPECT_FALSE(reads(nested(16)));
  EXPECT_FALSE(reads(nested(100'000)));
}

}  // namespace
}  // namespace herald
