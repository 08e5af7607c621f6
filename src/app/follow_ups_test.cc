// Work after publishing: done once, looked for when in doubt, and never the delivery's trouble.
#include "app/follow_ups.h"

#include <gtest/gtest.h>

#include "app/settling.h"
#include "app/toy_rig.h"

namespace herald {
namespace {

using namespace std::chrono_literals;
using namespace testing::toy;

class FollowUpsTest : public ::testing::Test {
 protected:
  FollowUpsTest() {
    rig_.platform.follow_ups = [](const Input&) { return Words{"comment"}; };
    rig_.transport.answer(kUpload, 200, "");
    rig_.transport.answer(kPost, 200, "remote");
    rig_.transport.answer(kComment, 200, "done");
    rig_.add_post(account_, "post");
    rig_.work();
  }
  FollowUp row() { return rig_.store.follow_ups_of(rig_.ada.scope, PostId("post"))->at(0); }
  int pass() {
    const auto seat = std::make_shared<int>();
    int seated = 0;
    const int started = rig_.follow_ups.run_once(5, [&] { return ++seated, seat; }).value();
    EXPECT_EQ(seated, started);
    rig_.executor.run();
    EXPECT_EQ(seat.use_count(), 1) << "a seat was not given back";
    EXPECT_EQ(rig_.delivery(account_, "post").state, DeliveryState::published);
    return started;
  }
  std::size_t comments() const { return rig_.transport.count(kComment); }

