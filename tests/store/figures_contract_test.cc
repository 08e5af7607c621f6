#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "tests/store/measure_rig.h"

namespace herald {
namespace {

using namespace std::chrono_literals;

using Names = std::vector<std::string>;

class FiguresContract : public MeasureRig {};
INSTANTIATE_TEST_SUITE_P(Stores, FiguresContract, ::testing::ValuesIn(store_kinds()), kind_name);

TEST_P(FiguresContract, TheLastReadingOfADayStandsAndNothingBecomesZero) {
  read(one(at(20)), at(20), {{"followers", 10}, {"views", 7}}, at(30));
  read(one(at(30)), at(30), {{"followers", 11}}, at(40) + 24h);
  read(one(at(40) + 24h), at(40) + 24h, {{"followers", 9}}, std::nullopt);
  const Figures figures = of_account("acme", "page");
  ASSERT_EQ(figures.days.size(), 2u);
  EXPECT_EQ(figures.days[0].day, kToday);
  EXPECT_EQ(figures.days[0].values, (Metrics{{"followers", 11}, {"views", 7}}));
  EXPECT_EQ(figures.days[1].day, kToday + std::chrono::days(1));
  EXPECT_EQ(figures.days[1].values, (Metrics{{"followers", 9}}));
  EXPECT_EQ(figures.latest, figures.days[1].values);
  EXPECT_EQ(figures.measured_at, at(40) + 24h);
  EXPECT_EQ(figures.next_at, std::nullopt);
}

TEST_P(FiguresContract, TheLatestIsKnownOutsideThePeriodToo) {
  read(one(at(20)), at(20), {{"followers", 10}}, at(30));
  FiguresFilter filter = kThisWeek;
  filter.from = filter.to = kToday + std::chrono::days(3);
  const Figures figures = store().account_figures(acme_, filter)->at(AccountId("page"));
  EXPECT_TRUE(figures.days.empty());
  EXPECT_EQ(figures.latest, (Metrics{{"followers", 10}}));
}

TEST_P(FiguresContract, ABigNumberAndAProblemAreKeptAsTheyAre) {
  Measurement row = one(at(20));
  row.problem = "Não \"foi\" possível";
  row.attempt = 3;
  row.due_at = at(60);
  const Metrics values{{"views", 9'007'199'254'740'993}, {"gained", -4}};
  EXPECT_DONE(
      store().save_measurement(row, row.lease, {Reading{at(20), values, {}}}, std::nullopt));
  EXPECT_EQ(of_account("acme", "page").latest, values);
  EXPECT_EQ(of_account("acme", "page").problem, row.problem);
  const Measurement again = one(at(60));
  EXPECT_EQ(again.attempt, 3);
  EXPECT_EQ(again.begun_at, at(20)) << "when it was connected";
}

TEST_P(FiguresContract, PostsAreListedByFilterTheNewestFirstInPages) {
  connect("acme", "other");
  publish("acme", "one", "page", at(100));
  publish("acme", "two", "other", at(200));
  publish("acme", "three", "page", at(300), "");
  publish("acme", "late", "page", at(0) + 24h * 9);
  create("acme", "never", {"other"}, at(400));
  const auto listed = [&](const FiguresFilter& filter, const PageRequest& page = {}) {
    std::string text;
    const auto found = store().post_figures(acme_, filter, page).value();
    for (const auto& row : found.rows) text += row.delivery.post.value + " ";
    return text + (found.more ? "more" : "end");
  };
  EXPECT_EQ(listed(kThisWeek), "three two one end");
  EXPECT_EQ(listed(kThisWeek, {.limit = 2, .before = {}}), "three two more");
  const auto second = delivery("acme", "two", "other");
  EXPECT_EQ(listed(kThisWeek, {.limit = 2, .before = std::pair(at(200), second.id.value)}),
            "one end");
  FiguresFilter filter = kThisWeek;
  filter.account = AccountId("page");
  EXPECT_EQ(listed(filter), "three one end");
  filter = kThisWeek;
  filter.post = PostId("two");
  EXPECT_EQ(listed(filter), "two end");
  filter = kThisWeek;
  filter.user = UserId("ben");
  EXPECT_EQ(listed(filter), "end");
  filter = kThisWeek;
  filter.platform = PlatformId("another");
  EXPECT_EQ(listed(filter), "end");
  filter.platform = PlatformId("instagram");
  EXPECT_EQ(listed(filter), "three two one end");
  filter = kThisWeek;
  filter.from = filter.to = std::chrono::floor<std::chrono::days>(at(0) + 24h * 9);
  EXPECT_EQ(listed(filter), "late end");
}

TEST_P(FiguresContract, AccountsAreListedByFilter) {
  connect("acme", "other");
  const auto count = [&](FiguresFilter filter) {
    return store().account_figures(acme_, filter)->size();
  };
  EXPECT_EQ(count(kThisWeek), 2u);
  FiguresFilter filter = kThisWeek;
  filter.account = AccountId("other");
  EXPECT_EQ(count(filter), 1u);
  filter = kThisWeek;
  filter.user = UserId("ben");
  EXPECT_EQ(count(filter), 0u);
  filter = kThisWeek;
  filter.platform = PlatformId("another");
  EXPECT_EQ(count(filter), 0u);
}

TEST_P(FiguresContract, T01_FiguresOfOneCustomerAreNeverAnothers) {
  EXPECT_DONE(store().add_customer(sample_customer("bolt")));
  EXPECT_DONE(store().add_user(sample_user("bolt", "ann")));
  connect("bolt", "page");
  for (const auto& row : claim_rows(at(20))) {
    read(row, at(20), {{"followers", row.customer == CustomerId("acme") ? 1 : 2}}, std::nullopt);
  }
  publish("acme", "post", "page", at(100));
  publish("bolt", "post", "page", at(100));
  for (Measurement row : claim_rows(at(100) + 2h)) {
    const bool own = row.customer == CustomerId("acme");
    if (own) {
      Measurement theirs = row;
      theirs.customer = CustomerId("cord");
      EXPECT_REFUSED(store().save_measurement(theirs, row.lease, {}, std::nullopt), not_found, "");
    }
    row.problem = own ? "Acme's" : "Bolt's";
    // What acme's account waits for, bolt's of the same id does not.
    EXPECT_DONE(store().save_measurement(row, row.lease,
                                         {Reading{at(100), {{"views", own ? 1 : 2}}, {}}},
                                         own ? std::optional(at(0) + 99h) : std::nullopt));
  }
  for (const auto& [customer, value, problem] :
       {std::tuple("acme", 1, "Acme's"), std::tuple("bolt", 2, "Bolt's")}) {
    const auto accounts = store().account_figures(scope(customer), kThisWeek).value();
    ASSERT_EQ(accounts.size(), 1u);
    EXPECT_EQ(accounts.at(AccountId("page")).latest, (Metrics{{"followers", value}}));
    const auto posts = store().post_figures(scope(customer), kThisWeek, {}).value();
    ASSERT_EQ(posts.rows.size(), 1u);
    EXPECT_EQ(posts.rows[0].delivery.customer, CustomerId(customer));
    EXPECT_EQ(posts.rows[0].figures.latest, (Metrics{{"views", value}}));
    EXPECT_EQ(posts.rows[0].figures.problem, problem);
  }
  EXPECT_EQ(claim_names(at(0) + 50h), Names{"page/post"}) << "bolt's";
  EXPECT_DONE(store().remove_account(acme_, AccountId("page"), at(500)));
  EXPECT_EQ(of_account("bolt", "page").latest, (Metrics{{"followers", 2}}));
  EXPECT_TRUE(store().account_figures(scope("cord"), kThisWeek)->empty());
  EXPECT_TRUE(store().post_figures(scope("cord"), kThisWeek, {})->rows.empty());
}

TEST_P(FiguresContract, EveryFigureOfAnAccountIsForgottenAndItIsReadOn) {
  EXPECT_DONE(store().add_customer(sample_customer("bolt")));
  EXPECT_DONE(store().add_user(sample_user("bolt", "ann")));
  connect("bolt", "page");
  connect("acme", "other");
  for (const auto& row : claim_rows(at(20))) {
    read(row, at(20), {{"followers", 1}}, at(0) + 50h);
  }
  publish("acme", "post", "page", at(100));
  read(one(at(100) + 2h), at(100) + 2h, {{"views", 4}}, at(0) + 50h);
  EXPECT_DONE(store().forget_figures_of(acme_, AccountId("page")));
  EXPECT_TRUE(of_account("acme", "page").latest.empty());
  const auto posts = store().post_figures(acme_, kThisWeek, {}).value();
  ASSERT_EQ(posts.rows.size(), 1u);
  EXPECT_TRUE(posts.rows[0].figures.latest.empty());
  EXPECT_EQ(of_account("acme", "other").latest, (Metrics{{"followers", 1}}));
  EXPECT_EQ(of_account("bolt", "page").latest, (Metrics{{"followers", 1}})) << "of the same id";
  EXPECT_EQ(claim_rows(at(0) + 51h).size(), 3u) << "each account, and none of its rows is lost";
  EXPECT_DONE(store().forget_figures_of(acme_, AccountId("nobody's")));
}

TEST_P(FiguresContract, FiguresOfOldDaysAreForgottenTheOldestFirst) {
  for (int day = 0; day < 3; ++day) {
    read(one(at(20) + day * 24h), at(20) + day * 24h, {{"followers", day}},
         at(20) + (day + 1) * 24h);
  }
  EXPECT_EQ(store().forget_figures(Time(kToday) + 12h, 9).value(), 0);
  EXPECT_EQ(store().forget_figures(Time(kToday) + 48h, 1).value(), 1);
  EXPECT_EQ(of_account("acme", "page").days.front().values, (Metrics{{"followers", 1}}));
  EXPECT_EQ(store().forget_figures(Time(kToday) + 48h, 9).value(), 1);
  EXPECT_EQ(of_account("acme", "page").days.size(), 1u);
  EXPECT_EQ(store().forget_expired_figures(at(0) + 9999h, 9).value(), 0) << "they may stay";
}

TEST_P(FiguresContract, WhatTheTermsWantForgottenGoesAndTheRestOfTheDayStays) {
  Measurement row = one(at(20));
  EXPECT_DONE(store().save_measurement(
      row, row.lease,
      {Reading{at(20), {{"followers", 3}}, {}}, Reading{at(20), {{"views", 4}}, 24h}},
      std::nullopt));
  EXPECT_EQ(of_account("acme", "page").days.size(), 1u);
  EXPECT_EQ(of_account("acme", "page").latest, (Metrics{{"followers", 3}, {"views", 4}}));
  EXPECT_EQ(store().forget_expired_figures(at(19) + 24h, 9).value(), 0);
  EXPECT_EQ(store().forget_expired_figures(at(20) + 24h, 9).value(), 1);
  EXPECT_EQ(of_account("acme", "page").latest, (Metrics{{"followers", 3}}));
}

}  // namespace
}  // namespace herald
