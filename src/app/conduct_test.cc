// A conversation that the audience may come to see: saved before it acts, and only by who has it.
#include "app/conduct.h"

#include <gtest/gtest.h>

#include "app/toy_rig.h"

namespace herald {
namespace {

using namespace std::chrono_literals;
using namespace testing::toy;

class ConductTest : public ::testing::Test {
 protected:
  ConductTest() {
    rig_.transport.answer(kUpload, 200, "");
    rig_.transport.answer(kPost, 200, "remote");
    rig_.add_post(account_, "post");
  }
  Delivery row() { return rig_.delivery(account_, "post"); }
  std::size_t uploads() const { return rig_.transport.count(kUpload); }
  std::size_t posts() const { return rig_.transport.count(kPost); }

  // Takes the due post and runs it until its fence is up and the visible call about to leave.
  void run_to_the_fence() {
    for (auto& one : rig_.store.claim_due(rig_.clock.now(), 60s, 5).value()) {
      rig_.runner.take(std::move(one), [] {});
    }
    while (!row().fence && rig_.executor.waiting() > 0) rig_.executor.step();
    ASSERT_TRUE(row().fence);
    ASSERT_EQ(posts(), 0u);
  }

  testing::ToyRig rig_;
  Account account_ = rig_.add_account(rig_.ada, "one");
};

TEST_F(ConductTest, the_fence_is_stored_before_the_first_byte_and_lowered_with_the_answer) {
  run_to_the_fence();
  EXPECT_EQ(row().fence->begun_at, rig_.clock.now());
  rig_.executor.run();
  EXPECT_EQ(posts(), 1u);
  EXPECT_EQ(row().state, DeliveryState::published);
  EXPECT_FALSE(row().fence);
  EXPECT_EQ(row().remote_id, "remote");
}

TEST_F(ConductTest, the_fence_keeps_what_the_clock_of_the_platform_said_last) {
  rig_.transport.date = rig_.clock.now() - 1h;
  run_to_the_fence();
  EXPECT_EQ(row().fence->platform_time, rig_.clock.now() - 1h);
}

TEST_F(ConductTest, what_could_not_be_stored_is_not_done) {
  rig_.store.before = [&](std::string_view act) -> Result<Done> {
    if (act != "save_delivery" || uploads() == 0) return Done{};
    return fail(ErrorKind::unavailable, "The disk is full.");
  };
  rig_.work();
  EXPECT_EQ(uploads(), 1u);
  EXPECT_EQ(posts(), 0u);
  EXPECT_EQ(rig_.log.lines.size(), 1u);
  EXPECT_EQ(row().state, DeliveryState::running);
  rig_.store.before = {};
  rig_.clock.advance(61s);
  rig_.work();
  EXPECT_EQ(row().state, DeliveryState::published);
  EXPECT_EQ(posts(), 1u);
}

TEST_F(ConductTest, not_even_what_nobody_sees_is_sent_before_it_is_stored) {
  rig_.store.before = [&](std::string_view act) -> Result<Done> {
    if (act != "save_delivery") return Done{};
    return fail(ErrorKind::unavailable, "The disk is full.");
  };
  rig_.work();
  EXPECT_TRUE(rig_.transport.sent().empty());
}

TEST_F(ConductTest, an_answer_that_could_not_be_stored_leaves_the_doubt_standing) {
  rig_.store.before = [&](std::string_view act) -> Result<Done> {
    if (act != "save_delivery" || posts() == 0) return Done{};
    return fail(ErrorKind::unavailable, "The disk is full.");
  };
  rig_.work();
  EXPECT_EQ(posts(), 1u);
  rig_.store.before = {};
  rig_.transport.answer(kFind, 200, "live");
  rig_.clock.advance(61s);
  rig_.work();
  EXPECT_EQ(row().state, DeliveryState::published);
  EXPECT_EQ(posts(), 1u);
}

TEST_F(ConductTest, F03_who_was_frozen_past_the_lease_sends_and_stores_nothing_more) {
  auto rows = rig_.store.claim_due(rig_.clock.now(), 60s, 5).value();
  rig_.runner.take(std::move(rows.at(0)), [] {});
  while (uploads() == 0) rig_.executor.step();
  rig_.clock.advance(61s);
  const auto taken_over = rig_.store.claim_due(rig_.clock.now(), 60s, 5).value();
  ASSERT_EQ(taken_over.size(), 1u);
  rig_.executor.run();
  EXPECT_EQ(posts(), 0u);
  EXPECT_EQ(row().lease, taken_over[0].lease);
  EXPECT_EQ(row().state, DeliveryState::running);
}

TEST_F(ConductTest, F03_who_was_frozen_with_the_fence_up_does_not_send_late) {
  run_to_the_fence();
  rig_.clock.advance(5001ms);
  rig_.executor.run();
  EXPECT_EQ(posts(), 0u);
  EXPECT_EQ(row().state, DeliveryState::scheduled);
  EXPECT_FALSE(row().fence);
  rig_.clock.advance(1min);
  rig_.work();
  EXPECT_EQ(posts(), 1u);
}

TEST_F(ConductTest, a_long_transfer_keeps_its_lease) {
  rig_.wire.hold = true;
  rig_.work();
  rig_.executor.pass(10min);
  EXPECT_TRUE(rig_.store.claim_due(rig_.clock.now(), 60s, 5)->empty());
  EXPECT_GT(row().lease_until, rig_.clock.now());
  rig_.wire.release();
  rig_.executor.run();
  EXPECT_EQ(row().state, DeliveryState::published);
  EXPECT_EQ(uploads(), 1u);
}

TEST_F(ConductTest, F17_what_is_cancelled_under_way_is_not_sent) {
  rig_.wire.hold = true;
  rig_.work();
  ASSERT_TRUE(rig_.store.cancel_post(rig_.ada.scope, PostId("post"), rig_.clock.now()));
  rig_.wire.release();
  rig_.executor.run();
  EXPECT_EQ(row().state, DeliveryState::cancelled);
  EXPECT_EQ(posts(), 0u);
}

TEST_F(ConductTest, tokens_that_are_refused_are_renewed_once_and_the_call_made_again) {
  rig_.transport.answer(kUpload, 401, "{}");
  rig_.transport.answer(kRefresh, 200, "rotated",
                        {{"access", "access-2"}, {"refresh", "refresh-2"}});
  auto rows = rig_.store.claim_due(rig_.clock.now(), 60s, 5).value();
  rig_.runner.take(std::move(rows.at(0)), [] {});
  while (uploads() == 0) rig_.executor.step();
  while (rig_.executor.waiting() > 0 && rig_.transport.count(kRefresh) == 0) rig_.executor.step();
  rig_.transport.answer(kUpload, 200, "");
  rig_.executor.run();
  EXPECT_EQ(row().state, DeliveryState::published);
  EXPECT_EQ(rig_.transport.count(kRefresh), 1u);
  EXPECT_EQ(rig_.transport.sent().back().form["token"], "access-2");
}

TEST_F(ConductTest, fresh_tokens_that_are_refused_as_well_end_the_grant) {
  rig_.transport.answer(kUpload, 401, "{}");
  rig_.transport.answer(kRefresh, 200, "", {{"access", "access-2"}});
  rig_.work();
  EXPECT_EQ(rig_.transport.count(kRefresh), 1u);
  EXPECT_EQ(uploads(), 2u);
  EXPECT_EQ(row().state, DeliveryState::parked);
  EXPECT_EQ(rig_.grant_of(account_).state, GrantState::needs_reconnect);
  EXPECT_EQ(rig_.store.resume_parked(rig_.clock.now()).value(), 0);
}

TEST_F(ConductTest, not_yet_waits_and_goes_on_from_there) {
  rig_.transport.answer(kPost, 202, "");
  rig_.work();
  EXPECT_EQ(row().state, DeliveryState::waiting);
  EXPECT_EQ(row().due_at, rig_.clock.now() + 30s);
  EXPECT_FALSE(row().fence);
  rig_.transport.answer(kPost, 200, "remote");
  rig_.clock.advance(30s);
  rig_.work();
  EXPECT_EQ(row().state, DeliveryState::published);
  EXPECT_EQ(uploads(), 1u);
  EXPECT_EQ(posts(), 2u);
}

TEST_F(ConductTest, O32_history_holds_no_token) {
  rig_.transport.answer(kUpload, 401, "{}");
  rig_.transport.answer(kRefresh, 200, "", {{"access", "access-2"}});
  rig_.work();
  const auto history = rig_.store.list_attempts(rig_.ada.scope, {}, {}).value().rows;
  EXPECT_GE(history.size(), 2u);
  for (const auto& line : history) {
    EXPECT_FALSE((line.step + line.message).contains("access-")) << line.step;
  }
}

}  // namespace
}  // namespace herald
