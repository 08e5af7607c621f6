#include "json/json_text.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <limits>

namespace herald {
namespace {

TEST(JsonText, CommasStandBetweenValuesAndNowhereElse) {
  JsonText json;
  json.open('{').name("empty").open('[').close(']');
  json.name("list").open('[').text("a").open('{').close('}').number(-7).close(']');
  json.name("last").text_or_null("").close('}');
  EXPECT_EQ(json.take(), R"({"empty":[],"list":["a",{},-7],"last":null})");
}

TEST(JsonText, AReaderGetsBackEveryCharacter) {
  constexpr std::size_t kAscii = 0x80;
  std::string all;
  for (std::size_t c = 0; c < kAscii; ++c) all += static_cast<char>(c);
  all += "\"\\\"über\u2028\U0001f950\\";
  JsonText json;
  json.open('[');
  for (std::size_t i = 0; i < kAscii; ++i) json.text(all.substr(i));
  const auto read = boost::json::parse(json.close(']').take());
  for (std::size_t i = 0; i < kAscii; ++i) EXPECT_EQ(read.at(i).as_string(), all.substr(i));
}

TEST(JsonText, NumbersAreWhole) {
  JsonText json;
  json.open('[').number(std::numeric_limits<std::int64_t>::min());
  json.number(std::numeric_limits<std::int64_t>::max()).close(']');
  EXPECT_EQ(json.take(), "[-9223372036854775808,9223372036854775807]");
}

}  // namespace
}  // namespace herald
