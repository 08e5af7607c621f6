// Reading figures as they fall due.
#include "app/measuring.h"

#include <gtest/gtest.h>

#include "app/toy_rig.h"

namespace herald {
namespace {

using namespace std::chrono_literals;
using namespace testing::toy;

constexpr const char* kFigures = "https://toy.test/figures";

// "views=3 likes=x": what the platform says. A post's id and kind go along.
Step measure_next(const Input& input, const Progress& progress) {
  if (progress.empty()) {
    return call("figures", kFigures,
                {{"token", kUserToken}, {"of", input.remote_id}, {"kind", input.kind}});
  }
  LookedUp found;
  found.at = input.now;
  for (const auto& word : words_of(said(progress))) {
    const auto equals = word.find('=');
    found.facts[word.substr(0, equals)] = word.substr(equals + 1);
  }
  return Finished{std::move(found)};
}

Absorbed measure_absorb(const Input& input, const Progress& progress, const Answer& answer) {
  if (answer.status != 404) return absorb(input, progress, answer);
  return refused(ErrorKind::not_found, "gone");
}

class MeasuringTest : public ::testing::Test {
 protected:
  MeasuringTest() {
    rig_.platform.flows[static_cast<std::size_t>(Flow::measure)] = {measure_next, measure_absorb};
    rig_.transport.answer(kFigures, 200, "views=3");
    account_ = rig_.add_account(rig_.ada, "one");
  }

  // Runs until nothing more happens by itself. How many readings were started.
  int run(Measuring& measuring) {
    int all = 0;
    while (const int started = measuring.run_once().value()) {
      all += started;
      rig_.executor.run();
    }
    return all;
  }
  int run() { return run(measuring_); }
  void publish(const Account& account, const std::string& name) {
    rig_.add_post(account, name);
    Delivery row = rig_.store.claim_due(rig_.clock.now(), 60s, 1).value().at(0);
    row.state = DeliveryState::published;
    row.remote_id = "remote-" + name;
    row.published_at = rig_.clock.now();
    EXPECT_TRUE(rig_.store.save_delivery(row, row.lease, std::nullopt, {}));
  }
  void connect_again(bool figures) {
    Account account = account_;
    account.figures = figures;
    account.connected_at = rig_.clock.now();
    ASSERT_TRUE(rig_.store.connect(ScopeAuthority::of(account.customer),
                                   {.grant = rig_.grant_of(account_), .accounts = {account}}));
  }
  std::size_t asked() const { return rig_.transport.count(kFigures); }
  FiguresFilter always() const {
    FiguresFilter filter;
    filter.to = std::chrono::floor<std::chrono::days>(rig_.clock.now());
    filter.from = filter.to - std::chrono::days(30);
    return filter;
  }
  Figures of_account(const Account& account) {
    const auto scope = ScopeAuthority::of(account.customer);
    return rig_.store.account_figures(scope, always())->at(account.id);
  }
  Figures of_post(const Account& account, const std::string& name) {
    const auto scope = ScopeAuthority::of(account.customer);
    for (const auto& row : rig_.store.post_figures(scope, always(), {})->rows) {
      if (row.delivery.id.value == name) return row.figures;
    }
    ADD_FAILURE() << "no such post";
    return {};
  }

