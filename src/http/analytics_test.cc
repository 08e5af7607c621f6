// How accounts and posts fare, as the doors tell it.
#include <gtest/gtest.h>

#include "http/door_rig.h"

namespace herald::http {
namespace {

using namespace std::chrono_literals;

constexpr const char* kAccounts = "/api/social-media/analytics/accounts";
constexpr const char* kPosts = "/api/social-media/analytics/posts";

class AnalyticsTest : public ::testing::Test {
 protected:
  // What a worker would have done: reads whatever is due.
  void read(const Metrics& values, const std::string& problem = {}) {
    for (;;) {  // One of an account at a time.
      const auto rows = rig_.store().claim_measurements(now(), 60s, 100).value();
      if (rows.empty()) return;
      for (Measurement row : rows) {
        row.problem = problem;
        row.due_at = now() + 24h;
        std::vector<Reading> readings;
        if (problem.empty()) {
          row.measured_at = now();
          readings.push_back({now(), values, {}});
        }
        ASSERT_TRUE(rig_.store().save_measurement(row, row.lease, readings, std::nullopt));
      }
    }
  }
  // A post of this person that is out; its delivery.
  Delivery publish(const Person& person) {
    const std::string post = rig_.post_of(person);
    auto rows = rig_.store().claim_due(now(), 60s, 100).value();
    for (Delivery& row : rows) {
      row.state = DeliveryState::published;
      row.remote_id = "remote";
      row.url = "https://www.youtube.com/watch?v=1";
      row.published_at = now();
      EXPECT_TRUE(rig_.store().save_delivery(row, row.lease, std::nullopt, {}));
      if (row.post.value == post) return row;
    }
    ADD_FAILURE() << "nothing was due";
    return {};
  }
  // A connected account with this kind and these permissions.
  Account connected(const Person& person, const std::string& platform, const std::string& kind,
                    const std::vector<std::string>& scopes) {
    Account account = rig_.account_of(person, platform);
    Grant grant = rig_.store().find_grant(person.caller.scope, account.grant).value();
    grant.scopes = scopes;
    account.kind = kind;
    return rig_.store().connect(person.caller.scope, {grant, {account}}).value().front();
  }
  // So long that everybody has to sign in again.
  void pass(Duration time) {
    rig_.clock().advance(time);
    for (Person* person : {&rig_.alice, &rig_.bob, &rig_.amy, &rig_.mallory}) {
      *person = rig_.signed_in(person->email);
    }
  }
  Time now() { return rig_.clock().now(); }
  json::value get(const std::string& target) { return json_of(rig_.as(rig_.alice).get(target)); }
  int status(const std::string& target) { return rig_.as(rig_.alice).get(target).status; }

