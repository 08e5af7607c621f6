// GET /api/history over real sockets.
#include <gtest/gtest.h>

#include "http/door_rig.h"

namespace herald::http {
namespace {

using namespace std::chrono_literals;

constexpr const char* kHistory = "/api/social-media/history";

class History : public ::testing::Test {
 protected:
  // One call of the delivery's conversation, a second after the one before.
  void call(const Person& person, const std::string& post, const std::string& step, bool visible,
            const std::string& outcome, int status_code, const std::string& message = {}) {
    rig_.clock().advance(1s);
    const auto scope = person.caller.scope;
    Delivery row = rig_.store().deliveries_of(scope, PostId(post)).value().front();
    if (row.state == DeliveryState::scheduled) {
      const auto claimed = rig_.store().claim_due(rig_.clock().now(), 1h, 100).value();
      for (const auto& one : claimed) {
        if (one.id == row.id) row = one;
      }
    }
    Attempt attempt;
    attempt.id = "att_" + std::to_string(++made_);
    attempt.customer = row.customer;
    attempt.user = row.user;
    attempt.delivery = row.id;
    attempt.post = row.post;
    attempt.account = row.account;
    attempt.platform = row.platform;
    attempt.number = made_;
    attempt.step = step;
    attempt.visible = visible;
    attempt.started_at = rig_.clock().now();
    attempt.ended_at = rig_.clock().now() + 250ms;
    attempt.outcome = outcome;
    attempt.status_code = status_code;
    attempt.message = message;
    const auto saved = rig_.store().save_delivery(row, row.lease, attempt, {});
    ASSERT_TRUE(saved) << saved.error().message;
  }
  json::array attempts(const Person& person, const std::string& query = "") const {
    const auto answer = rig_.as(person).get(kHistory + query);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return json_of(answer).at("attempts").as_array();
  }

  DoorRig rig_;
  int made_ = 0;
};

TEST_F(History, ShowsEveryAttemptNewestFirst) {
  const auto post = rig_.post_of(rig_.alice);
  call(rig_.alice, post, "begin upload: POST host/videos", false, "accepted", 200);
  call(rig_.alice, post, "upload: PUT host/videos", true, "unknown", 0);
  const auto rows = attempts(rig_.alice);
  ASSERT_EQ(rows.size(), 2u);
  const auto delivery = rig_.store().deliveries_of(rig_.alice.caller.scope, PostId(post)).value();
  EXPECT_EQ(rows[1], (json::value{{"id", "att_1"},
                                  {"delivery_id", delivery[0].id.value},
                                  {"post_id", post},
                                  {"account_id", delivery[0].account.value},
                                  {"platform", "youtube"},
                                  {"number", 1},
                                  {"step", "begin upload: POST host/videos"},
                                  {"effect", "prepare"},
                                  {"started_at", "2026-11-18T11:06:41Z"},
                                  {"ended_at", "2026-11-18T11:06:41.250Z"},
                                  {"outcome", "accepted"},
                                  {"status_code", 200},
                                  {"message", nullptr}}));
  EXPECT_EQ(rows[0].at("effect").as_string(), "publish");
  EXPECT_EQ(rows[0].at("outcome").as_string(), "unknown");
  EXPECT_TRUE(rows[0].at("status_code").is_null());
}

TEST_F(History, EveryWordOfTheEngineHasItsPublicOne) {
  const auto post = rig_.post_of(rig_.alice);
  const std::pair<const char*, const char*> words[] = {
      {"accepted", "accepted"}, {"refused", "refused"},      {"not yet", "not_yet"},
      {"unknown", "unknown"},   {"no answer", "unknown"},    {"nothing sent", "not_sent"},
      {"live", "accepted"},     {"absent", "not_yet"},       {"cannot tell", "unknown"},
      {"failed", "unknown"},    {"something new", "unknown"}};
  for (const auto& [word, shown] : words) {
    call(rig_.alice, post, "look; GET host/list", false, word, 200);
    const auto row = attempts(rig_.alice, "?limit=1").at(0);
    EXPECT_EQ(row.at("outcome").as_string(), shown) << word;
    EXPECT_EQ(row.at("effect").as_string(), "look");
  }
  call(rig_.alice, post, "upload: PUT host", false, "refused", 403, "The platform said no.");
  EXPECT_EQ(attempts(rig_.alice, "?limit=1").at(0).at("message").as_string(),
            "The platform said no.");
}

TEST_F(History, IsOnesOwnAndAnAdminsCustomers) {
  const auto alices = rig_.post_of(rig_.alice);
  const auto mallorys = rig_.post_of(rig_.mallory);
  call(rig_.alice, alices, "a", false, "accepted", 200);
  call(rig_.mallory, mallorys, "m", false, "accepted", 200);
  EXPECT_EQ(attempts(rig_.alice).size(), 1u);
  EXPECT_EQ(attempts(rig_.amy).size(), 1u);
  EXPECT_TRUE(attempts(rig_.bob).empty());
  EXPECT_EQ(attempts(rig_.mallory).size(), 1u);
}

TEST_F(History, CanBeAskedForAPostOrADelivery) {
  const auto first = rig_.post_of(rig_.alice);
  const auto second = rig_.post_of(rig_.alice);
  call(rig_.alice, first, "a", false, "accepted", 200);
  call(rig_.alice, second, "b", false, "accepted", 200);
  EXPECT_EQ(attempts(rig_.alice).size(), 2u);
  const auto of_first = attempts(rig_.alice, "?post_id=" + first);
  ASSERT_EQ(of_first.size(), 1u);
  EXPECT_EQ(of_first[0].at("step").as_string(), "a");
  const auto delivery =
      rig_.store().deliveries_of(rig_.alice.caller.scope, PostId(second)).value().front().id.value;
  EXPECT_EQ(attempts(rig_.alice, "?delivery_id=" + delivery).at(0).at("step").as_string(), "b");
  EXPECT_TRUE(attempts(rig_.alice, "?post_id=" + first + "&delivery_id=" + delivery).empty());
  for (const std::string& query : {"?post_id=none", "?delivery_id=none", "?post_id="}) {
    EXPECT_EQ(rig_.as(rig_.alice).get(kHistory + query).status, 404) << query;
  }
  EXPECT_EQ(rig_.as(rig_.bob).get(kHistory + ("?post_id=" + first)).status, 404);
  EXPECT_EQ(rig_.as(rig_.bob).get(kHistory + ("?delivery_id=" + delivery)).status, 404);
}

TEST_F(History, T24_ACursorOfOnePostIsNoneOfAnother) {
  const auto first = rig_.post_of(rig_.alice);
  const auto second = rig_.post_of(rig_.alice);
  for (int i = 0; i < 3; ++i) call(rig_.alice, first, "a", false, "accepted", 200);
  const auto page = json_of(rig_.as(rig_.alice).get(kHistory + ("?limit=2&post_id=" + first)));
  const std::string cursor(page.at("next_cursor").as_string());
  EXPECT_EQ(attempts(rig_.alice, "?post_id=" + first + "&cursor=" + cursor).size(), 1u);
  EXPECT_EQ(rig_.as(rig_.alice).get(kHistory + ("?post_id=" + second + "&cursor=" + cursor)).status,
            400);
  EXPECT_EQ(rig_.as(rig_.alice).get(kHistory + ("?cursor=" + cursor)).status, 400);
}

}  // namespace
}  // namespace herald::http
