// Due deliveries as they are taken up: too late, too deadly, or in doubt.
#include "app/runner.h"

#include <gtest/gtest.h>

#include "app/toy_rig.h"

namespace herald {
namespace {

using namespace std::chrono_literals;
using namespace testing::toy;

class RunnerTest : public ::testing::Test {
 protected:
  RunnerTest() {
    rig_.transport.answer(kUpload, 200, "");
    rig_.transport.answer(kPost, 200, "remote");
    rig_.add_post(account_, "post");
  }
  Delivery row() { return rig_.delivery(account_, "post"); }
  std::size_t posts() const { return rig_.transport.count(kPost); }
  // A worker takes the row and dies; its lease runs out.
  void die(bool after_the_visible_call) {
    auto rows = rig_.store.claim_due(rig_.clock.now(), 60s, 5).value();
    ASSERT_EQ(rows.size(), 1u);
    rig_.runner.take(std::move(rows[0]), [] {});
    while (after_the_visible_call && posts() == 0) rig_.executor.step();
    rig_.executor.forget_all();
    rig_.clock.advance(61s);
  }

  testing::ToyRig rig_;
  Account account_ = rig_.add_account(rig_.ada, "one");
};

TEST_F(RunnerTest, what_is_too_late_is_left_out_without_a_call) {
  rig_.clock.advance(24h + 1ms);
  rig_.work();
  EXPECT_EQ(row().state, DeliveryState::missed);
  EXPECT_TRUE(rig_.transport.sent().empty());
}

TEST_F(RunnerTest, F18_what_kills_its_workers_is_taken_three_times_and_then_left) {
  for (int i = 0; i < 3; ++i) die(false);
  rig_.work();
  EXPECT_EQ(row().state, DeliveryState::failed);
  EXPECT_EQ(row().code, "worker_died");
  EXPECT_TRUE(rig_.log.lines.back().contains("post")) << "its operator was told";
  EXPECT_EQ(posts(), 0u);
}

TEST_F(RunnerTest, F18_others_go_on_behind_what_kills_its_workers) {
  rig_.add_post(account_, "second", 1s);
  for (int i = 0; i < 3; ++i) die(false);
  rig_.work();
  rig_.work();
  EXPECT_EQ(rig_.delivery(account_, "second").state, DeliveryState::published);
}

TEST_F(RunnerTest, CP18_who_dies_after_the_visible_call_is_followed_by_a_look_first) {
  die(true);
  rig_.transport.answer(kFind, 200, "live");
  rig_.work();
  EXPECT_EQ(row().state, DeliveryState::published);
  EXPECT_EQ(rig_.transport.count(kFind), 1u);
  EXPECT_EQ(posts(), 1u);
}

TEST_F(RunnerTest, what_two_looks_prove_absent_is_sent_once_more) {
  rig_.wire.lose_answer(kPost);
  rig_.transport.answer(kFind, 200, "absent");
  const Time begun = rig_.clock.now();
  rig_.work();
  ASSERT_EQ(row().state, DeliveryState::unknown);
  while (row().state == DeliveryState::unknown) {
    EXPECT_EQ(posts(), 1u);
    rig_.clock.set(row().due_at);
    rig_.work();
  }
  EXPECT_GE(rig_.clock.now(), begun + rig_.spec.listing_lag);
  EXPECT_EQ(rig_.transport.count(kFind), 2u);
  rig_.work();
  EXPECT_EQ(row().state, DeliveryState::published);
  EXPECT_EQ(posts(), 2u);
  EXPECT_EQ(rig_.transport.count(kUpload), 1u);  // It went on from where the look said.
}

TEST_F(RunnerTest, a_reconnect_while_a_row_is_taken_up_fails_nothing) {
  rig_.store.before = [this](std::string_view act) -> Result<Done> {
    if (act != "find_grant") return Done{};
    rig_.store.before = nullptr;
    Grant fresh = rig_.grant_of(account_);
    fresh.id = GrantId("grt-fresh");
    fresh.sealed_tokens = rig_.vault.seal_tokens(fresh, {}).value();
    Account moved = account_;
    moved.grant = fresh.id;
    EXPECT_TRUE(rig_.store.connect(rig_.ada.scope, {fresh, {moved}}));
    return Done{};
  };
  rig_.work();
  EXPECT_EQ(rig_.grant_of(account_).id.value, "grt-fresh");
  EXPECT_EQ(row().state, DeliveryState::scheduled);
  EXPECT_GT(row().due_at, rig_.clock.now());
}

// As after a doubt that a person has settled: "it is not there".
TEST_F(RunnerTest, looks_for_an_earlier_call_prove_nothing_of_a_later_one) {
  Delivery before = rig_.store.claim_due(rig_.clock.now(), 60s, 5).value().at(0);
  before.state = DeliveryState::scheduled;
  before.looks = 1;
  before.last_look_at = rig_.clock.now() - 1h;
  ASSERT_TRUE(rig_.store.save_delivery(before, before.lease, std::nullopt, {}));
  const Time begun = rig_.clock.now();
  die(true);
  rig_.transport.answer(kFind, 200, "absent");
  rig_.work();
  while (row().state == DeliveryState::unknown) {
    EXPECT_EQ(posts(), 1u);
    rig_.clock.set(row().due_at);
    rig_.work();
  }
  EXPECT_GE(rig_.clock.now(), begun + rig_.spec.listing_lag);
  EXPECT_GE(rig_.transport.count(kFind), 2u);
}

// The toy's visible call, with the key by which a platform may know a repeat.
Step keyed_next(const Input& input, const Progress& progress) {
  Step step = publish_next(input, progress);
  auto* one = std::get_if<Call>(&step);
  if (one != nullptr && one->effect == Effect::publish) {
    one->body = FormBody{{{"key", input.publish_key}}};
  }
  return step;
}

TEST_F(RunnerTest, a_repeat_bears_the_key_of_the_first_try_and_another_post_another) {
  rig_.platform.flows[static_cast<std::size_t>(Flow::publish)].next = keyed_next;
  rig_.add_post(account_, "other", 1h);
  rig_.wire.lose_answer(kPost);
  rig_.transport.answer(kFind, 200, "absent");
  rig_.work();
  while (row().state != DeliveryState::published) {
    rig_.clock.set(row().due_at);
    rig_.work();
  }
  rig_.clock.advance(1h);
  rig_.work();
  std::vector<std::string> keys;
  for (const auto& sent : rig_.transport.sent()) {
    if (sent.form.contains("key")) keys.push_back(sent.form.at("key"));
  }
  ASSERT_EQ(keys.size(), 3u);
  EXPECT_FALSE(keys[0].empty());
  EXPECT_EQ(keys[0], keys[1]);
  EXPECT_NE(keys[0], keys[2]);
}

TEST_F(RunnerTest, tokens_go_to_the_one_server_that_is_set) {
  rig_.spec.token_hosts = {"{instance}"};
  std::vector<Registration> all;
  all.push_back(registration(rig_.platform, "herald"));
  all[0].instance = "social.example";
  rig_.registrations = Registrations(std::move(all));
  rig_.wire.lose_answer(kPost);
  rig_.work();
  rig_.clock.advance(10s);
  rig_.work();
  EXPECT_EQ(rig_.transport.count(kFind), 1u);
  const auto sent = rig_.transport.sent();
  ASSERT_FALSE(sent.empty());
  for (const auto& one : sent) {
    EXPECT_EQ(one.token_hosts, std::vector<std::string>{"social.example"}) << one.url;
  }
}

TEST_F(RunnerTest, a_look_that_is_refused_renews_its_tokens_and_looks_again) {
  rig_.wire.lose_answer(kPost);
  rig_.work();
  rig_.transport.answer(kFind, 401, "{}");
  rig_.transport.answer(kRefresh, 200, "", {{"access", "access-2"}});
  rig_.clock.advance(10s);
  rig_.work();
  EXPECT_EQ(rig_.transport.count(kRefresh), 1u);
  EXPECT_EQ(rig_.transport.count(kFind), 2u);
  EXPECT_EQ(row().state, DeliveryState::unknown);
  EXPECT_EQ(posts(), 1u);
}

TEST_F(RunnerTest, doubt_outlives_a_dead_grant) {
  rig_.wire.lose_answer(kPost);
  rig_.work();
  Grant grant = rig_.grant_of(account_);
  grant.state = GrantState::needs_reconnect;
  ASSERT_TRUE(rig_.store.save_grant(grant, grant.version));
  for (int i = 0; i < 40 && row().state == DeliveryState::unknown; ++i) {
    rig_.clock.set(row().due_at);
    rig_.work();
  }
  EXPECT_EQ(row().state, DeliveryState::review);
  EXPECT_TRUE(row().fence);
  EXPECT_EQ(posts(), 1u);
}

TEST_F(RunnerTest, work_that_comes_after_is_there_with_the_publication_and_only_then) {
  rig_.platform.follow_ups = [](const Input&) { return Words{"comment", "playlist"}; };
  rig_.transport.answer(kPost, 503, "");
  rig_.work();
  EXPECT_TRUE(rig_.store.follow_ups_of(rig_.ada.scope, PostId("post"))->empty());
  rig_.transport.answer(kFind, 200, "live");
  rig_.clock.advance(10s);
  rig_.work();
  ASSERT_EQ(row().state, DeliveryState::published);
  EXPECT_EQ(rig_.store.follow_ups_of(rig_.ada.scope, PostId("post"))->size(), 2u);
}

}  // namespace
}  // namespace herald
