#include "domain/measurement_rules.h"

#include <gtest/gtest.h>

#include <set>

namespace herald {
namespace {

using namespace std::chrono_literals;

const ReadingPaces kNinety{{std::chrono::days(90), std::chrono::days(1)}};
const Time kBegun = from_ms(1'795'000'000'000);

Measurement of_post(const std::string& id = "dlv_1") {
  Measurement row;
  row.customer = CustomerId("acme");
  row.account = AccountId("page");
  row.delivery = DeliveryId(id);
  row.begun_at = kBegun;
  row.due_at = kBegun + 1h;
  return row;
}

Measurement of_account() {
  Measurement row = of_post("");
  row.due_at = kBegun;
  return row;
}

Error error(ErrorKind kind, std::optional<std::chrono::seconds> retry_after = {}) {
  return {kind, "It said no.", {}, retry_after, {}};
}

// Read whenever it is due; the times of all readings, since it began.
std::vector<Duration> readings(Measurement row, Duration until) {
  std::vector<Duration> times;
  while (row.due_at && *row.due_at - kBegun < until) {
    const Time now = *row.due_at;
    times.push_back(now - kBegun);
    row = after_reading(row, kNinety, now);
  }
  return times;
}

TEST(MeasurementRules, a_post_is_read_after_an_hour_a_day_and_then_daily_for_as_long_as_it_moves) {
  const auto times = readings(of_post(), 180 * 24h);
  ASSERT_EQ(times.size(), 91u);
  EXPECT_EQ(times[0], 1h);
  for (std::size_t day = 1; day < times.size(); ++day) {
    EXPECT_GE(times[day], static_cast<int>(day) * 24h);
    EXPECT_LT(times[day], static_cast<int>(day) * 24h + 2h);
  }
}

TEST(MeasurementRules, a_post_is_read_more_rarely_where_its_platform_wants_that) {
  const ReadingPaces paces{{std::chrono::days(3), std::chrono::days(1)},
                           {std::chrono::days(30), std::chrono::days(7)}};
  std::vector<std::int64_t> days;
  for (Measurement row = of_post(); row.due_at;) {
    const Time now = *row.due_at;
    days.push_back((now - kBegun) / 24h);
    row = after_reading(row, paces, now);
  }
  EXPECT_EQ(days, (std::vector<std::int64_t>{0, 1, 2, 3, 7, 14, 21, 28}));
  EXPECT_EQ((*after_reading(of_account(), paces, kBegun + 24h * 50).due_at - kBegun) / 24h, 51)
      << "an account is read daily whatever becomes of its posts";
}

TEST(MeasurementRules, what_no_call_is_left_for_comes_tomorrow_the_longest_unread_first) {
  const Time tomorrow = std::chrono::floor<std::chrono::days>(kBegun) + std::chrono::days(1);
  Measurement row = of_post();
  row.attempt = 2;
  const auto moved = [&](Duration unread) {
    row.measured_at = kBegun - unread;
    return moved_to_tomorrow(row, kBegun);
  };
  EXPECT_GE(*moved(1h).due_at, tomorrow);
  EXPECT_LT(*moved(1h).due_at, tomorrow + 2h);
  EXPECT_LT(*moved(30h).due_at, *moved(1h).due_at);
  EXPECT_LT(*moved(24h * 9).due_at, *moved(24h * 3).due_at);
  EXPECT_EQ(moved(1h).attempt, 2) << "it was no try";
  EXPECT_EQ(moved(1h).problem, "");
  row.begun_at = kBegun - 24h * 400;
  EXPECT_TRUE(moved(24h).due_at) << "what was owed is not lost";
}

TEST(MeasurementRules, an_account_is_read_at_once_and_daily_without_end) {
  const auto times = readings(of_account(), 365 * 24h);
  ASSERT_EQ(times.size(), 365u);
  EXPECT_EQ(times[0], 0ms);
  EXPECT_GE(times[1], 24h);
}

TEST(MeasurementRules, the_first_figures_are_due_when_the_operator_says_and_spread_by_a_tenth) {
  Delivery delivery;
  delivery.id = DeliveryId("dlv_1");
  delivery.state = DeliveryState::published;
  delivery.remote_id = "remote";
  delivery.published_at = kBegun;
  const auto row = measurement_of(delivery, 20s);
  ASSERT_TRUE(row);
  EXPECT_GE(*row->due_at, kBegun + 20s);
  EXPECT_LT(*row->due_at, kBegun + 22s);
  delivery.remote_id.clear();
  EXPECT_FALSE(measurement_of(delivery, 20s)) << "nobody could be asked for it";
  delivery.remote_id = "remote";
  delivery.state = DeliveryState::unknown;
  EXPECT_FALSE(measurement_of(delivery, 20s));
}

TEST(MeasurementRules, a_thousand_posts_of_one_moment_do_not_fall_due_in_one_second) {
  std::map<std::int64_t, int> due_in_second;
  for (int i = 0; i < 1000; ++i) {
    const auto row = after_reading(of_post("dlv_" + std::to_string(i)), kNinety, kBegun + 1h);
    ++due_in_second[to_ms(*row.due_at) / 1000];
  }
  for (const auto& [second, count] : due_in_second) EXPECT_LT(count, 12);
}

TEST(MeasurementRules, a_late_reading_does_not_bring_two_in_a_row) {
  const auto row = after_reading(of_post(), kNinety, kBegun + 23h);
  EXPECT_GE(*row.due_at, kBegun + 48h);
}

TEST(MeasurementRules, a_reading_forgets_the_failures_before_it) {
  Measurement row = of_post();
  row.attempt = 4;
  row.problem = "It said no.";
  row = after_reading(row, kNinety, kBegun + 1h);
  EXPECT_EQ(row.attempt, 0);
  EXPECT_EQ(row.problem, "");
  EXPECT_EQ(row.measured_at, kBegun + 1h);
}

TEST(MeasurementRules, failures_are_tried_again_ever_more_rarely_and_at_least_daily) {
  Measurement row = of_account();
  Time now = kBegun;
  Duration before{};
  for (int i = 1; i <= 12; ++i) {
    row = after_failure(row, error(ErrorKind::unavailable), kNinety, now);
    EXPECT_EQ(row.attempt, i);
    const Duration delay = *row.due_at - now;
    EXPECT_LE(delay, 24h);
    EXPECT_GE(delay, i < 8 ? 5min * (1 << (i - 1)) : Duration(12h));
    if (i < 8) EXPECT_GT(delay * 2, before);
    before = delay;
    now = *row.due_at;
  }
  EXPECT_EQ(row.problem, "It said no.");
}

TEST(MeasurementRules, a_platform_that_says_when_is_not_asked_before) {
  const auto busy = error(ErrorKind::unavailable, 3h);
  EXPECT_GE(*after_failure(of_post(), busy, kNinety, kBegun).due_at, kBegun + 3h);
  const auto limited = error(ErrorKind::rate_limited, 40min);
  EXPECT_EQ(after_failure(of_post(), limited, kNinety, kBegun).due_at, kBegun + 40min);
}

TEST(MeasurementRules, a_rate_limit_costs_no_attempt_and_concerns_the_account) {
  const auto row = after_failure(of_post(), error(ErrorKind::rate_limited), kNinety, kBegun);
  EXPECT_EQ(row.attempt, 0);
  EXPECT_EQ(row.due_at, kBegun + 15min);
  EXPECT_TRUE(concerns_account(error(ErrorKind::rate_limited)));
  EXPECT_TRUE(concerns_account(error(ErrorKind::unauthorized))) << "no post of it can be read";
  EXPECT_FALSE(concerns_account(error(ErrorKind::forbidden)));
  EXPECT_FALSE(concerns_account(error(ErrorKind::unavailable)));
}

TEST(MeasurementRules, what_is_not_permitted_is_asked_for_a_day_later) {
  for (const auto kind : {ErrorKind::unauthorized, ErrorKind::forbidden}) {
    const auto row = after_failure(of_post(), error(kind), kNinety, kBegun);
    EXPECT_GE(*row.due_at, kBegun + 24h);
    EXPECT_LT(*row.due_at, kBegun + 26h);
  }
}

TEST(MeasurementRules, a_post_that_is_gone_is_read_no_more_but_an_account_is) {
  const auto gone = error(ErrorKind::not_found);
  const auto post = after_failure(of_post(), gone, kNinety, kBegun);
  EXPECT_FALSE(post.due_at);
  EXPECT_EQ(post.problem, "It said no.");
  EXPECT_TRUE(after_failure(of_account(), gone, kNinety, kBegun).due_at);
}

TEST(MeasurementRules, failures_too_end_when_the_post_is_too_old) {
  const Time old = kBegun + 90 * 24h;
  for (const auto kind : {ErrorKind::unauthorized, ErrorKind::internal}) {
    Measurement row = of_post();
    row.attempt = 9;
    EXPECT_FALSE(after_failure(row, error(kind), kNinety, old).due_at);
  }
}

TEST(MeasurementRules, a_reconnect_wakes_the_account_what_failed_and_what_is_late) {
  const Time now = kBegun + 48h;
  const auto woken = [&](Measurement row) {
    const auto lease = row.lease;
    wake(row, now);
    return row.due_at == now && row.lease == lease + 1;
  };
  Measurement row = of_post();
  row.due_at = now + 1h;
  row.measured_at = now - 23h;
  EXPECT_FALSE(woken(row));
  row.problem = "It said no.";
  EXPECT_TRUE(woken(row));
  row.problem.clear();
  row.measured_at = now - 24h;
  EXPECT_TRUE(woken(row)) << "put off with its account";
  row.due_at.reset();
  EXPECT_FALSE(woken(row)) << "it is over";
  row = of_account();
  row.due_at = now + 1h;
  row.measured_at = now;
  EXPECT_TRUE(woken(row)) << "more may be permitted now";
}

MetricSpec metric(MetricSpec::Of of, const std::string& name, const std::string& kind = {},
                  std::chrono::hours kept_max = {}) {
  MetricSpec spec;
  spec.of = of;
  spec.name = name;
  spec.account_kind = kind;
  spec.kept_max = kept_max;
  return spec;
}

TEST(MeasurementRules, only_whole_numbers_are_figures) {
  const auto read = readings_of({}, MetricSpec::Of::post, "page",
                                {{"views", "12"},
                                 {"loss", "-3"},
                                 {"zero", "0"},
                                 {"half", "0.5"},
                                 {"text", "many"},
                                 {"none", ""},
                                 {"unit", "7 likes"},
                                 {"huge", "99999999999999999999"}},
                                kBegun);
  ASSERT_EQ(read.size(), 1u);
  EXPECT_EQ(read[0].at, kBegun);
  EXPECT_EQ(read[0].values, (Metrics{{"views", 12}, {"loss", -3}, {"zero", 0}}));
  EXPECT_TRUE(readings_of({}, MetricSpec::Of::post, "page", {{"text", "x"}}, kBegun).empty());
}

TEST(MeasurementRules, a_spec_says_which_figures_are_kept_of_whom_and_how_long) {
  const std::vector<MetricSpec> specs{metric(MetricSpec::Of::post, "views"),
                                      metric(MetricSpec::Of::account, "followers"),
                                      metric(MetricSpec::Of::post, "reach", "member", 48h),
                                      metric(MetricSpec::Of::post, "reach", "page"),
                                      metric(MetricSpec::Of::post, "clicks", "page")};
  const std::map<std::string, std::string> facts{
      {"views", "1"}, {"followers", "2"}, {"reach", "3"}, {"clicks", "4"}, {"extra", "5"}};
  const auto page = readings_of(specs, MetricSpec::Of::post, "page", facts, kBegun);
  ASSERT_EQ(page.size(), 1u);
  EXPECT_EQ(page[0].values, (Metrics{{"views", 1}, {"reach", 3}, {"clicks", 4}}));
  const auto member = readings_of(specs, MetricSpec::Of::post, "member", facts, kBegun);
  ASSERT_EQ(member.size(), 2u);
  EXPECT_EQ(member[0].values, (Metrics{{"views", 1}}));
  EXPECT_EQ(member[1].values, (Metrics{{"reach", 3}}));
  EXPECT_EQ(member[1].kept_max, 48h);
  EXPECT_EQ(day_row(of_post(), member[1]).expires_at, kBegun + 48h);
  EXPECT_FALSE(day_row(of_post(), member[0]).expires_at);
}

TEST(MeasurementRules, days_are_those_of_utc) {
  const Day day = std::chrono::floor<std::chrono::days>(kBegun);
  EXPECT_EQ(day_row(of_post(), {Time(day), {}, {}}).day, day);
  EXPECT_EQ(day_row(of_post(), {Time(day) + 24h - 1ms, {}, {}}).day, day);
  EXPECT_EQ(day_row(of_post(), {Time(day) + 24h, {}, {}}).day, day + std::chrono::days(1));
}

}  // namespace
}  // namespace herald
