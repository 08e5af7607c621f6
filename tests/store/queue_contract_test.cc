#include "tests/store/store_test.h"

namespace herald {
namespace {

class QueueContract : public StoreTest {
 protected:
  QueueContract() {
    connect("acme", "page");
    connect("acme", "other");
    connect("bolt", "theirs");
  }

  void save(Delivery row, DeliveryState state, Time due = {}) {
    row.state = state;
    row.due_at = due;
    EXPECT_DONE(store().save_delivery(row, row.lease, std::nullopt, {}));
  }
  using Ids = std::vector<std::string>;
};
INSTANTIATE_TEST_SUITE_P(Stores, QueueContract, ::testing::ValuesIn(store_kinds()), kind_name);

TEST_P(QueueContract, NothingIsClaimedBeforeItIsDue) {
  create("acme", "post", {"page"}, at(100));
  EXPECT_EQ(claim(at(99)), Ids{});
  EXPECT_EQ(claim(at(100)), Ids{"post"});
  EXPECT_EQ(claim(at(100)), Ids{});  // Somebody has it.
}

TEST_P(QueueContract, AClaimGivesALeaseAndFreezesTheRevision) {
  Post post = create("acme", "post", {"page"}, at(100));
  post.revision = 2;
  EXPECT_DONE(store().edit_post(scope("acme"), post, deliveries_for(post)));
  Delivery expected = deliveries_for(post)[0];
  expected.state = DeliveryState::running;
  expected.revision = 2;
  expected.lease = 1;
  expected.taken = 1;
  expected.lease_until = at(150) + kLease;
  expected.updated_at = at(150);
  EXPECT_EQ(show(store().claim_due(at(150), kLease, 5)), show(std::vector{expected}));
  EXPECT_EQ(show(delivery("acme", "post", "page")), show(expected));
}

TEST_P(QueueContract, ARetryKeepsTheRevisionItBeganWith) {
  create("acme", "post", {"page"}, at(100));
  Delivery row = claimed("acme", "post", "page", at(100));
  row.revision = 7;
  save(row, DeliveryState::scheduled, at(200));
  EXPECT_EQ(claimed("acme", "post", "page", at(200)).revision, 7);
}

TEST_P(QueueContract, AClaimTakesNoMoreThanAsked) {
  for (int i = 0; i < 5; ++i) {
    connect("acme", "acc" + std::to_string(i));
    create("acme", "post" + std::to_string(i), {"acc" + std::to_string(i)}, at(100 + i));
  }
  EXPECT_EQ(claim(at(200), 2), (Ids{"post0", "post1"}));
  EXPECT_EQ(claim(at(200), 0), Ids{});
  EXPECT_EQ(claim(at(200), 2), (Ids{"post2", "post3"}));
}

TEST_P(QueueContract, PostsOfAnAccountGoOutInTheOrderOfTheirTimes) {
  create("acme", "second", {"page"}, at(101));
  create("acme", "first_b", {"page"}, at(100));
  create("acme", "first_a", {"page"}, at(100));
  create("acme", "elsewhere", {"other"}, at(101));
  EXPECT_EQ(claim(at(200)), (Ids{"first_a", "elsewhere"}));
  save(delivery("acme", "first_a", "page"), DeliveryState::published);
  EXPECT_EQ(claim(at(200)), Ids{"first_b"});
  save(delivery("acme", "first_b", "page"), DeliveryState::failed);
  EXPECT_EQ(claim(at(200)), Ids{"second"});
}

TEST_P(QueueContract, AnEarlierPostHoldsBackUntilItIsSettled) {
  create("acme", "early", {"page"}, at(100));
  create("acme", "late", {"page"}, at(101));
  // A retry that is due after the later post, a wait for the platform, a dead grant.
  Delivery row = claimed("acme", "early", "page", at(200));
  save(row, DeliveryState::scheduled, at(500));
  EXPECT_EQ(claim(at(300)), Ids{});
  row = claimed("acme", "early", "page", at(500));
  save(row, DeliveryState::waiting, at(900));
  EXPECT_EQ(claim(at(600)), Ids{});
  row = claimed("acme", "early", "page", at(900));
  save(row, DeliveryState::parked);
  EXPECT_EQ(claim(at(100'000)), Ids{});
  EXPECT_DONE(store().cancel_post(scope("acme"), PostId("early"), at(1)));
  EXPECT_EQ(claim(at(1000)), Ids{"late"});
}

TEST_P(QueueContract, WhatThePlatformIsBusyWithDoesNotHoldBackLaterOnes) {
  create("acme", "video", {"page"}, at(100));
  create("acme", "late", {"page"}, at(101));
  Delivery row = claimed("acme", "video", "page", at(200));
  row.visible_calls = 1;
  save(row, DeliveryState::waiting, at(900));
  EXPECT_EQ(store().next_due(at(200)).value(), at(200));
  EXPECT_EQ(claim(at(200)), Ids{"late"});
  save(delivery("acme", "late", "page"), DeliveryState::published);
  EXPECT_EQ(claim(at(900)), Ids{"video"});
}

TEST_P(QueueContract, DoubtAboutAPostDoesNotHoldBackLaterOnes) {
  create("acme", "doubt", {"page"}, at(100));
  create("acme", "late", {"page"}, at(101));
  moved("acme", "doubt", "page", at(100), DeliveryState::unknown, at(9'000'000));
  EXPECT_EQ(claim(at(200)), Ids{"late"});
  save(delivery("acme", "late", "page"), DeliveryState::published);
  create("acme", "later", {"page"}, at(300));
  moved("acme", "later", "page", at(300), DeliveryState::review);
  create("acme", "last", {"page"}, at(400));
  EXPECT_EQ(claim(at(400)), Ids{"last"});
}

TEST_P(QueueContract, AnEarlierPostThatComesLaterGoesFirst) {
  create("acme", "late", {"page"}, at(500));
  create("acme", "early", {"page"}, at(100));
  EXPECT_EQ(claim(at(1000)), Ids{"early"});
  save(delivery("acme", "early", "page"), DeliveryState::published);
  EXPECT_EQ(claim(at(1000)), Ids{"late"});
}

TEST_P(QueueContract, AnEditMovesAPostBehindOthers) {
  create("acme", "first", {"page"}, at(100));
  create("acme", "second", {"page"}, at(200));
  Post post = sample_post("acme", "first", {"page"}, at(300));
  post.revision = 2;
  EXPECT_DONE(store().edit_post(scope("acme"), post, deliveries_for(post)));
  EXPECT_EQ(claim(at(1000)), Ids{"second"});
}

TEST_P(QueueContract, CustomersTakeTurns) {
  for (int i = 0; i < 50; ++i) {
    const std::string account = "many" + std::to_string(100 + i);
    connect("acme", account);
    create("acme", "acme" + std::to_string(100 + i), {account}, at(1));
  }
  create("bolt", "one", {"theirs"}, at(500));
  connect("cord", "third");
  create("cord", "two", {"third"}, at(600));
  // Later due, yet not behind the fifty.
  EXPECT_EQ(claim(at(1000), 4), (Ids{"acme100", "one", "two", "acme101"}));
}

TEST_P(QueueContract, TurnsGoOnFromOneClaimToTheNext) {
  for (int i = 0; i < 3; ++i) {
    for (const std::string customer : {"acme", "bolt"}) {
      const std::string account = "many" + std::to_string(i);
      connect(customer, account);
      create(customer, customer + std::to_string(i), {account}, at(1));
    }
  }
  Ids order;
  for (int i = 0; i < 6; ++i) order.push_back(claim(at(10), 1).front());
  EXPECT_EQ(order, (Ids{"acme0", "bolt0", "acme1", "bolt1", "acme2", "bolt2"}));
}

TEST_P(QueueContract, AWaitingDeliveryIsLookedAtWhenDue) {
  create("acme", "post", {"page"}, at(100));
  moved("acme", "post", "page", at(100), DeliveryState::waiting, at(700));
  EXPECT_EQ(claim(at(699)), Ids{});
  EXPECT_EQ(claimed("acme", "post", "page", at(700)).state, DeliveryState::running);
}

TEST_P(QueueContract, AnUnknownDeliveryIsLeasedAndStaysUnknown) {
  create("acme", "post", {"page"}, at(100));
  moved("acme", "post", "page", at(100), DeliveryState::unknown, at(700));
  EXPECT_EQ(claim(at(699)), Ids{});
  Delivery row = claimed("acme", "post", "page", at(700));
  EXPECT_EQ(row.state, DeliveryState::unknown);
  EXPECT_EQ(row.lease, 2);
  EXPECT_EQ(claim(at(701)), Ids{});                 // Somebody is looking.
  EXPECT_EQ(claim(at(700) + kLease), Ids{"post"});  // Nobody is any more.
}

TEST_P(QueueContract, AStaleDeliveryWithoutFenceIsScheduledAgain) {
  create("acme", "post", {"page"}, at(100));
  const Delivery stale = claimed("acme", "post", "page", at(100));
  EXPECT_EQ(claim(stale.lease_until - Duration(1)), Ids{});
  const auto again = store().claim_due(stale.lease_until, kLease, 5).value();
  ASSERT_EQ(again.size(), 1u);
  EXPECT_EQ(again[0].state, DeliveryState::running);
  EXPECT_GT(again[0].lease, stale.lease);
  EXPECT_REFUSED(store().save_delivery(stale, stale.lease, std::nullopt, {}), conflict,
                 "lease_lost");
}

TEST_P(QueueContract, AStaleDeliveryBehindItsFenceBecomesUnknownBeforeAnythingIsRequeued) {
  create("acme", "post", {"page"}, at(100));
  Delivery stale = claimed("acme", "post", "page", at(100));
  stale.fence = Fence{0, 1, at(101), at(106), at(200)};
  EXPECT_DONE(store().save_delivery(stale, stale.lease, std::nullopt, {}));
  EXPECT_EQ(claim(stale.lease_until, 0), Ids{});  // Rescues, and claims nothing.
  const Delivery rescued = delivery("acme", "post", "page");
  EXPECT_EQ(rescued.state, DeliveryState::unknown);
  EXPECT_EQ(rescued.due_at, stale.lease_until);
  EXPECT_TRUE(rescued.fence.has_value());
  EXPECT_EQ(claimed("acme", "post", "page", stale.lease_until).state, DeliveryState::unknown);
}

TEST_P(QueueContract, F18_WorkersThatDieOverARowAreCounted) {
  create("acme", "post", {"page"}, at(100));
  EXPECT_EQ(claimed("acme", "post", "page", at(100)).taken, 1);
  Delivery row = claimed("acme", "post", "page", at(100) + kLease);
  EXPECT_EQ(row.taken, 2);
  EXPECT_DONE(store().save_delivery(row, row.lease, std::nullopt, {}));  // Still at it.
  EXPECT_EQ(delivery("acme", "post", "page").taken, 2);
  save(row, DeliveryState::waiting, at(900'000));
  EXPECT_EQ(delivery("acme", "post", "page").taken, 0);
  // Looks are counted as well.
  row = claimed("acme", "post", "page", at(900'000));
  row.fence = Fence{};
  save(row, DeliveryState::unknown, at(1'000'000));
  EXPECT_EQ(claimed("acme", "post", "page", at(1'000'000)).taken, 1);
  EXPECT_EQ(claimed("acme", "post", "page", at(1'000'000) + kLease).taken, 2);
}

TEST_P(QueueContract, ARescueLosesTheLeaseAtOnce) {
  create("acme", "post", {"page"}, at(100));
  Delivery frozen = claimed("acme", "post", "page", at(100));
  EXPECT_EQ(claim(frozen.lease_until, 0), Ids{});
  // It wakes before anybody else took the row: still too late.
  frozen.fence = Fence{};
  EXPECT_REFUSED(store().save_delivery(frozen, frozen.lease, std::nullopt, {}), conflict,
                 "lease_lost");
  EXPECT_EQ(delivery("acme", "post", "page").state, DeliveryState::scheduled);
}

TEST_P(QueueContract, AStaleOneBehindAnEarlierPostWaitsItsTurn) {
  create("acme", "late", {"page"}, at(100));
  const Delivery stale = claimed("acme", "late", "page", at(100));
  create("acme", "early", {"page"}, at(50));
  EXPECT_EQ(claim(at(100)), Ids{"early"});
  EXPECT_EQ(claim(stale.lease_until - Duration(1)), Ids{});
  save(delivery("acme", "early", "page"), DeliveryState::parked);
  EXPECT_EQ(claim(stale.lease_until), Ids{});
  EXPECT_EQ(delivery("acme", "late", "page").state, DeliveryState::scheduled);
}

TEST_P(QueueContract, NextDueSaysWhenToLookAgain) {
  const auto next = [&](Time now) { return store().next_due(now).value(); };
  EXPECT_EQ(next(at(0)), std::nullopt);
  create("acme", "late", {"page"}, at(500));
  create("acme", "early", {"page"}, at(100));
  EXPECT_EQ(next(at(0)), at(100));
  EXPECT_EQ(next(at(200)), at(200));  // Overdue: now.
  const Delivery row = claimed("acme", "early", "page", at(200));
  EXPECT_EQ(next(at(200)), at(200) + kLease);  // The late one is held back until then.
  save(row, DeliveryState::waiting, at(700));
  EXPECT_EQ(next(at(300)), at(700));
  save(claimed("acme", "early", "page", at(700)), DeliveryState::published);
  EXPECT_EQ(next(at(300)), at(500));
  moved("acme", "late", "page", at(800), DeliveryState::unknown, at(900));
  EXPECT_EQ(next(at(800)), at(900));
  EXPECT_EQ(claim(at(900)), Ids{"late"});
  EXPECT_EQ(next(at(900)), at(900) + kLease);
  save(delivery("acme", "late", "page"), DeliveryState::review);
  EXPECT_EQ(next(at(900)), std::nullopt);
}

TEST_P(QueueContract, ParkedDeliveriesResumeWhenTheGrantHasChanged) {
  create("acme", "post", {"page"}, at(100));
  Delivery row = claimed("acme", "post", "page", at(100));
  row.parked_version = 1;
  row.code = "needs_reconnect";
  row.message = "Reconnect the account.";
  save(row, DeliveryState::parked);
  EXPECT_EQ(store().resume_parked(at(200)).value(), 0);  // Still the version that failed.
  Grant grant = sample_grant("acme", "grt_page");
  grant.state = GrantState::needs_reconnect;
  EXPECT_DONE(store().save_grant(grant, 1));
  EXPECT_EQ(store().resume_parked(at(200)).value(), 0);  // Changed, but not alive.
  connect("acme", "page");
  EXPECT_EQ(store().resume_parked(at(300)).value(), 1);
  const Delivery resumed = delivery("acme", "post", "page");
  EXPECT_EQ(resumed.state, DeliveryState::scheduled);
  EXPECT_EQ(resumed.due_at, at(300));
  EXPECT_EQ(resumed.code, "");
  EXPECT_EQ(store().resume_parked(at(300)).value(), 0);
  EXPECT_EQ(claim(at(300)), Ids{"post"});
}

TEST_P(QueueContract, ReconnectingUnderANewGrantResumesToo) {
  create("acme", "post", {"page"}, at(100));
  Delivery row = claimed("acme", "post", "page", at(100));
  row.parked_version = 1;
  save(row, DeliveryState::parked);
  Account account = sample_account("acme", "page", "grt_new");
  EXPECT_DONE(store().connect(scope("acme"), {sample_grant("acme", "grt_new"), {account}}));
  EXPECT_EQ(store().resume_parked(at(300)).value(), 1);
}

TEST_P(QueueContract, WhatIsPastItsLatenessIsMissedOnResume) {
  const Post post = create("acme", "post", {"page"}, at(100));
  Delivery row = claimed("acme", "post", "page", at(100));
  row.parked_version = 7;
  save(row, DeliveryState::parked);
  EXPECT_EQ(store().resume_parked(post.due_at + post.lateness_max + Duration(1)).value(), 1);
  EXPECT_EQ(delivery("acme", "post", "page").state, DeliveryState::missed);
}

TEST_P(QueueContract, WhatIsOutInPartIsNeverMissed) {
  const Post post = create("acme", "post", {"page"}, at(100));
  Delivery row = claimed("acme", "post", "page", at(100));
  row.parked_version = 7;
  row.visible_calls = 1;
  save(row, DeliveryState::parked);
  EXPECT_EQ(store().resume_parked(post.due_at + post.lateness_max + Duration(1)).value(), 1);
  EXPECT_EQ(delivery("acme", "post", "page").state, DeliveryState::scheduled);
}

TEST_P(QueueContract, AParkedDeliveryOfARemovedAccountIsNotResumed) {
  create("acme", "post", {"page"}, at(100));
  Delivery row = claimed("acme", "post", "page", at(100));
  row.parked_version = 7;
  save(row, DeliveryState::parked);
  EXPECT_DONE(store().remove_account(scope("acme"), AccountId("page"), at(200)));
  EXPECT_EQ(store().resume_parked(at(300)).value(), 0);
  EXPECT_EQ(delivery("acme", "post", "page").state, DeliveryState::cancelled);
}

TEST_P(QueueContract, AfterARestartEverythingThatRanIsTakenUpAgain) {
  create("acme", "plain", {"page"}, at(100));
  create("acme", "fenced", {"other"}, at(101));
  EXPECT_EQ(claim(at(200)), (Ids{"plain", "fenced"}));
  Delivery fenced = delivery("acme", "fenced", "other");
  fenced.fence = Fence{};
  EXPECT_DONE(store().save_delivery(fenced, fenced.lease, std::nullopt, {}));
  EXPECT_DONE(store().end_all_leases());
  EXPECT_EQ(store().next_due(at(300)).value(), at(300));
  EXPECT_EQ(claim(at(300)), (Ids{"plain", "fenced"}));
  EXPECT_EQ(delivery("acme", "plain", "page").state, DeliveryState::running);
  EXPECT_EQ(delivery("acme", "fenced", "other").state, DeliveryState::unknown);
}

}  // namespace
}  // namespace herald
