// What becomes of a delivery, its follow-ups and its grant when the platform refuses.
#include <gtest/gtest.h>

#include "app/toy_rig.h"

namespace herald {
namespace {

using namespace std::chrono_literals;
using namespace testing::toy;

class Trouble : public ::testing::Test {
 protected:
  Trouble() {
    rig_.platform.flows[static_cast<std::size_t>(Flow::refresh)] = {};
    rig_.transport.answer(kPost, 200, "remote-1");
    rig_.add_post(account_, "post");
  }
  Delivery publish() {
    rig_.work();
    return rig_.delivery(account_, "post");
  }
  Grant grant() { return rig_.grant_of(account_); }
  FollowUp follow_up() {
    EXPECT_TRUE(rig_.follow_ups.run_once(5, [] { return nullptr; }));
    rig_.executor.run();
    return rig_.store.follow_ups_of(rig_.ada.scope, PostId("post")).value().at(0);
  }

  testing::ToyRig rig_;
  Account account_ = rig_.add_account(rig_.ada, "one");
};

TEST_F(Trouble, a_missing_permission_parks_its_delivery_and_spares_the_grant) {
  rig_.transport.answer(kUpload, 403, "{}");
  EXPECT_EQ(publish().state, DeliveryState::parked);
  EXPECT_EQ(grant().state, GrantState::live);
}

TEST_F(Trouble, a_post_that_is_refused_though_our_rules_allow_it_is_told_as_drift) {
  rig_.transport.answer(kUpload, 400, "{}");
  EXPECT_EQ(publish().state, DeliveryState::failed);
  const Event& told = rig_.events.all.back();
  EXPECT_EQ(told.moved_to, "failed");
  EXPECT_EQ(told.refused_by, account_.platform.value);
  EXPECT_EQ(told.refused_as, "caption_too_long");
}

TEST_F(Trouble, what_our_own_rules_refuse_when_it_is_due_is_no_drift) {
  rig_.spec.kinds[0].media.min = 1;
  EXPECT_EQ(publish().state, DeliveryState::failed);
  EXPECT_TRUE(rig_.transport.sent().empty());
  for (const Event& told : rig_.events.all) EXPECT_EQ(told.refused_by, "") << told.moved_to;
}

TEST_F(Trouble, a_permission_that_is_missing_or_an_outage_is_no_drift) {
  rig_.transport.answer(kUpload, 403, "{}");
  EXPECT_EQ(publish().state, DeliveryState::parked);
  rig_.add_post(rig_.add_account(rig_.ada, "two"), "other");  // No answer is scripted for it.
  rig_.work();
  for (const Event& told : rig_.events.all) EXPECT_EQ(told.refused_by, "") << told.moved_to;
}

TEST_F(Trouble, a_refusal_of_the_grant_itself_condemns_it) {
  rig_.transport.answer(kUpload, 401, "{}");
  EXPECT_EQ(publish().state, DeliveryState::parked);
  EXPECT_EQ(grant().state, GrantState::needs_reconnect);
}

TEST_F(Trouble, history_counts_the_tries_of_the_delivery) {
  EXPECT_EQ(publish().state, DeliveryState::scheduled);  // No answer is scripted.
  rig_.clock.advance(1h);
  rig_.transport.answer(kUpload, 200, "");
  EXPECT_EQ(publish().state, DeliveryState::published);
  const auto history = rig_.store.list_attempts(rig_.ada.scope, {}, {}).value().rows;
  ASSERT_EQ(history.size(), 3u);
  EXPECT_EQ(history[2].number, 1);
  EXPECT_EQ(history[1].number, 2);
  const auto visible = std::ranges::find(history, true, &Attempt::visible);
  ASSERT_NE(visible, history.end());
  EXPECT_EQ(visible->step, "post: POST toy.test/post");
}

TEST_F(Trouble, a_follow_up_waits_a_week_for_a_reconnect) {
  rig_.platform.follow_ups = [](const Input&) { return std::vector<std::string>{"comment"}; };
  rig_.transport.answer(kUpload, 200, "");
  ASSERT_EQ(publish().state, DeliveryState::published);
  rig_.transport.answer(kComment, 401, "{}");
  for (int i = 0; i < 20; ++i) {
    const FollowUp row = follow_up();
    ASSERT_EQ(row.state, FollowUpState::due) << i;
    ASSERT_EQ(row.attempt, 0);
    ASSERT_EQ(row.due_at, rig_.clock.now() + 15min);
    rig_.clock.advance(15min);
  }
  rig_.clock.advance(7 * 24h);
  EXPECT_EQ(follow_up().attempt, 1);
}

TEST_F(Trouble, putting_a_renewal_off_does_not_forget_that_one_was_begun) {
  rig_.spec.oauth.rotates = true;
  rig_.platform.flows[static_cast<std::size_t>(Flow::refresh)] = {refresh_next, absorb};
  Grant due = grant();
  due.refresh_due_at = rig_.clock.now();
  due = rig_.store.save_grant(due, due.version).value();
  const Time now = rig_.clock.now();
  const auto scope = rig_.ada.scope;
  const Grant leased = rig_.store.lease_grant(scope, due.id, due.version, now, 60s).value();
  ASSERT_TRUE(rig_.store.begin_refresh(scope, due.id, due.version, leased.lease, now));
  ASSERT_TRUE(rig_.store.release_grant(scope, due.id, leased.lease));
  rig_.clock.advance(1h);
  rig_.sealer.broken = true;  // The renewal cannot even begin.
  EXPECT_EQ(rig_.refresher.run_once().value(), 1);
  rig_.executor.run();
  EXPECT_EQ(grant().refresh_begun_version, due.version);
}

}  // namespace
}  // namespace herald