  testing::ToyRig rig_;
  Account account_ = rig_.add_account(rig_.ada, "one");
};

TEST_F(FollowUpsTest, it_is_done_once) {
  EXPECT_EQ(pass(), 1);
  EXPECT_EQ(row().state, FollowUpState::done);
  rig_.clock.advance(24h);
  EXPECT_EQ(pass(), 0);
  EXPECT_EQ(comments(), 1u);
}

TEST_F(FollowUpsTest, a_refusal_fails_it_alone) {
  rig_.transport.answer(kComment, 400, "{}");
  pass();
  EXPECT_EQ(row().state, FollowUpState::failed);
  EXPECT_EQ(row().message, "It said no.");
}

TEST_F(FollowUpsTest, F09_a_rate_limit_is_waited_out) {
  rig_.transport.answer(kComment, 429, "600");
  pass();
  EXPECT_EQ(row().due_at, rig_.clock.now() + 600s);
  EXPECT_EQ(row().state, FollowUpState::due);
}

TEST_F(FollowUpsTest, a_lost_answer_is_looked_for_and_what_is_there_is_not_written_again) {
  rig_.wire.lose_answer(kComment);
  pass();
  ASSERT_EQ(row().state, FollowUpState::unknown);
  EXPECT_TRUE(row().fence);
  EXPECT_GE(row().due_at, rig_.clock.now() + rig_.spec.listing_lag);
  EXPECT_EQ(pass(), 0);
  rig_.transport.answer(kLook, 200, "there");
  rig_.clock.set(row().due_at);
  pass();
  EXPECT_EQ(row().state, FollowUpState::done);
  EXPECT_FALSE(row().fence);
  EXPECT_EQ(comments(), 1u);
}

TEST_F(FollowUpsTest, who_died_over_a_comment_is_followed_by_a_look_once_a_listing_shows_it) {
  const Time begun = rig_.clock.now();
  rig_.wire.hold = true;
  EXPECT_EQ(rig_.follow_ups.run_once(5, [] { return nullptr; }).value(), 1);
  rig_.executor.run();
  rig_.wire.release();
  rig_.executor.forget_all();
  ASSERT_TRUE(rig_.store.end_all_leases());  // As at a start.
  rig_.transport.answer(kLook, 200, "there");
  for (int passes = 0; rig_.transport.count(kLook) == 0 && passes < 5; ++passes) {
    pass();
    EXPECT_TRUE(row().fence || rig_.transport.count(kLook) > 0);
    if (row().state == FollowUpState::unknown) rig_.clock.set(row().due_at);
  }
  EXPECT_EQ(rig_.transport.count(kLook), 1u);
  EXPECT_GE(rig_.clock.now(), begun + rig_.spec.listing_lag);
  EXPECT_EQ(row().state, FollowUpState::done);
}

TEST_F(FollowUpsTest, what_the_look_does_not_find_is_written_once_more) {
  rig_.wire.lose_answer(kComment);
  pass();
  rig_.transport.answer(kLook, 200, "nothing");
  rig_.clock.set(row().due_at);
  pass();
  EXPECT_EQ(row().state, FollowUpState::done);
  EXPECT_EQ(comments(), 2u);
}

// Looks when in doubt, then rests, then writes.
Step resting_next(const Input& input, const Progress& progress) {
  if (progress == "written") return Finished{Published{"done", {}, {}}};
  if (progress.empty() && input.begun_at) return call("look", kLook, {});
  if (progress != "rested") return Wait{5s, "rested", {}};
  return call("comment", kComment, {}, Effect::publish);
}

Absorbed resting_absorb(const Input&, const Progress& progress, const Answer&) {
  return {.verdict = Verdict::accepted,
          .progress = progress.empty() ? "looked" : "written",
          .error = {}};
}

TEST_F(FollowUpsTest, a_rest_after_the_look_goes_on_behind_it) {
  rig_.platform.flows[static_cast<std::size_t>(Flow::follow_up)] = {resting_next, resting_absorb};
  rig_.transport.answer(kLook, 200, "");
  pass();
  rig_.clock.set(row().due_at);
  rig_.wire.lose_answer(kComment);
  pass();
  ASSERT_EQ(row().state, FollowUpState::unknown);
  for (int i = 0; i < 5 && row().state != FollowUpState::done; ++i) {
    rig_.clock.set(row().due_at);
    pass();
  }
  EXPECT_EQ(row().state, FollowUpState::done);
  EXPECT_EQ(rig_.transport.count(kLook), 1u);
  EXPECT_EQ(comments(), 2u);
}

TEST_F(FollowUpsTest, a_second_doubt_is_looked_into_again) {
  rig_.platform.flows[static_cast<std::size_t>(Flow::follow_up)] = {resting_next, resting_absorb};
  rig_.transport.answer(kLook, 200, "");
  pass();
  for (int doubt = 1; doubt <= 2; ++doubt) {
    rig_.wire.lose_answer(kComment);
    while (row().state != FollowUpState::unknown) {
      rig_.clock.set(row().due_at);
      pass();
    }
    rig_.clock.set(row().due_at);
    pass();
    EXPECT_EQ(rig_.transport.count(kLook), static_cast<std::size_t>(doubt));
  }
}

TEST_F(FollowUpsTest, a_look_that_fails_leaves_the_doubt_and_at_last_says_so) {
  rig_.wire.lose_answer(kComment);
  pass();
  rig_.transport.answer(kLook, 503, "");
  for (int i = 0; i < 20 && row().state == FollowUpState::unknown; ++i) {
    EXPECT_TRUE(row().fence);
    rig_.clock.set(row().due_at);
    pass();
  }
  EXPECT_EQ(row().state, FollowUpState::failed);
  EXPECT_TRUE(row().message.contains("Look on the platform"));
  EXPECT_EQ(comments(), 1u);
}

TEST_F(FollowUpsTest, F18_what_kills_its_workers_is_given_up) {
  for (int i = 0; i < kAttemptsMax; ++i) {
    ASSERT_EQ(rig_.store.claim_follow_ups(rig_.clock.now(), 5min, 5)->size(), 1u) << i;
    rig_.clock.advance(5min + 1ms);
  }
  EXPECT_EQ(pass(), 0);
  EXPECT_EQ(row().state, FollowUpState::failed);
  EXPECT_EQ(comments(), 0u);
}

}  // namespace
}  // namespace herald
