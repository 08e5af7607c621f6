#include "platforms/graph.h"

#include <gtest/gtest.h>

namespace herald::graph {
namespace {

using enum ErrorKind;
using namespace std::chrono_literals;
constexpr auto kRefused = Verdict::refused;
constexpr auto kNotYet = Verdict::not_yet;
constexpr auto kDoubt = Verdict::unknown;

Answer answer_of(int code, int subcode, int status = 400) {
  Answer answer;
  answer.status = status;
  answer.body =
      "{\"error\":{\"message\":\"m\",\"type\":\"OAuthException\",\"code\":" + std::to_string(code) +
      (subcode != 0 ? ",\"error_subcode\":" + std::to_string(subcode) : "") +
      ",\"fbtrace_id\":\"AsimTrace\"}}";
  return answer;
}

struct Row {
  int code;
  int subcode;
  ErrorKind kind;
  Verdict visible;
};

// Meta's tables (graph errors; Instagram publishing errors), row by row, as published.
constexpr Row kRows[] = {
    {1, 0, unavailable, kDoubt},
    {2, 0, unavailable, kDoubt},
    {3, 0, internal, kRefused},
    {4, 0, rate_limited, kRefused},
    {4, 2207051, unknown_outcome, kDoubt},
    {9, 2207042, rate_limited, kRefused},
    {10, 0, unauthorized, kRefused},
    {20, 1772107, unknown_outcome, kDoubt},
    {17, 0, rate_limited, kRefused},
    {32, 0, rate_limited, kRefused},
    {100, 0, invalid, kRefused},
    {100, 33, not_found, kDoubt},
    {102, 0, unauthorized, kRefused},
    {102, 463, unauthorized, kRefused},
    {104, 0, internal, kRefused},
    {190, 0, unauthorized, kRefused},
    {190, 458, unauthorized, kRefused},
    {190, 459, unauthorized, kRefused},
    {190, 460, unauthorized, kRefused},
    {190, 463, unauthorized, kRefused},
    {190, 464, unauthorized, kRefused},
    {190, 467, unauthorized, kRefused},
    {190, 492, unauthorized, kRefused},
    {200, 0, unauthorized, kRefused},
    {210, 0, unauthorized, kRefused},
    {283, 0, unauthorized, kRefused},
    {299, 0, unauthorized, kRefused},
    {341, 0, rate_limited, kRefused},
    {368, 0, forbidden, kRefused},
    {506, 0, conflict, kDoubt},
    {613, 0, rate_limited, kRefused},
    {613, 1996, rate_limited, kRefused},
    {1609005, 0, unavailable, kRefused},
    {2500, 0, unauthorized, kRefused},
    {2635, 0, internal, kRefused},
    {80001, 0, rate_limited, kRefused},
    {80002, 0, rate_limited, kRefused},
    {-2, 2207003, unavailable, kDoubt},
    {-2, 2207020, unavailable, kDoubt},
    {-1, 2207001, unavailable, kDoubt},
    {-1, 2207032, unavailable, kDoubt},
    {-1, 2207053, unavailable, kDoubt},
    {1, 2207057, invalid, kRefused},
    {24, 2207006, unavailable, kDoubt},
    {24, 2207008, unavailable, kDoubt},
    {25, 2207050, unauthorized, kRefused},
    {100, 2207023, invalid, kRefused},
    {100, 2207028, invalid, kRefused},
    {100, 2207035, invalid, kRefused},
    {100, 2207036, invalid, kRefused},
    {100, 2207037, invalid, kRefused},
    {100, 2207040, invalid, kRefused},
    {352, 2207026, invalid, kRefused},
    {9004, 2207052, unavailable, kDoubt},
    {9007, 2207027, unavailable, kNotYet},
    {100, 2207089, internal, kRefused},
    {36000, 2207004, invalid, kRefused},
    {36001, 2207005, invalid, kRefused},
    {36003, 2207009, invalid, kRefused},
    {36004, 2207010, invalid, kRefused},
    {4711, 2207077, invalid, kRefused},
    {4711, 2207081, invalid, kRefused},
    {4711, 2207082, unavailable, kRefused},
    // Known code, unknown subcode: the kind is the code's, and nothing is proved.
    {4, 99, rate_limited, kDoubt},
    {100, 99, invalid, kDoubt},
    {1, 99, unavailable, kDoubt},
    {190, 99, unauthorized, kRefused},
    // Not in the table at all.
    {4711, 0, invalid, kDoubt},
    {300, 0, invalid, kDoubt},
};

TEST(GraphRules, every_row_means_what_its_source_says) {
  for (const Row& row : kRows) {
    const auto fault = fault_in(answer_of(row.code, row.subcode));
    ASSERT_TRUE(fault) << row.code << "/" << row.subcode;
    EXPECT_EQ(name_of(fault->error.kind), std::string(name_of(row.kind)))
        << row.code << "/" << row.subcode;
    EXPECT_EQ(fault->visible, row.visible) << row.code << "/" << row.subcode;
    EXPECT_FALSE(fault->error.message.empty());
    EXPECT_FALSE(fault->error.code.empty());
  }
}

TEST(GraphRules, the_status_says_nothing_the_code_all) {
  for (const int status : {200, 400, 401, 403, 500}) {
    const auto fault = fault_in(answer_of(190, 463, status));
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->error.kind, unauthorized) << status;
  }
}

TEST(GraphRules, no_line_of_the_tables_hides_another) {
  for (const auto rules : {common_rules(), instagram_rules()}) {
    for (const Rule& rule : rules) {
      if (rule.code == kAnyCode) continue;
      const auto fault =
          fault_in(answer_of(rule.code, rule.subcode == kAnySubcode ? 0 : rule.subcode));
      ASSERT_TRUE(fault);
      EXPECT_EQ(fault->error.code, rule.name) << rule.code << "/" << rule.subcode;
      EXPECT_EQ(fault->visible, rule.visible) << rule.code << "/" << rule.subcode;
    }
  }
}

TEST(GraphFault, a_success_has_none) {
  Answer answer;
  answer.status = 200;
  answer.body = R"({"id":"1"})";
  EXPECT_FALSE(fault_in(answer));
}

TEST(GraphFault, without_a_graph_body_nothing_is_proved) {
  for (const int status : {400, 403, 404, 429, 500, 503, 302}) {
    Answer answer;
    answer.status = status;
    answer.body = "<html>";
    const auto fault = fault_in(answer);
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->visible, kDoubt) << status;
    EXPECT_EQ(fault->error.kind, status == 429 ? rate_limited : unavailable) << status;
  }
}

