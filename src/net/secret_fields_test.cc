#include "net/secret_fields.h"

#include <gtest/gtest.h>

namespace herald {
namespace {

struct Taken {
  std::string body;
  std::map<std::string, std::string> secrets;
};

Taken taken(std::string body, const std::vector<SecretField>& fields) {
  Taken result;
  for (const auto& [name, secret] : take_secrets(body, fields)) {
    result.secrets[name] = secret.reveal();
  }
  result.body = std::move(body);
  return result;
}

using Pairs = std::map<std::string, std::string>;

const std::vector<SecretField> kToken{{"/access_token", "access"}, {"/refresh_token", "refresh"}};

TEST(SecretFields, a_handle_takes_the_place_of_each_secret) {
  const auto [body, secrets] =
      taken(R"({"access_token":"AAA","expires_in":3600,"refresh_token":"RRR"})", kToken);
  EXPECT_EQ(
      body,
      R"({"access_token":"secret:access","expires_in":3600,"refresh_token":"secret:refresh"})");
  EXPECT_EQ(secrets, (Pairs{{"access", "AAA"}, {"refresh", "RRR"}}));
}

TEST(SecretFields, every_item_of_a_list_has_a_handle_of_its_own) {
  const auto [body, secrets] =
      taken(R"({"data":[{"id":"1","access_token":"P1"},{"id":"2"},{"access_token":"P3"}]})",
            {{"/data/*/access_token", "page/0"}});
  EXPECT_EQ(body, R"({"data":[{"id":"1","access_token":"secret:page/0/0"},{"id":"2"},)"
                  R"({"access_token":"secret:page/0/2"}]})");
  EXPECT_EQ(secrets, (Pairs{{"page/0/0", "P1"}, {"page/0/2", "P3"}}));
}

TEST(SecretFields, lists_in_lists_and_a_list_at_the_top_are_walked) {
  const auto [body, secrets] = taken(R"([[["a"],["b","c"]]])", {{"/*/*/*", "x"}});
  EXPECT_EQ(body, R"([[["secret:x/0/0/0"],["secret:x/0/1/0","secret:x/0/1/1"]]])");
  EXPECT_EQ(secrets.size(), 3u);
}

TEST(SecretFields, the_whole_answer_may_be_one_secret) {
  const auto [body, secrets] = taken(R"("tok")", {{"", "all"}});
  EXPECT_EQ(body, R"("secret:all")");
  EXPECT_EQ(secrets, (Pairs{{"all", "tok"}}));
}

TEST(SecretFields, nested_fields_are_found_and_like_named_ones_elsewhere_are_left) {
  const auto [body, secrets] =
      taken(R"({"a":{"token":"T"},"token":"not asked for","b":{"a":{"token":"nor this"}}})",
            {{"/a/token", "t"}});
  EXPECT_EQ(body,
            R"({"a":{"token":"secret:t"},"token":"not asked for","b":{"a":{"token":"nor this"}}})");
  EXPECT_EQ(secrets, (Pairs{{"t", "T"}}));
}

TEST(SecretFields, what_is_missing_or_no_text_is_left) {
  for (const char* body :
       {R"({})", R"({"access_token":null})", R"({"access_token":12})", R"({"access_token":["x"]})",
        R"({"access_token":{"access_token":"x"}})", R"([])", R"([{"access_token":"x"}])", R"("x")",
        R"({"access_tokens":"x","access":"y","/access_token":"z"})"}) {
    const auto result = taken(body, kToken);
    EXPECT_EQ(result.body, body);
    EXPECT_TRUE(result.secrets.empty()) << body;
  }
}

TEST(SecretFields, what_is_not_json_is_left) {
  for (const char* body : {"", "access_token=AAA", "{\"access_token\":\"AAA\"", "<html>",
                           "{\"access_token\":\"AAA\"}x", "\xff\xfe", "{'access_token':'AAA'}"}) {
    const auto result = taken(body, kToken);
    EXPECT_EQ(result.body, body);
    EXPECT_TRUE(result.secrets.empty());
  }
}

// The platform's own checks come later and must see what was sent.
TEST(SecretFields, O34_doubled_keys_and_odd_numbers_stay_as_they_were_sent) {
  const auto [body, secrets] = taken(
      "{ \"access_token\" : \"A\",\n\"access_token\":\"B\", "
      "\"n\":1.0e3,\"id\":123456789012345678901,"
      "\"access_token\":\"C\" }",
      kToken);
  EXPECT_EQ(body,
            "{ \"access_token\" : \"secret:access\",\n\"access_token\":\"secret:access\", "
            "\"n\":1.0e3,\"id\":123456789012345678901,\"access_token\":\"secret:access\" }");
  EXPECT_EQ(secrets, (Pairs{{"access", "C"}}));
}

TEST(SecretFields, escapes_in_keys_and_secrets_are_understood) {
  const auto [body, secrets] =
      taken(R"({"x\"{":"}]","\u0061ccess_token":"a\"\\\/\u00e9\n","y":"\\"})", kToken);
  EXPECT_EQ(body, R"({"x\"{":"}]","\u0061ccess_token":"secret:access","y":"\\"})");
  EXPECT_EQ(secrets, (Pairs{{"access", "a\"\\/\xc3\xa9\n"}}));
}

TEST(SecretFields, a_name_that_needs_escaping_leaves_json_behind) {
  EXPECT_EQ(taken(R"({"t":"x"})", {{"/t", "a\"b"}}).body, R"({"t":"secret:a\"b"})");
}

TEST(SecretFields, empty_objects_and_lists_are_walked_past) {
  const auto [body, secrets] =
      taken(R"({"a":{},"b":[],"c":[{},[]],"d":[ ],"e":{ },"t":"x","f":true,"g":null})",
            {{"/t", "t"}, {"/b/*/x", "b"}});
  EXPECT_EQ(body,
            R"({"a":{},"b":[],"c":[{},[]],"d":[ ],"e":{ },"t":"secret:t","f":true,"g":null})");
  EXPECT_EQ(secrets, (Pairs{{"t", "x"}}));
}

TEST(SecretFields, a_handle_is_never_the_secret_and_the_body_holds_none) {
  for (const char* secret : {"EAAB-canary", "secret", "access", "\\\\\\\"", "\xf0\x9f\x94\x91"}) {
    const auto result = taken(R"({"access_token":")" + std::string(secret) + R"("})", kToken);
    ASSERT_EQ(result.secrets.size(), 1u) << secret;
    EXPECT_NE("secret:access", result.secrets.at("access"));
    EXPECT_EQ(result.body, R"({"access_token":"secret:access"})");
  }
}

TEST(SecretFields, nothing_asked_for_leaves_the_body_alone) {
  const auto result = taken(R"({"access_token":"x"})", {});
  EXPECT_EQ(result.body, R"({"access_token":"x"})");
}

}  // namespace
}  // namespace herald