  mutable testing::ToyRig rig_;
  std::vector<std::string> told_;
  Measuring measuring_{{rig_.store, rig_.clock, rig_.executor, rig_.log},
                       rig_.vault,
                       rig_.dialogues,
                       rig_.registrations,
                       [this](const PlatformId& platform, bool ok) {
                         told_.push_back(platform.value + (ok ? " ok" : " failed"));
                       }};
  Account account_;
};

TEST_F(MeasuringTest, an_account_is_read_when_connected_and_daily) {
  EXPECT_EQ(run(), 1);
  EXPECT_EQ(of_account(account_).latest, (Metrics{{"views", 3}}));
  EXPECT_EQ(of_account(account_).measured_at, rig_.clock.now());
  rig_.clock.advance(5h);
  EXPECT_EQ(run(), 0);
  rig_.clock.advance(26h);
  rig_.transport.answer(kFigures, 200, "views=4");
  EXPECT_EQ(run(), 1);
  const Figures figures = of_account(account_);
  EXPECT_EQ(figures.latest, (Metrics{{"views", 4}}));
  EXPECT_EQ(figures.days.size(), 2u);
  EXPECT_EQ(told_, (std::vector<std::string>{"toy ok", "toy ok"}));
}

TEST_F(MeasuringTest, a_post_is_read_an_hour_after_it_went_out_by_its_id_and_kind) {
  run();
  publish(account_, "post");
  rig_.clock.advance(59min);
  EXPECT_EQ(run(), 0);
  rig_.clock.advance(8min);
  EXPECT_EQ(run(), 1);
  EXPECT_EQ(of_post(account_, "post").latest, (Metrics{{"views", 3}}));
  const auto sent = rig_.transport.sent().back();
  EXPECT_EQ(sent.form.at("of"), "remote-post");
  EXPECT_EQ(sent.form.at("kind"), "text");
  EXPECT_EQ(sent.form.at("token"), "access-1");
}

TEST_F(MeasuringTest, only_what_the_spec_lists_is_kept) {
  MetricSpec likes;
  likes.of = MetricSpec::Of::account;
  likes.name = "likes";
  rig_.spec.metrics = {likes};
  rig_.transport.answer(kFigures, 200, "views=3 likes=7 odd=x");
  run();
  EXPECT_EQ(of_account(account_).latest, (Metrics{{"likes", 7}}));
}

TEST_F(MeasuringTest, an_answer_without_figures_is_a_problem_and_no_zero) {
  rig_.transport.answer(kFigures, 200, "");
  run();
  const Figures figures = of_account(account_);
  EXPECT_TRUE(figures.days.empty());
  EXPECT_FALSE(figures.measured_at);
  EXPECT_NE(figures.problem, "");
  EXPECT_EQ(told_, std::vector<std::string>{"toy failed"});
}

TEST_F(MeasuringTest, two_workers_on_one_row_read_it_once) {
  testing::ToyProcess sibling(rig_, rig_.registrations);
  sibling.transport.answer(kFigures, 200, "views=5");
  Measuring other({rig_.store, rig_.clock, sibling.executor, rig_.log}, sibling.vault,
                  sibling.dialogues, rig_.registrations);
  EXPECT_EQ(measuring_.run_once().value(), 1);
  EXPECT_EQ(other.run_once().value(), 0);
  rig_.executor.run();
  sibling.executor.run();
  EXPECT_EQ(other.run_once().value(), 0);
  EXPECT_EQ(asked() + sibling.transport.count(kFigures), 1u);
}

TEST_F(MeasuringTest, a_worker_that_dies_loses_nothing) {
  {
    testing::ToyProcess dying(rig_, rig_.registrations);
    Measuring gone({rig_.store, rig_.clock, dying.executor, rig_.log}, dying.vault, dying.dialogues,
                   rig_.registrations);
    EXPECT_EQ(gone.run_once().value(), 1);
    dying.executor.forget_all();
  }
  EXPECT_EQ(run(), 0) << "it may be alive";
  rig_.clock.advance(5min);
  EXPECT_EQ(run(), 1);
  EXPECT_EQ(of_account(account_).latest, (Metrics{{"views", 3}}));
}

TEST_F(MeasuringTest, a_worker_that_wakes_after_its_lease_neither_asks_nor_writes) {
  rig_.wire.hold = false;
  EXPECT_EQ(measuring_.run_once().value(), 1);
  rig_.clock.advance(5min);  // Frozen before the call left.
  rig_.executor.run();
  EXPECT_EQ(asked(), 0u);
}

TEST_F(MeasuringTest, nothing_is_asked_for_a_disconnected_account) {
  publish(account_, "post");
  const auto scope = ScopeAuthority::of(account_.customer);
  // Claimed already, and on its way to the platform.
  EXPECT_EQ(measuring_.run_once().value(), 1);
  ASSERT_TRUE(rig_.store.remove_account(scope, account_.id, rig_.clock.now()));
  rig_.executor.run();
  const auto before = asked();
  rig_.clock.advance(24h * 3);
  EXPECT_EQ(run(), 0);
  EXPECT_EQ(asked(), before);
  EXPECT_TRUE(rig_.store.account_figures(scope, always())->empty());
}

TEST_F(MeasuringTest, a_dead_grant_is_not_asked_with_until_it_is_reconnected) {
  run();
  publish(account_, "post");
  Grant grant = rig_.grant_of(account_);
  grant.state = GrantState::needs_reconnect;
  grant.state_message = "Connect it again.";
  ASSERT_TRUE(rig_.store.save_grant(grant, grant.version));
  rig_.clock.advance(2h);
  EXPECT_EQ(run(), 1);
  EXPECT_EQ(asked(), 1u) << "no call is made with a dead grant";
  EXPECT_EQ(of_post(account_, "post").problem, "Connect it again.");
  rig_.clock.advance(20h);
  EXPECT_EQ(run(), 0);
  (void)rig_.add_account(rig_.ada, "one");  // Connected anew.
  EXPECT_EQ(run(), 2);
  EXPECT_EQ(of_post(account_, "post").latest, (Metrics{{"views", 3}}));
  EXPECT_EQ(of_post(account_, "post").problem, "");
}

TEST_F(MeasuringTest, tokens_that_are_refused_are_renewed_and_it_is_asked_again) {
  rig_.transport.answer(kFigures, 401, "");
  rig_.transport.answer(kRefresh, 200, "rotated",
                        {{"access", "access-2"}, {"refresh", "refresh-2"}});
  EXPECT_EQ(measuring_.run_once().value(), 1);
  while (rig_.transport.count(kRefresh) == 0) rig_.executor.step();
  rig_.transport.answer(kFigures, 200, "views=3");
  rig_.executor.run();
  EXPECT_EQ(asked(), 2u);
  EXPECT_EQ(rig_.transport.sent().back().form["token"], "access-2");
  EXPECT_EQ(rig_.grant_of(account_).state, GrantState::live);
  EXPECT_EQ(of_account(account_).latest, (Metrics{{"views", 3}}));
}

TEST_F(MeasuringTest, fresh_tokens_that_are_refused_as_well_end_the_grant) {
  rig_.transport.answer(kFigures, 401, "");
  rig_.transport.answer(kRefresh, 200, "", {{"access", "access-2"}});
  EXPECT_EQ(run(), 1);
  EXPECT_EQ(asked(), 2u);
  EXPECT_EQ(rig_.grant_of(account_).state, GrantState::needs_reconnect);
}

TEST_F(MeasuringTest, a_permission_that_is_missing_ends_no_grant) {
  rig_.transport.answer(kFigures, 403, "");
  EXPECT_EQ(run(), 1);
  EXPECT_EQ(asked(), 1u);
  EXPECT_EQ(rig_.grant_of(account_).state, GrantState::live);
}

TEST_F(MeasuringTest, a_rate_limit_holds_the_whole_account_back_as_long_as_it_says) {
  run();
  for (const char* name : {"a", "b", "c"}) publish(account_, name);
  rig_.clock.advance(2h);
  rig_.transport.answer(kFigures, 429, "1800");
  EXPECT_EQ(run(), 1);
  rig_.transport.answer(kFigures, 200, "views=3");
  rig_.clock.advance(29min);
  EXPECT_EQ(run(), 0);
  rig_.clock.advance(1min);
  EXPECT_EQ(run(), 3);
}

TEST_F(MeasuringTest, what_a_day_has_no_calls_for_is_read_on_the_next_and_nothing_is_lost) {
  rig_.spec.limits = {{kReadingsDaily, "Calls", 9, "calls", {}}};
  rig_.platform.reading_calls = [](const Input& input) { return input.remote_id.empty() ? 1 : 4; };
  run();
  const std::vector<std::string> names{"a", "b", "c", "d", "e"};
  for (const auto& name : names) publish(account_, name);
  rig_.clock.advance(2h);
  run();
  EXPECT_EQ(asked(), 3u) << "of the account, and of two posts";
  std::size_t read = 0;
  for (const auto& name : names) {
    const Figures figures = of_post(account_, name);
    read += figures.measured_at ? 1 : 0;
    EXPECT_EQ(figures.measured_at.has_value(), figures.latest.contains("views")) << "never a zero";
    EXPECT_EQ(figures.problem, "");
    EXPECT_TRUE(figures.next_at);
  }
  EXPECT_EQ(read, 2u);
  for (int day = 0; day < 2; ++day) {
    rig_.clock.advance(24h);
    run();
  }
  for (const auto& name : names) EXPECT_TRUE(of_post(account_, name).measured_at) << name;
  EXPECT_LE(asked(), 9u) << "three a day";
}

TEST_F(MeasuringTest, what_the_person_does_not_want_read_is_not_read) {
  run();
  publish(account_, "post");
  connect_again(false);
  rig_.clock.advance(26h);
  EXPECT_EQ(run(), 2);
  EXPECT_EQ(asked(), 1u) << "before it was said";
  EXPECT_TRUE(of_account(account_).problem.contains("You chose"));
  EXPECT_FALSE(of_post(account_, "post").measured_at);
  EXPECT_EQ(rig_.grant_of(account_).state, GrantState::live);
  connect_again(true);
  EXPECT_EQ(run(), 2);
  EXPECT_EQ(asked(), 3u);
  EXPECT_EQ(of_post(account_, "post").problem, "");
}

TEST_F(MeasuringTest, a_dead_grant_uses_up_no_calls) {
  rig_.spec.limits = {{kReadingsDaily, "Calls", 1, "calls", {}}};
  Grant grant = rig_.grant_of(account_);
  grant.state = GrantState::needs_reconnect;
  grant.state_message = "Connect it again.";
  ASSERT_TRUE(rig_.store.save_grant(grant, grant.version));
  EXPECT_EQ(run(), 1);
  EXPECT_EQ(of_account(account_).problem, "Connect it again.");
  (void)rig_.add_account(rig_.ada, "one");  // Connected anew.
  EXPECT_EQ(run(), 1);
  EXPECT_EQ(asked(), 1u);
}

TEST_F(MeasuringTest, a_post_that_is_gone_is_not_asked_for_again) {
  run();
  publish(account_, "post");
  rig_.clock.advance(2h);
  rig_.transport.answer(kFigures, 404, "");
  EXPECT_EQ(run(), 1);
  const Figures figures = of_post(account_, "post");
  EXPECT_FALSE(figures.next_at);
  EXPECT_NE(figures.problem.find("does not have this post"), std::string::npos);
}

TEST_F(MeasuringTest, a_missing_permission_is_told_and_asked_for_a_day_later) {
  rig_.transport.answer(kFigures, 403, "");
  EXPECT_EQ(run(), 1);
  EXPECT_EQ(of_account(account_).problem, "It said no.");
  rig_.clock.advance(23h);
  EXPECT_EQ(run(), 0);
  rig_.clock.advance(3h);
  EXPECT_EQ(run(), 1);
  EXPECT_EQ(rig_.grant_of(account_).state, GrantState::live) << "figures never end a connection";
}

TEST_F(MeasuringTest, a_platform_that_is_down_is_asked_again_soon) {
  rig_.transport.answer(kFigures, 503, "");
  rig_.clock.advance(0h);
  EXPECT_EQ(measuring_.run_once().value(), 1);
  rig_.executor.pass(5min);
  EXPECT_NE(of_account(account_).problem, "");
  rig_.transport.answer(kFigures, 200, "views=3");
  rig_.clock.advance(11min);
  EXPECT_EQ(run(), 1);
  EXPECT_EQ(of_account(account_).problem, "");
}

TEST_F(MeasuringTest, figures_of_one_customer_are_never_anothers) {
  run();
  const Account theirs = rig_.add_account(rig_.bob, "two");
  rig_.transport.answer(kFigures, 200, "views=99");
  EXPECT_EQ(run(), 1);
  EXPECT_EQ(rig_.transport.sent().back().customer, theirs.customer);
  EXPECT_EQ(of_account(account_).latest, (Metrics{{"views", 3}}));
  EXPECT_EQ(of_account(theirs).latest, (Metrics{{"views", 99}}));
  EXPECT_EQ(rig_.store.account_figures(rig_.ada.scope, always())->size(), 1u);
}

TEST_F(MeasuringTest, few_are_under_way_at_once_and_the_next_begins_when_one_ends) {
  for (int i = 0; i < 10; ++i) (void)rig_.add_account(rig_.bob, "b" + std::to_string(i));
  rig_.wire.hold = true;
  measuring_.start();
  rig_.executor.run();
  EXPECT_EQ(measuring_.in_flight(), Measuring::kInFlightMax);
  EXPECT_EQ(measuring_.last_pass(), rig_.clock.now());
  rig_.wire.release();
  rig_.executor.run();
  EXPECT_EQ(measuring_.in_flight(), 0);
  EXPECT_EQ(asked(), 11u) << "without waiting for the next second";
  measuring_.stop();
}

TEST_F(MeasuringTest, it_looks_every_second_until_it_is_stopped) {
  measuring_.start();
  rig_.executor.pass(10s);
  EXPECT_EQ(measuring_.last_pass(), rig_.clock.now());
  (void)rig_.add_account(rig_.bob, "late");
  rig_.executor.pass(1s);
  EXPECT_EQ(asked(), 2u);
  measuring_.stop();
  (void)rig_.add_account(rig_.bob, "later");
  rig_.executor.pass(1min);
  EXPECT_EQ(asked(), 2u);
}

}  // namespace
}  // namespace herald