TEST(GraphFault, metas_words_are_shown_unless_they_hold_a_link) {
  Answer answer;
  answer.status = 400;
  answer.body = R"({"error":{"message":"raw","code":100,"error_user_title":"Title",
                    "error_user_msg":"Crop it."}})";
  EXPECT_EQ(fault_in(answer)->error.message, "Crop it.");
  answer.body = R"({"error":{"message":"raw secret","code":100,
                    "error_user_msg":"Could not fetch https://herald.example/m/1?sig=abc"}})";
  const Error error = fault_in(answer)->error;
  EXPECT_EQ(error.message.find("sig="), std::string::npos);
  EXPECT_EQ(error.message.find("raw"), std::string::npos);
  EXPECT_EQ(error.detail.find("raw"), std::string::npos);
}

TEST(GraphFault, the_longest_pause_of_the_usage_header_counts) {
  const auto pause = [](const std::string& header) {
    Answer answer = answer_of(80002, 0);
    answer.headers["x-business-use-case-usage"] = header;
    return fault_in(answer)->error.retry_after;
  };
  EXPECT_EQ(pause(R"({"1":[{"type":"pages","estimated_time_to_regain_access":3}],
                      "2":[{"type":"instagram","estimated_time_to_regain_access": 7}]})"),
            7min);
  EXPECT_EQ(pause(R"({"1":[{"type":"instagram","estimated_time_to_regain_access":0}]})"), 1h);
  EXPECT_EQ(pause(R"({"1":[{"estimated_time_to_regain_access":99999999999999999999}]})"), 24h);
  EXPECT_EQ(pause("nonsense"), 1h);
}

TEST(GraphFault, a_containers_status_names_a_subcode_alone) {
  EXPECT_EQ(fault_of_subcode(2207026)->error.code, "video_format");
  EXPECT_FALSE(fault_of_subcode(0));
  EXPECT_FALSE(fault_of_subcode(1234567));
}

TEST(GraphCall, every_call_has_its_proof_and_its_token) {
  Input input;
  input.app.api_version = "v25.0";
  const Call call = post(input, As::account, "s", "1784/media", {{"caption", "x"}});
  EXPECT_EQ(call.url, "https://graph.facebook.com/v25.0/1784/media");
  EXPECT_EQ(call.token.kind, Reference::Kind::account_token);
  EXPECT_EQ(std::get<FormBody>(call.body).fields.back().name, "appsecret_proof");
  const Call read = get(input, As::user, "s", "me", {});
  EXPECT_EQ(std::get<Reference>(read.query.back().value), (Reference{Reference::Kind::proof, ""}));
  EXPECT_EQ(read.token.kind, Reference::Kind::user_token);
}

TEST(GraphCall, a_product_of_its_own_host_needs_no_account_to_be_told_by) {
  constexpr Product kOther{"other", "graph.example.com", false, false};
  Input input;
  input.app.api_version = "v1.0";
  input.account.product = kInstagramLogin.id;
  const Call call = post(kOther, input, As::user, "s", "me/posts", {{"text", "x"}});
  EXPECT_EQ(call.url, "https://graph.example.com/v1.0/me/posts");
  EXPECT_EQ(call.token.kind, Reference::Kind::user_token);
  EXPECT_EQ(std::get<FormBody>(call.body).fields.size(), 1u);
  EXPECT_EQ(get(kOther, input, As::user, "s", "me", {}).url, "https://graph.example.com/v1.0/me");
  EXPECT_EQ(url(input, "me"), "https://graph.instagram.com/v1.0/me");
}

}  // namespace
}  // namespace herald::graph
