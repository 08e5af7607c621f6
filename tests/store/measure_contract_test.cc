#include <set>
#include <string>
#include <thread>
#include <vector>

#include "tests/store/measure_rig.h"

namespace herald {
namespace {

using namespace std::chrono_literals;

using Names = std::vector<std::string>;

class MeasureContract : public MeasureRig {};
INSTANTIATE_TEST_SUITE_P(Stores, MeasureContract, ::testing::ValuesIn(store_kinds()), kind_name);

TEST_P(MeasureContract, AnAccountIsDueAtOnceAndOnlyOnce) {
  EXPECT_EQ(store().next_measurement_due(at(20)).value(), at(20));
  EXPECT_EQ(claim_names(at(20)), Names{"page"});
  EXPECT_EQ(claim_names(at(20)), Names{});
  EXPECT_EQ(store().next_measurement_due(at(20)).value(), at(20) + kReadLease);
}

TEST_P(MeasureContract, APostIsDueAnHourAfterItWasPublished) {
  read(one(at(20)), at(20), {}, std::nullopt);
  publish("acme", "post", "page", at(100));
  EXPECT_EQ(claim_names(at(100) + 1h - 1ms), Names{});
  const Time next = store().next_measurement_due(at(100)).value().value();
  EXPECT_GE(next, at(100) + 1h);
  EXPECT_LT(next, at(100) + 66min) << "spread over a tenth";
  EXPECT_EQ(claim_names(next), Names{"page/post"});
}

TEST_P(MeasureContract, WhatHasNoIdAtThePlatformIsNotMeasured) {
  read(one(at(20)), at(20), {}, std::nullopt);
  publish("acme", "post", "page", at(100), "");
  EXPECT_EQ(store().next_measurement_due(at(100)).value(), std::nullopt);
}

TEST_P(MeasureContract, WritingAPublishedDeliveryAgainChangesNothing) {
  read(one(at(20)), at(20), {}, std::nullopt);
  publish("acme", "post", "page", at(100));
  read(one(at(100) + 2h), at(100) + 2h, {{"views", 1}}, std::nullopt);
  Delivery row = delivery("acme", "post", "page");
  EXPECT_DONE(store().save_delivery(row, row.lease, std::nullopt, {}));
  EXPECT_EQ(store().next_measurement_due(at(0)).value(), std::nullopt) << "it is over";
}

TEST_P(MeasureContract, OfAnAccountOneRowAtATime) {
  read(one(at(20)), at(20), {}, std::nullopt);
  for (const char* post : {"one", "two", "three"}) publish("acme", post, "page", at(100));
  const Time now = at(100) + 2h;
  const Measurement first = one(now);
  EXPECT_EQ(claim_names(now), Names{});
  read(first, now, {}, std::nullopt);
  const Measurement second = one(now);
  EXPECT_NE(name_of(first), name_of(second));
  EXPECT_EQ(claim_names(now), Names{});
}

TEST_P(MeasureContract, CustomersTakeTurns) {
  for (const char* customer : {"bolt", "cord"}) {
    EXPECT_DONE(store().add_customer(sample_customer(customer)));
    EXPECT_DONE(store().add_user(sample_user(customer, "ann")));
  }
  for (const char* account : {"a1", "a2", "a3", "a4"}) connect("bolt", account);
  connect("cord", "last");
  std::set<std::string> customers;
  for (const auto& row : claim_rows(at(20), 3)) customers.insert(row.customer.value);
  EXPECT_EQ(customers, (std::set<std::string>{"acme", "bolt", "cord"}));
}

TEST_P(MeasureContract, AStaleLeaseIsTakenOverAndItsHolderHasLostTheRow) {
  const Measurement held = one(at(20));
  EXPECT_EQ(claim_names(at(20) + kReadLease - 1ms), Names{});
  const Measurement taken = one(at(20) + kReadLease);
  EXPECT_EQ(taken.lease, held.lease + 1);
  EXPECT_REFUSED(store().save_measurement(held, held.lease,
                                          {Reading{at(30), {{"followers", 1}}, {}}}, std::nullopt),
                 conflict, "lease_lost");
  EXPECT_TRUE(of_account("acme", "page").days.empty()) << "nothing of it was kept";
  read(taken, at(40), {{"followers", 2}}, at(50));
  EXPECT_REFUSED(store().save_measurement(taken, taken.lease, {}, std::nullopt), conflict,
                 "lease_lost");
  EXPECT_EQ(of_account("acme", "page").latest, (Metrics{{"followers", 2}}));
}

TEST_P(MeasureContract, WhoeverHeldALeaseAtTheStartIsDead) {
  const Measurement held = one(at(20));
  EXPECT_DONE(store().end_all_leases());
  EXPECT_REFUSED(store().save_measurement(held, held.lease, {}, std::nullopt), conflict,
                 "lease_lost");
  EXPECT_EQ(claim_names(at(20)), Names{"page"});
}

TEST_P(MeasureContract, ARateLimitPutsOffTheWholeAccount) {
  connect("acme", "other");
  for (const auto& row : claim_rows(at(20))) read(row, at(20), {}, std::nullopt);
  publish("acme", "one", "page", at(100));
  publish("acme", "two", "page", at(200));
  publish("acme", "else", "other", at(300));
  const Time now = at(300) + 2h;
  for (Measurement row : claim_rows(now)) {
    if (row.account != AccountId("page")) continue;
    row.due_at = now + 15min;
    EXPECT_DONE(store().save_measurement(row, row.lease, {}, now + 15min));
  }
  EXPECT_EQ(claim_names(now + 15min - 1ms), Names{"other/else"}) << "its lease is over";
  EXPECT_EQ(claim_names(now + 15min), Names{"page/one"});
}

TEST_P(MeasureContract, CallsAreCountedByDayForAllAccountsOfAGrant) {
  Connection shared{
      .grant = sample_grant("acme", "shared"),
      .accounts = {sample_account("acme", "a", "shared"), sample_account("acme", "b", "shared")}};
  ASSERT_TRUE(store().connect(acme_, shared));
  const auto reserve = [&](const char* account, int day, int calls) {
    return store()
        .reserve_calls(acme_, AccountId(account), kToday + std::chrono::days(day), calls, 10)
        .value();
  };
  EXPECT_TRUE(reserve("a", 0, 5));
  EXPECT_TRUE(reserve("b", 0, 4));
  EXPECT_FALSE(reserve("a", 0, 2)) << "eleven";
  EXPECT_TRUE(reserve("a", 0, 1)) << "what was refused counts for nothing";
  EXPECT_FALSE(reserve("b", 0, 1));
  EXPECT_TRUE(reserve("page", 0, 10)) << "it stands on another grant";
  EXPECT_TRUE(reserve("b", 1, 10)) << "the next day";
  EXPECT_FALSE(reserve("a", 1, 1));
  EXPECT_EQ(store().reserve_calls(acme_, AccountId("gone"), kToday, 1, 10).error().kind,
            ErrorKind::not_found);
  EXPECT_EQ(store().reserve_calls(scope("bolt"), AccountId("a"), kToday, 1, 10).error().kind,
            ErrorKind::not_found)
      << "another customer's";
}

TEST_P(MeasureContract, SavingAReadingLeavesTheCountOfItsCalls) {
  const Measurement row = one(at(20));
  EXPECT_TRUE(store().reserve_calls(acme_, row.account, kToday, 10, 10).value());
  read(row, at(20), {{"followers", 1}}, at(40));
  EXPECT_FALSE(store().reserve_calls(acme_, row.account, kToday, 1, 10).value());
  EXPECT_EQ(one(at(40)).calls, 10);
}

TEST_P(MeasureContract, DisconnectingEndsAllAndKeepsTheFiguresOfPosts) {
  read(one(at(20)), at(20), {{"followers", 10}}, at(500) + 24h);
  publish("acme", "post", "page", at(100));
  read(one(at(100) + 2h), at(100) + 2h, {{"views", 5}}, at(100) + 24h);
  const Measurement held = one(at(100) + 24h);
  EXPECT_DONE(store().remove_account(acme_, AccountId("page"), at(200) + 24h));
  EXPECT_EQ(store().next_measurement_due(at(0)).value(), std::nullopt);
  EXPECT_EQ(claim_names(at(0) + 240h), Names{});
  EXPECT_REFUSED(store().save_measurement(held, held.lease, {}, std::nullopt), not_found, "");
  EXPECT_TRUE(store().account_figures(acme_, kThisWeek)->empty());
  const auto posts = store().post_figures(acme_, kThisWeek, {}).value();
  ASSERT_EQ(posts.rows.size(), 1u);
  EXPECT_EQ(posts.rows[0].figures.latest, (Metrics{{"views", 5}}));
  EXPECT_EQ(posts.rows[0].figures.next_at, std::nullopt);
  connect("acme", "page");  // The same id: nothing of before comes back.
  EXPECT_TRUE(of_account("acme", "page").latest.empty());
}

TEST_P(MeasureContract, WhatIsPublishedAfterItsAccountWasDisconnectedIsNotMeasured) {
  create("acme", "post", {"page"}, at(100));
  Delivery row = claimed("acme", "post", "page", at(100));
  row.fence = Fence{1, 1, at(100), at(100), at(100)};
  EXPECT_DONE(store().save_delivery(row, row.lease, std::nullopt, {}));
  EXPECT_DONE(store().remove_account(acme_, AccountId("page"), at(200)));
  row.fence.reset();
  row.state = DeliveryState::published;
  row.remote_id = "remote";
  row.published_at = at(210);
  EXPECT_DONE(store().save_delivery(row, row.lease, std::nullopt, {}));
  EXPECT_EQ(store().next_measurement_due(at(0)).value(), std::nullopt);
}

TEST_P(MeasureContract, AReconnectWakesWhatCouldNotBeRead) {
  Measurement account = one(at(20));
  account.due_at = at(20) + 24h;
  account.problem = "It said no.";
  EXPECT_DONE(store().save_measurement(account, account.lease, {}, std::nullopt));
  for (const char* post : {"failing", "well"}) publish("acme", post, "page", at(100));
  for (int i = 0; i < 2; ++i) {
    Measurement row = one(at(100) + 2h);
    row.due_at = at(100) + 24h;
    row.measured_at = at(100) + 2h;
    if (name_of(row) == "page/failing") row.problem = "It said no.";
    EXPECT_DONE(store().save_measurement(row, row.lease, {}, std::nullopt));
  }
  EXPECT_EQ(claim_names(at(100) + 3h), Names{});
  Connection again{.grant = sample_grant("acme", "grt_page"),
                   .accounts = {sample_account("acme", "page", "grt_page")}};
  again.grant.updated_at = at(100) + 3h;
  EXPECT_DONE(store().connect(acme_, again));
  std::set<std::string> woken;
  for (int i = 0; i < 2; ++i) {
    const Measurement row = one(at(100) + 3h);
    woken.insert(name_of(row));
    read(row, at(100) + 3h, {}, at(100) + 24h);
  }
  EXPECT_EQ(woken, (std::set<std::string>{"page", "page/failing"}));
  EXPECT_EQ(claim_names(at(100) + 3h), Names{}) << "what goes well keeps its time";
}

TEST_P(MeasureContract, AReconnectTakesTheRowFromWhoeverReadsIt) {
  const Measurement held = one(at(20));
  connect("acme", "page");
  EXPECT_REFUSED(store().save_measurement(held, held.lease, {}, std::nullopt), conflict,
                 "lease_lost");
  EXPECT_EQ(claim_names(at(20)), Names{"page"});
}

// Another customer with the same ids everywhere.

TEST_P(MeasureContract, TwoWorkersNeverHoldOneRow) {
  EXPECT_DONE(store().add_customer(sample_customer("bolt")));
  EXPECT_DONE(store().add_user(sample_user("bolt", "ann")));
  for (int i = 0; i < 20; ++i) connect("bolt", "a" + std::to_string(i));
  std::vector<std::vector<std::string>> got(2);
  {
    std::vector<std::jthread> workers;
    for (auto& mine : got) {
      workers.emplace_back([&] {
        for (int i = 0; i < 20; ++i) {
          for (const auto& row : claim_rows(at(20), 2)) {
            mine.push_back(row.customer.value + name_of(row));
          }
        }
      });
    }
  }
  std::set<std::string> all(got[0].begin(), got[0].end());
  all.insert(got[1].begin(), got[1].end());
  EXPECT_EQ(all.size(), 21u);
  EXPECT_EQ(got[0].size() + got[1].size(), 21u) << "some row was held twice";
}

}  // namespace
}  // namespace herald
