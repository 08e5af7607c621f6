#include "platforms/json_answer.h"

#include <gtest/gtest.h>

namespace herald {
namespace {

TEST(JsonAnswer, ids_stay_text_even_as_numbers) {
  const JsonAnswer json(R"({"a":17841400000000001,"b":"17841400000000001","c":18446744073709551615,
                            "d":1e3,"e":1.5,"f":true,"g":null})");
  EXPECT_EQ(json.text("/a"), "17841400000000001");
  EXPECT_EQ(json.text("/b"), "17841400000000001");
  EXPECT_EQ(json.text("/c"), "18446744073709551615");
  for (const char* pointer : {"/d", "/e", "/f", "/g", "/none", "/a/b"}) {
    EXPECT_EQ(json.text(pointer), "") << pointer;
  }
}

TEST(JsonAnswer, numbers_may_be_strings_unless_asked_strictly) {
  const JsonAnswer json(R"({"a":12,"b":"12","c":"12x","d":1e400,"e":-3,"f":""})");
  EXPECT_EQ(json.number("/a"), 12);
  EXPECT_EQ(json.number("/b"), 12);
  EXPECT_EQ(json.strict_number("/a"), 12);
  EXPECT_EQ(json.strict_number("/e"), -3);
  EXPECT_EQ(json.strict_number("/b"), std::nullopt);
  for (const char* pointer : {"/c", "/d", "/f", "/none"}) {
    EXPECT_EQ(json.number(pointer), std::nullopt) << pointer;
  }
}

TEST(JsonAnswer, an_array_may_be_all_there_is) {
  const JsonAnswer json(R"([{"id":"1"},{"id":"2"}])");
  EXPECT_TRUE(json.is_array());
  EXPECT_EQ(json.size(""), 2u);
  EXPECT_EQ(json.text(at("", 1, "/id")), "2");
  EXPECT_TRUE(JsonAnswer("[]").is_array());
  for (const char* body : {"", "{}", R"({"0":{"id":"1"}})", "[", "null"}) {
    EXPECT_FALSE(JsonAnswer(body).is_array()) << body;
  }
}

TEST(JsonAnswer, what_is_not_json_holds_nothing) {
  for (const char* body : {"", "<html>", "{\"a\":1", "{\"a\":1}x", "\"a\"", "{\"a\":\"\xC3(\"}"}) {
    const JsonAnswer json(body);
    EXPECT_FALSE(json.is_object()) << body;
    EXPECT_FALSE(json.has("/a")) << body;
  }
  const JsonAnswer deep(std::string(200'000, '['));
  EXPECT_FALSE(deep.is_object());
}

TEST(JsonAnswer, O34_doubled_keys_of_the_outermost_object_are_seen) {
  EXPECT_TRUE(JsonAnswer(R"({"a":1,"a":2})").has_doubled_keys());
  EXPECT_TRUE(JsonAnswer(R"({"a":1,"\u0061":2})").has_doubled_keys());
  EXPECT_FALSE(
      JsonAnswer(R"({"a":"x\":\\","b":[{"a":1},{"a":2}],"c":{"a":{}}})").has_doubled_keys());
  EXPECT_FALSE(JsonAnswer("{}").has_doubled_keys());
}

TEST(JsonAnswer, fractions_are_read_where_they_are_asked_for) {
  const JsonAnswer json(R"({"a":534.2,"b":1788200000.0,"c":3,"d":"4"})");
  EXPECT_EQ(json.decimal("/a"), 534.2);
  EXPECT_EQ(json.number("/b"), std::nullopt);
  EXPECT_EQ(json.decimal("/b"), 1788200000.0);
  EXPECT_EQ(json.decimal("/c"), 3.0);
  EXPECT_EQ(json.decimal("/d"), std::nullopt);
  EXPECT_EQ(json.decimal("/e"), std::nullopt);
}

TEST(JsonAnswer, lists_and_flags) {
  const JsonAnswer json(R"({"a":["x",2,null],"b":false,"c":"true"})");
  EXPECT_EQ(json.size("/a"), 3u);
  EXPECT_EQ(json.texts("/a"), (std::vector<std::string>{"x", "2", ""}));
  EXPECT_EQ(json.flag("/b"), false);
  EXPECT_EQ(json.flag("/c"), std::nullopt);
  EXPECT_EQ(json.size("/b"), 0u);
  EXPECT_EQ(at("/data", 3, "/id"), "/data/3/id");
  EXPECT_EQ(json_list({"a\"b", "c"}), R"(["a\"b","c"])");
}

TEST(JsonAnswer, members_keep_their_names_and_their_order) {
  using Members = std::vector<std::pair<std::string, std::string>>;
  const JsonAnswer json(R"({"form":{"x/key":"v","a":12,"none":null},"list":[1]})");
  EXPECT_EQ(json.members("/form"), (Members{{"x/key", "v"}, {"a", "12"}, {"none", ""}}));
  EXPECT_TRUE(json.members("/list").empty());
  EXPECT_TRUE(json.members("/absent").empty());
}

}  // namespace
}  // namespace herald
