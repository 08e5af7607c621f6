#include "tests/store/store_test.h"

namespace herald {
namespace {

class DeliveryContract : public StoreTest {
 protected:
  DeliveryContract() {
    connect("acme", "page");
    create("acme", "post", {"page"}, at(100));
    row_ = claimed("acme", "post", "page", at(100));
  }

  Result<Done> save(const Delivery& row, std::int64_t lease,
                    const std::optional<Attempt>& attempt = {},
                    const std::vector<FollowUp>& follow_ups = {}) {
    return store().save_delivery(row, lease, attempt, follow_ups);
  }
  Delivery stored() { return delivery("acme", "post", "page"); }

  const CustomerScope acme_ = scope("acme");
  Delivery row_;
};
INSTANTIATE_TEST_SUITE_P(Stores, DeliveryContract, ::testing::ValuesIn(store_kinds()), kind_name);

TEST_P(DeliveryContract, SavingWritesTheWholeRowButNotWhoseItIs) {
  Delivery row = row_;
  row.state = DeliveryState::waiting;
  row.revision = 4;
  row.due_at = at(500);
  row.missed_after = at(600);
  row.attempt = 1;
  row.steps_idle = 2;
  row.visible_calls = 3;
  row.looks = 4;
  row.last_look_at = at(5);
  row.sealed_progress = std::string("\0sealed\xff", 8);
  row.fence = Fence{1, 2, at(3), at(4), at(5), at(6)};
  row.parked_version = 6;
  row.code = "code";
  row.message = "message";
  row.meter = {"Uploading", 7, 8};
  row.remote_id = "remote";
  row.url = "https://example/1";
  row.published_at = at(9);
  row.updated_at = at(10);
  Delivery given = row;
  given.user = UserId("ben");
  given.post = PostId("another");
  given.account = AccountId("another");
  given.platform = PlatformId("youtube");
  given.target = 5;
  given.kind = "story";
  given.publish_at = at(1);
  given.created_at = at(2);
  given.lease = 99;
  given.lease_until = at(999'999);
  EXPECT_DONE(save(given, row.lease));
  row.lease_until = {};  // It left running.
  row.taken = 0;
  EXPECT_EQ(show(stored()), show(row));
}

TEST_P(DeliveryContract, AStaleSaverHasLostItsLease) {
  const auto second = store().claim_due(row_.lease_until, kLease, 1).value();
  ASSERT_EQ(second.size(), 1u);
  Delivery late = row_;
  late.state = DeliveryState::failed;
  EXPECT_REFUSED(save(late, row_.lease, sample_attempt(late, "att")), conflict, "lease_lost");
  EXPECT_EQ(show(stored()), show(second[0]));
  EXPECT_EQ(show(store().list_attempts(acme_, {}, {})), "end");
  late.state = DeliveryState::published;
  EXPECT_DONE(save(late, second[0].lease));
}

TEST_P(DeliveryContract, OnlyMovesOfTheTableAreTaken) {
  for (int from = 0; from < 10; ++from) {
    for (int to = 0; to < 10; ++to) {
      const auto before = static_cast<DeliveryState>(from);
      const auto after = static_cast<DeliveryState>(to);
      const std::string id = std::string(name_of(before)) + "_" + name_of(after);
      connect("acme", id);
      Post post = sample_post("acme", id, {id}, at(900'000'000));
      auto deliveries = deliveries_for(post);
      deliveries[0].state = before;
      EXPECT_DONE(store().create_post(acme_, post, deliveries, {}, {}));
      deliveries[0].state = after;
      const auto saved = save(deliveries[0], 0);
      EXPECT_EQ(saved.has_value(), before == after || may_move(before, after)) << id;
      if (!saved) EXPECT_EQ(saved.error().kind, ErrorKind::internal);
      EXPECT_EQ(delivery("acme", id, id).state, saved ? after : before);
    }
  }
}

TEST_P(DeliveryContract, AnotherCustomersDeliveryIsUnknown) {
  Delivery theirs = row_;
  theirs.customer = CustomerId("bolt");
  Delivery never = theirs;
  never.id = DeliveryId("never");
  EXPECT_UNKNOWN(save(theirs, row_.lease), save(never, row_.lease));
  EXPECT_UNKNOWN(store().renew_lease(theirs.customer, theirs.id, row_.lease, at(1)),
                 store().renew_lease(theirs.customer, never.id, row_.lease, at(1)));
  EXPECT_EQ(show(stored()), show(row_));
}

TEST_P(DeliveryContract, ARunningRowKeepsTheLeaseItHas) {
  EXPECT_DONE(store().renew_lease(row_.customer, row_.id, row_.lease, at(200'000)));
  Delivery row = row_;  // Still with the lease_until of before the renewal.
  row.meter.step = "Uploading";
  EXPECT_DONE(save(row, row_.lease));
  EXPECT_EQ(stored().lease_until, at(200'000));
  EXPECT_TRUE(store().claim_due(at(199'999), kLease, 5)->empty());
  EXPECT_EQ(store().claim_due(at(200'000), kLease, 5)->size(), 1u);
}

TEST_P(DeliveryContract, ALeaseIsRenewedByItsHolderOnly) {
  EXPECT_REFUSED(store().renew_lease(row_.customer, row_.id, row_.lease + 1, at(200'000)), conflict,
                 "lease_lost");
  EXPECT_REFUSED(store().renew_lease(row_.customer, row_.id, row_.lease - 1, at(200'000)), conflict,
                 "lease_lost");
  row_.state = DeliveryState::scheduled;
  EXPECT_DONE(save(row_, row_.lease));
  EXPECT_REFUSED(store().renew_lease(row_.customer, row_.id, row_.lease, at(200'000)), conflict,
                 "lease_lost");
}

TEST_P(DeliveryContract, ALookThatGoesOnKeepsItsLeaseAndOneThatIsDoneGivesItUp) {
  row_.state = DeliveryState::unknown;
  row_.due_at = at(200);
  row_.fence = Fence{};
  EXPECT_DONE(save(row_, row_.lease));
  Delivery looking = store().claim_due(at(200), kLease, 1)->front();
  looking.sealed_progress = "second page";
  EXPECT_DONE(save(looking, looking.lease));
  EXPECT_TRUE(store().claim_due(at(300), kLease, 1)->empty());
  EXPECT_DONE(store().renew_lease(looking.customer, looking.id, looking.lease, at(99'000)));
  looking.looks = 1;
  looking.due_at = at(400);
  looking.lease_until = {};
  EXPECT_DONE(save(looking, looking.lease));
  EXPECT_REFUSED(store().renew_lease(looking.customer, looking.id, looking.lease, at(99'999)),
                 conflict, "lease_lost");
  EXPECT_EQ(store().claim_due(at(400), kLease, 1)->size(), 1u);
}

TEST_P(DeliveryContract, AnAttemptIsKeptWithTheSave) {
  Attempt attempt = sample_attempt(row_, "att1");
  EXPECT_DONE(save(row_, row_.lease, attempt));
  EXPECT_EQ(show(store().list_attempts(acme_, {}, {})->rows), show(std::vector{attempt}));
  EXPECT_EQ(show(store().list_attempts(scope("bolt"), {}, {})), "end");
}

TEST_P(DeliveryContract, AnAttemptThatDoesNotFitRefusesTheSave) {
  row_.state = DeliveryState::failed;
  Attempt stranger = sample_attempt(row_, "att1");
  stranger.delivery = DeliveryId("another");
  EXPECT_REFUSED(save(row_, row_.lease, stranger), internal, "");
  stranger = sample_attempt(row_, "att1");
  stranger.customer = CustomerId("bolt");
  EXPECT_REFUSED(save(row_, row_.lease, stranger), internal, "");
  EXPECT_EQ(stored().state, DeliveryState::running);
  EXPECT_EQ(show(store().list_attempts(acme_, {}, {})), "end");
  row_.state = DeliveryState::running;
  EXPECT_DONE(save(row_, row_.lease, sample_attempt(row_, "att1")));
  row_.state = DeliveryState::failed;
  EXPECT_REFUSED(save(row_, row_.lease, sample_attempt(row_, "att1")), conflict, "");
  EXPECT_EQ(stored().state, DeliveryState::running);
}

TEST_P(DeliveryContract, AttemptsAreListedNewestFirstByFilterInPages) {
  connect("acme", "other");
  Post bens = sample_post("acme", "bens", {"other"}, at(100));
  bens.user = UserId("ben");
  create(bens);
  const Delivery other = claimed("acme", "bens", "other", at(100));
  std::vector<std::string> expected;
  for (int i = 0; i < 6; ++i) {
    const Delivery& row = i % 2 == 0 ? row_ : other;
    Attempt attempt = sample_attempt(row, "att" + std::to_string(i));
    attempt.started_at = at(1000 + i / 2);
    EXPECT_DONE(save(row, row.lease, attempt));
    expected.insert(expected.begin(), attempt.id);
  }
  const auto listed = [&](const AttemptFilter& filter) {
    std::vector<std::string> ids;
    PageRequest page{.limit = 2, .before = {}};
    for (bool more = true; more;) {
      const auto rows = store().list_attempts(acme_, filter, page).value();
      for (const Attempt& attempt : rows.rows) ids.push_back(attempt.id);
      if (!rows.rows.empty()) {
        page.before = std::pair(rows.rows.back().started_at, rows.rows.back().id);
      }
      more = rows.more;
    }
    return ids;
  };
  using Ids = std::vector<std::string>;
  EXPECT_EQ(listed({}), expected);
  EXPECT_EQ(listed({.user = UserId("ben"), .post = {}, .delivery = {}}),
            (Ids{"att5", "att3", "att1"}));
  EXPECT_EQ(listed({.user = {}, .post = PostId("post"), .delivery = {}}),
            (Ids{"att4", "att2", "att0"}));
  EXPECT_EQ(listed({.user = {}, .post = {}, .delivery = other.id}), (Ids{"att5", "att3", "att1"}));
  EXPECT_EQ(listed({.user = UserId("ben"), .post = PostId("post"), .delivery = other.id}), Ids{});
}

class FollowUpContract : public DeliveryContract {
 protected:
  FollowUpContract() {
    row_.state = DeliveryState::published;
    comment_ = sample_follow_up(row_, "comment", at(500));
    EXPECT_DONE(save(row_, row_.lease, {}, {comment_, sample_follow_up(row_, "cover", at(600))}));
  }
  std::vector<std::string> claim_kinds(Time now, int max = 10) {
    std::vector<std::string> kinds;
    const auto rows = store().claim_follow_ups(now, kLease, max).value();
    for (const FollowUp& row : rows) {
      kinds.push_back(row.kind);
    }
    return kinds;
  }
  FollowUp stored_comment() { return store().follow_ups_of(acme_, PostId("post"))->front(); }

  using Kinds = std::vector<std::string>;
  FollowUp comment_;
};
INSTANTIATE_TEST_SUITE_P(Stores, FollowUpContract, ::testing::ValuesIn(store_kinds()), kind_name);

TEST_P(FollowUpContract, FollowUpsAreStoredWithTheSave) {
  EXPECT_EQ(show(store().follow_ups_of(acme_, PostId("post"))),
            show(std::vector{comment_, sample_follow_up(row_, "cover", at(600))}));
}

TEST_P(FollowUpContract, AFollowUpIsInsertedOnce) {
  FollowUp changed = comment_;
  changed.message = "changed";
  const FollowUp added = sample_follow_up(row_, "playlist", at(700));
  EXPECT_DONE(save(row_, row_.lease, {}, {changed, added}));
  EXPECT_EQ(show(stored_comment()), show(comment_));
  EXPECT_EQ(store().follow_ups_of(acme_, PostId("post"))->size(), 3u);
}

TEST_P(FollowUpContract, AFollowUpOfAnotherDeliveryRefusesTheSave) {
  FollowUp stranger = sample_follow_up(row_, "playlist", at(1));
  stranger.delivery = DeliveryId("another");
  Delivery row = row_;
  row.message = "changed";
  EXPECT_REFUSED(save(row, row.lease, {}, {stranger}), internal, "");
  EXPECT_EQ(stored().message, row_.message);
}

TEST_P(FollowUpContract, FollowUpsAreClaimedWhenDueUnderALease) {
  EXPECT_EQ(claim_kinds(at(499)), Kinds{});
  EXPECT_EQ(claim_kinds(at(500)), Kinds{"comment"});
  FollowUp expected = comment_;
  expected.state = FollowUpState::running;
  expected.lease = 1;
  expected.lease_until = at(500) + kLease;
  expected.updated_at = at(500);
  EXPECT_EQ(show(stored_comment()), show(expected));
  EXPECT_EQ(claim_kinds(at(600)), Kinds{"cover"});
  EXPECT_EQ(claim_kinds(at(600)), Kinds{});
}

TEST_P(FollowUpContract, AClaimTakesNoMoreThanAskedAndCustomersTakeTurns) {
  connect("bolt", "theirs");
  create("bolt", "post", {"theirs"}, at(100));
  Delivery theirs = claimed("bolt", "post", "theirs", at(100));
  theirs.state = DeliveryState::published;
  EXPECT_DONE(save(theirs, theirs.lease, {}, {sample_follow_up(theirs, "theirs", at(700))}));
  EXPECT_EQ(claim_kinds(at(800), 2), (Kinds{"comment", "theirs"}));
}

TEST_P(FollowUpContract, SavingWritesTheRowAndItsAttempt) {
  FollowUp row = store().claim_follow_ups(at(500), kLease, 1)->front();
  row.state = FollowUpState::done;
  row.message = "It is there.";
  row.attempt = 4;
  row.sealed_progress.clear();
  row.fence = Fence{1, 2, at(3), at(4), at(5)};
  row.visible_calls = 5;
  row.due_at = at(9);
  row.updated_at = at(10);
  EXPECT_DONE(store().save_follow_up(row, row.lease, sample_attempt(row_, "att")));
  row.lease_until = {};
  EXPECT_EQ(show(stored_comment()), show(row));
  EXPECT_EQ(store().list_attempts(acme_, {}, {})->rows.size(), 1u);
  EXPECT_EQ(stored().state, DeliveryState::published);  // Never touched by it.
}

TEST_P(FollowUpContract, AStaleFollowUpIsDueAgainUnlessItsFenceIsUp) {
  FollowUp row = store().claim_follow_ups(at(500), kLease, 1)->front();
  EXPECT_EQ(claim_kinds(at(500) + kLease, 1), Kinds{"comment"});
  EXPECT_REFUSED(store().save_follow_up(row, row.lease, std::nullopt), conflict, "lease_lost");
  row = stored_comment();
  row.fence = Fence{};
  EXPECT_DONE(store().save_follow_up(row, row.lease, std::nullopt));
  EXPECT_EQ(claim_kinds(row.lease_until), Kinds{"cover"});
  EXPECT_EQ(stored_comment().state, FollowUpState::unknown);
  EXPECT_REFUSED(store().save_follow_up(row, row.lease, std::nullopt), conflict, "lease_lost");
}

TEST_P(FollowUpContract, AFollowUpInDoubtIsTakenUpAgainThreeMinutesLaterBehindItsFence) {
  FollowUp row = store().claim_follow_ups(at(500), kLease, 1)->front();
  row.fence = Fence{};
  EXPECT_DONE(store().save_follow_up(row, row.lease, std::nullopt));
  const Time rescued = row.lease_until;
  EXPECT_EQ(claim_kinds(rescued, 1), Kinds{"cover"});
  const Time look_at = rescued + std::chrono::minutes(3);
  EXPECT_EQ(claim_kinds(look_at - Duration(1), 1), Kinds{"cover"});  // Its lease is over, too.
  const auto again = store().claim_follow_ups(look_at, kLease, 1).value();
  ASSERT_EQ(again.size(), 1u);
  EXPECT_EQ(again[0].kind, "comment");
  EXPECT_EQ(again[0].state, FollowUpState::running);
  EXPECT_TRUE(again[0].fence.has_value());
}

TEST_P(FollowUpContract, AnUnknownFollowUpOrAForeignAttemptIsRefused) {
  FollowUp row = store().claim_follow_ups(at(500), kLease, 1)->front();
  FollowUp theirs = row;
  theirs.customer = CustomerId("bolt");
  FollowUp never = theirs;
  never.kind = "never";
  EXPECT_UNKNOWN(store().save_follow_up(theirs, row.lease, std::nullopt),
                 store().save_follow_up(never, row.lease, std::nullopt));
  Attempt stranger = sample_attempt(row_, "att");
  stranger.post = PostId("another");
  row.state = FollowUpState::done;
  EXPECT_REFUSED(store().save_follow_up(row, row.lease, stranger), internal, "");
  EXPECT_EQ(stored_comment().state, FollowUpState::running);
}

TEST_P(FollowUpContract, AfterARestartFollowUpsAreTakenUpAgain) {
  EXPECT_EQ(claim_kinds(at(500)), Kinds{"comment"});
  EXPECT_DONE(store().end_all_leases());
  EXPECT_EQ(claim_kinds(at(501)), Kinds{"comment"});
}

}  // namespace
}  // namespace herald