  DoorRig rig_;
};

TEST_F(AnalyticsTest, an_account_comes_with_its_figures_by_day_and_what_they_mean) {
  const Account account = rig_.account_of(rig_.alice);
  read({{"views", 9'007'199'254'740'993}, {"followers", 12}});
  pass(25h);
  read({{"followers", 14}});
  const auto answer = get(kAccounts);
  ASSERT_EQ(answer.at("accounts").as_array().size(), 1u);
  const auto& one = answer.at("accounts").at(0);
  EXPECT_EQ(one.at("account").at("id").as_string(), account.id.value);
  const auto& figures = one.at("figures");
  EXPECT_EQ(figures.at("latest"), (json::value{{"followers", 14}}));
  ASSERT_EQ(figures.at("days").as_array().size(), 2u);
  EXPECT_EQ(figures.at("days").at(0).at("values").at("views"), 9'007'199'254'740'993);
  EXPECT_EQ(figures.at("days").at(1).at("day"), answer.at("to"));
  EXPECT_FALSE(figures.at("days").at(1).at("values").as_object().contains("views"))
      << "what was not said is absent";
  EXPECT_TRUE(figures.at("measured_at").is_string());
  EXPECT_TRUE(figures.at("next_at").is_string());
  EXPECT_TRUE(figures.at("problem").is_null());
  bool found = false;
  for (const auto& metric : answer.at("metrics").as_array()) {
    EXPECT_EQ(metric.at("of").as_string(), "account");
    EXPECT_EQ(metric.at("platform").as_string(), "youtube");
    if (metric.at("name").as_string() != "followers") continue;
    found = true;
    EXPECT_EQ(metric.at("theirs").as_string(), "subscriberCount");
    EXPECT_EQ(metric.at("span").as_string(), "so_far");
    EXPECT_FALSE(metric.at("source").as_string().empty());
  }
  EXPECT_TRUE(found);
}

TEST_F(AnalyticsTest, an_account_that_was_not_read_yet_is_listed_and_says_when_it_will_be) {
  rig_.account_of(rig_.alice);
  const auto figures = get(kAccounts).at("accounts").at(0).at("figures");
  EXPECT_TRUE(figures.at("latest").as_object().empty());
  EXPECT_TRUE(figures.at("days").as_array().empty());
  EXPECT_TRUE(figures.at("measured_at").is_null());
  EXPECT_TRUE(figures.at("next_at").is_string());
}

TEST_F(AnalyticsTest, a_problem_is_told) {
  rig_.account_of(rig_.alice);
  read({}, "The platform said no.");
  EXPECT_EQ(get(kAccounts).at("accounts").at(0).at("figures").at("problem").as_string(),
            "The platform said no.");
}

TEST_F(AnalyticsTest, figures_that_were_not_permitted_are_named_with_the_permission) {
  connected(rig_.alice, "linkedin", "profile", {"w_member_social", "r_member_profileAnalytics"});
  const auto off = get(kAccounts).at("accounts").at(0).at("off");
  ASSERT_EQ(off.as_array().size(), 1u) << json::serialize(off);
  EXPECT_EQ(off.at(0).at("scope").as_string(), "r_member_postAnalytics");
  const auto names = json::serialize(off.at(0).at("names"));
  EXPECT_TRUE(names.contains("reach")) << names;
  EXPECT_FALSE(names.contains("clicks")) << "that is of pages: " << names;
  EXPECT_TRUE(json::serialize(off).contains("Connect this account again"));
}

TEST_F(AnalyticsTest, where_all_is_permitted_nothing_is_off) {
  connected(rig_.alice, "linkedin", "profile",
            {"r_member_postAnalytics", "r_member_profileAnalytics"});
  EXPECT_TRUE(get(kAccounts).at("accounts").at(0).at("off").as_array().empty());
}

TEST_F(AnalyticsTest, a_post_comes_with_its_text_its_account_and_its_figures) {
  const Delivery delivery = publish(rig_.alice);
  pass(2h);
  read({{"views", 5}});
  const auto answer = get(kPosts);
  ASSERT_EQ(answer.at("posts").as_array().size(), 1u);
  const auto& one = answer.at("posts").at(0);
  EXPECT_EQ(one.at("post_id").as_string(), delivery.post.value);
  EXPECT_EQ(one.at("delivery_id").as_string(), delivery.id.value);
  EXPECT_EQ(one.at("account_id").as_string(), delivery.account.value);
  EXPECT_EQ(one.at("account_name").as_string(), "Account of " + rig_.alice.email);
  EXPECT_EQ(one.at("account_kind").as_string(), "channel");
  EXPECT_EQ(one.at("platform").as_string(), "youtube");
  EXPECT_EQ(one.at("kind").as_string(), "video");
  EXPECT_EQ(one.at("text").as_string(), "hello");
  EXPECT_TRUE(one.at("url").as_string().ends_with("/watch?v=1"));
  EXPECT_EQ(one.at("figures").at("latest"), (json::value{{"views", 5}}));
  EXPECT_TRUE(answer.at("next_cursor").is_null());
  for (const auto& metric : answer.at("metrics").as_array()) {
    EXPECT_EQ(metric.at("of").as_string(), "post");
  }
}

TEST_F(AnalyticsTest, posts_of_a_disconnected_account_keep_their_figures_without_its_name) {
  const Delivery delivery = publish(rig_.alice);
  pass(2h);
  read({{"views", 5}});
  ASSERT_TRUE(rig_.store().remove_account(rig_.alice.caller.scope, delivery.account, now()));
  const auto one = get(kPosts).at("posts").at(0);
  EXPECT_EQ(one.at("account_name").as_string(), "");
  EXPECT_EQ(one.at("figures").at("latest"), (json::value{{"views", 5}}));
  EXPECT_TRUE(one.at("figures").at("next_at").is_null());
}

TEST_F(AnalyticsTest, pages_follow_one_another_and_a_cursor_belongs_to_its_question) {
  for (int i = 0; i < 3; ++i) {
    publish(rig_.alice);
    rig_.clock().advance(1s);
  }
  std::string seen;
  std::string target = kPosts + std::string("?limit=2");
  const auto first = get(target);
  ASSERT_EQ(first.at("posts").as_array().size(), 2u);
  const auto cursor = json::value_to<std::string>(first.at("next_cursor"));
  const auto second = get(target + "&cursor=" + cursor);
  ASSERT_EQ(second.at("posts").as_array().size(), 1u);
  EXPECT_TRUE(second.at("next_cursor").is_null());
  EXPECT_EQ(status(target + "&platform=youtube&cursor=" + cursor), 400);
  EXPECT_EQ(rig_.as(rig_.bob).get(target + "&cursor=" + cursor).status, 400);
}

TEST_F(AnalyticsTest, filters_are_obeyed) {
  const Delivery delivery = publish(rig_.alice);
  publish(rig_.alice);
  const auto count = [&](const std::string& path, const std::string& query) {
    const auto answer = get(path + query);
    return answer.at(path == kPosts ? "posts" : "accounts").as_array().size();
  };
  EXPECT_EQ(count(kPosts, ""), 2u);
  EXPECT_EQ(count(kPosts, "?post_id=" + delivery.post.value), 1u);
  EXPECT_EQ(count(kPosts, "?account_id=" + delivery.account.value), 2u);
  EXPECT_EQ(count(kPosts, "?platform=youtube"), 2u);
  EXPECT_EQ(count(kPosts, "?platform=tiktok"), 0u);
  EXPECT_EQ(count(kPosts, "?from=2020-01-01&to=2020-02-01"), 0u);
  rig_.account_of(rig_.alice, "instagram");
  EXPECT_EQ(count(kAccounts, ""), 2u);
  EXPECT_EQ(count(kAccounts, "?platform=youtube"), 1u);
  EXPECT_EQ(count(kAccounts, "?platform=tiktok"), 0u);
  EXPECT_EQ(count(kAccounts, "?account_id=" + delivery.account.value), 1u);
}

TEST_F(AnalyticsTest, a_period_is_the_last_thirty_days_or_what_was_asked_for) {
  const auto days = [&](const std::string& query) {
    const auto answer = get(kAccounts + query);
    return json::value_to<std::string>(answer.at("from")) + " " +
           json::value_to<std::string>(answer.at("to"));
  };
  pass(Time(std::chrono::sys_days(std::chrono::year(2030) / 11 / 22)) + 13h - now());
  EXPECT_EQ(days(""), "2030-10-24 2030-11-22");
  EXPECT_EQ(days("?to=2026-03-01"), "2026-01-31 2026-03-01");
  EXPECT_EQ(days("?from=2025-11-22&to=2026-11-22"), "2025-11-22 2026-11-22");
}

TEST_F(AnalyticsTest, a_period_that_is_none_is_refused) {
  for (const char* query : {"?from=yesterday", "?from=2026-02-30", "?from=2026-1-1",
                            "?from=", "?to=2026-11-22T00:00:00Z", "?from=2026-11-23&to=2026-11-22",
                            "?from=2025-11-21&to=2026-11-22", "?from=2026-11-2%20"}) {
    EXPECT_EQ(status(std::string(kAccounts) + query), 400) << query;
    EXPECT_EQ(status(std::string(kPosts) + query), 400) << query;
  }
}

TEST_F(AnalyticsTest, what_nobody_named_is_refused_and_what_there_is_not_is_not_found) {
  EXPECT_EQ(status(std::string(kAccounts) + "?post_id=x"), 400);
  EXPECT_EQ(status(std::string(kAccounts) + "?user_id=x"), 400);
  EXPECT_EQ(status(std::string(kPosts) + "?customer_id=x"), 400);
  EXPECT_EQ(status(std::string(kPosts) + "?platform=youtube&platform=tiktok"), 400);
  EXPECT_EQ(status(std::string(kPosts) + "?limit=0"), 400);
  EXPECT_EQ(status(std::string(kPosts) + "?platform=nowhere"), 404);
  EXPECT_EQ(status(std::string(kAccounts) + "?platform=nowhere"), 404);
  EXPECT_EQ(status(std::string(kAccounts) + "?account_id=nobody"), 404);
  EXPECT_EQ(status(std::string(kPosts) + "?post_id=nothing"), 404);
}

TEST_F(AnalyticsTest, a_long_text_is_cut_between_characters) {
  json::object draft = rig_.draft_of(rig_.alice);
  std::string text;
  for (int i = 0; i < 300; ++i) text += "\u00e9";
  draft["text"] = text;
  ASSERT_EQ(rig_.as(rig_.alice).post("/api/social-media/posts", draft).status, 201);
  for (Delivery row : rig_.store().claim_due(now(), 60s, 9).value()) {
    row.state = DeliveryState::published;
    row.published_at = now();
    ASSERT_TRUE(rig_.store().save_delivery(row, row.lease, std::nullopt, {}));
  }
  EXPECT_EQ(get(kPosts).at("posts").at(0).at("text").as_string(), text.substr(0, 400));
}

TEST_F(AnalyticsTest, T01_nobody_sees_figures_of_others_and_an_admin_sees_the_customers) {
  const Delivery mallorys = publish(rig_.mallory);
  const Delivery bobs = publish(rig_.bob);
  pass(2h);
  read({{"views", 424'242}});
  for (const std::string path : {kPosts, kAccounts}) {
    const auto own = rig_.as(rig_.alice).get(path);
    ASSERT_EQ(own.status, 200);
    EXPECT_FALSE(own.body.contains("424242")) << own.body;
    const auto admins = rig_.as(rig_.amy).get(path);
    EXPECT_TRUE(admins.body.contains(bobs.account.value));
    EXPECT_FALSE(admins.body.contains(mallorys.account.value));
    for (const auto* foreign : {&mallorys, &bobs}) {
      const auto asked = rig_.as(rig_.alice).get(path + "?account_id=" + foreign->account.value);
      EXPECT_EQ(asked.status, 404);
      EXPECT_EQ(blanked(asked), blanked(rig_.as(rig_.alice).get(path + "?account_id=acc_none")));
    }
  }
  for (const auto* foreign : {&mallorys, &bobs}) {
    const auto asked =
        rig_.as(rig_.alice).get(std::string(kPosts) + "?post_id=" + foreign->post.value);
    EXPECT_EQ(asked.status, 404);
    EXPECT_EQ(blanked(asked),
              blanked(rig_.as(rig_.alice).get(std::string(kPosts) + "?post_id=post_none")));
  }
}

}  // namespace
}  // namespace herald::http
