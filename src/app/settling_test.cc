#include "app/settling.h"

#include <gtest/gtest.h>

namespace herald {
namespace {

using namespace std::chrono_literals;

const Time kNow = from_ms(1'800'000'000'000);

Delivery running() {
  Delivery delivery;
  delivery.state = DeliveryState::running;
  delivery.due_at = delivery.publish_at = kNow;
  delivery.missed_after = kNow + 24h;
  return delivery;
}

TEST(Settling, an_outage_is_outlasted_until_it_is_too_late) {
  const Settle outage{Error{ErrorKind::unavailable, "It is down.", {}, {}, "no_answer"}};
  Delivery delivery = running();
  Time now = kNow;
  int tries = 0;
  for (; tries < 1000; ++tries) {
    delivery = settled(delivery, outage, 1, now, 0.5);
    if (delivery.state != DeliveryState::scheduled) break;
    ASSERT_LE(delivery.due_at, delivery.missed_after);
    ASSERT_LE(delivery.due_at, now + 1h);
    now = delivery.due_at;
    delivery.state = DeliveryState::running;
  }
  EXPECT_EQ(delivery.state, DeliveryState::failed);
  EXPECT_GT(now, kNow + 22h);
  EXPECT_LT(tries, 60);
}

Settle failing(ErrorKind kind, std::optional<std::chrono::seconds> retry_after = {}) {
  return {Error{kind, "It said no.", {}, retry_after, {}}};
}

Delivery in_doubt() {
  Delivery delivery = running();
  delivery.state = DeliveryState::unknown;
  delivery.fence = Fence{0, 0, kNow, kNow + 5s, kNow + 2min};
  return delivery;
}

Result<Found> nothing_found(bool once_only = false) {
  return Found{Found::What::absent, {}, {}, once_only};
}

TEST(Settling, a_backoff_doubles_from_15_seconds_to_an_hour_within_its_upper_half) {
  Duration longest = 15s;
  for (int attempt = 1; attempt < 40; ++attempt) {
    EXPECT_EQ(backoff(attempt, 0), longest / 2) << attempt;
    EXPECT_LE(backoff(attempt, 0.999999), longest);
    EXPECT_GE(backoff(attempt, 0.999999), longest - 10ms * attempt - 2s);
    EXPECT_LT(backoff(attempt, 0.25), backoff(attempt, 0.75));
    longest = std::min<Duration>(2 * longest, 1h);
  }
  EXPECT_EQ(backoff(1'000'000, 0), 30min);
}

TEST(Settling, F09_nothing_is_tried_before_the_platform_said) {
  for (const auto kind : {ErrorKind::rate_limited, ErrorKind::unavailable}) {
    const auto delivery = settled(running(), failing(kind, 3600s), 1, kNow, 0);
    EXPECT_EQ(delivery.state, DeliveryState::scheduled);
    EXPECT_EQ(delivery.due_at, kNow + 1h);
  }
  EXPECT_EQ(settled(running(), failing(ErrorKind::rate_limited), 1, kNow, 0).due_at, kNow + 15min);
  // A hint shorter than the backoff does not shorten it.
  Delivery tired = running();
  tired.attempt = 10;
  EXPECT_EQ(settled(tired, failing(ErrorKind::unavailable, 1s), 1, kNow, 0).due_at, kNow + 30min);
}

TEST(Settling, F09_a_rate_limit_spends_no_attempt) {
  Delivery delivery = running();
  for (int i = 0; i < 50; ++i) {
    delivery = settled(delivery, failing(ErrorKind::rate_limited), 1, kNow, 0);
    ASSERT_EQ(delivery.state, DeliveryState::scheduled);
  }
  EXPECT_EQ(delivery.attempt, 0);
}

TEST(Settling, a_refusal_is_final_and_says_why) {
  const auto delivery = settled(running(), failing(ErrorKind::invalid), 1, kNow, 0);
  EXPECT_EQ(delivery.state, DeliveryState::failed);
  EXPECT_EQ(delivery.message, "It said no.");
  EXPECT_EQ(delivery.code, "invalid");
}

TEST(Settling, a_dead_grant_parks_under_the_version_that_failed) {
  const auto delivery = settled(running(), failing(ErrorKind::unauthorized), 7, kNow, 0);
  EXPECT_EQ(delivery.state, DeliveryState::parked);
  EXPECT_EQ(delivery.parked_version, 7);
}

TEST(Settling, doubt_is_looked_into_and_never_tried_again) {
  for (const auto kind : {ErrorKind::unknown_outcome, ErrorKind::unavailable}) {
    const Settle doubt{Error{kind, "?", {}, {}, {}}, true};
    EXPECT_EQ(settled(running(), doubt, 1, kNow, 0).state, DeliveryState::unknown);
  }
}

TEST(Settling, what_is_visible_in_part_is_not_given_up_for_an_outage) {
  Delivery delivery = running();
  delivery.visible_calls = 1;
  delivery.missed_after = kNow - 1h;
  delivery = settled(delivery, failing(ErrorKind::unavailable), 1, kNow, 0);
  EXPECT_EQ(delivery.state, DeliveryState::waiting);
  EXPECT_EQ(
      not_begun(delivery, {ErrorKind::not_found, "Its file is gone.", {}, {}, {}}, kNow, 0).state,
      DeliveryState::review);
}

TEST(Settling, a_flow_that_ends_with_something_else_is_no_success) {
  EXPECT_EQ(settled(running(), Settle{Outcome{Done{}}}, 1, kNow, 0).state, DeliveryState::failed);
}

TEST(Settling, absence_takes_two_looks_the_second_when_nothing_can_be_on_its_way) {
  const Duration lag = 5min;
  Delivery delivery = looked(in_doubt(), nothing_found(), {}, lag, kNow + 10s, 0);
  ASSERT_EQ(delivery.state, DeliveryState::unknown);
  EXPECT_TRUE(delivery.fence);
  const Time sure = delivery.due_at;
  EXPECT_GE(sure, kNow + 10s + lag);
  EXPECT_GE(sure, kNow + 2min + 2min);
  // However many looks come too early, they prove nothing.
  for (Time now = kNow + 1min; now < sure; now += 1min) {
    delivery = looked(delivery, nothing_found(), {}, lag, now, 0);
    ASSERT_EQ(delivery.state, DeliveryState::unknown);
  }
  delivery = looked(delivery, nothing_found(), "where to go on", lag, sure, 0);
  EXPECT_EQ(delivery.state, DeliveryState::scheduled);
  EXPECT_FALSE(delivery.fence);
  EXPECT_EQ(delivery.attempt, 1);
  EXPECT_EQ(delivery.sealed_progress, "where to go on");
}

TEST(Settling, a_ticket_that_is_good_once_does_not_wait_for_the_listing) {
  Delivery delivery = looked(in_doubt(), nothing_found(true), {}, 24h, kNow + 10s, 0);
  ASSERT_EQ(delivery.state, DeliveryState::unknown);
  EXPECT_EQ(delivery.due_at, kNow + 2min);
  EXPECT_EQ(looked(delivery, nothing_found(true), {}, 24h, kNow + 2min, 0).state,
            DeliveryState::scheduled);
}

TEST(Settling, a_look_that_finds_it_publishes_it) {
  const auto delivery =
      looked(in_doubt(), Found{Found::What::live, {"remote", "url", {}}, {}, false}, {}, 1min,
             kNow + 1min, 0);
  EXPECT_EQ(delivery.state, DeliveryState::published);
  EXPECT_EQ(delivery.remote_id, "remote");
  EXPECT_FALSE(delivery.fence);
}

TEST(Settling, what_was_taken_over_goes_on_waiting_and_counts_as_visible) {
  const auto delivery =
      looked(in_doubt(), Found{Found::What::accepted, {}, {}, false}, "on", 1min, kNow + 1min, 0);
  EXPECT_EQ(delivery.state, DeliveryState::waiting);
  EXPECT_EQ(delivery.visible_calls, 1);
  EXPECT_FALSE(delivery.fence);
}

TEST(Settling, looks_that_cannot_tell_end_with_a_person_and_never_with_a_second_post) {
  Delivery delivery = in_doubt();
  Time now = kNow;
  int looks = 0;
  while (delivery.state == DeliveryState::unknown && looks < 100) {
    delivery = looked(delivery, Found{}, {}, 1min, now, 0.5);
    now = delivery.due_at;
    ++looks;
  }
  EXPECT_EQ(delivery.state, DeliveryState::review);
  EXPECT_EQ(looks, kLooksBlindMax);
  EXPECT_TRUE(delivery.fence);
  EXPECT_GT(now, kNow + 6h);
}

// What the look has learned is not lost on whoever sends it on by hand.
TEST(Settling, a_look_that_cannot_tell_may_leave_a_note_for_going_on) {
  Delivery delivery = in_doubt();
  delivery.sealed_progress = "before";
  const Found silent{Found::What::cannot_tell, {}, {}, false};
  EXPECT_EQ(looked(delivery, silent, {}, 1min, kNow, 0).sealed_progress, "before");
  EXPECT_EQ(looked(delivery, silent, "doubted", 1min, kNow, 0).sealed_progress, "doubted");
  EXPECT_TRUE(looked(delivery, silent, "doubted", 1min, kNow, 0).fence);
}

TEST(Settling, a_rate_limited_look_is_none) {
  Delivery delivery = in_doubt();
  for (int i = 0; i < 100; ++i) {
    delivery = looked(delivery, std::unexpected(Error{ErrorKind::rate_limited, {}, {}, 60s, {}}),
                      {}, 1min, kNow, 0);
    ASSERT_EQ(delivery.state, DeliveryState::unknown);
    ASSERT_EQ(delivery.due_at, kNow + 60s);
  }
}

TEST(Settling, what_is_not_taken_eight_times_has_failed) {
  Delivery delivery = in_doubt();
  int rounds = 0;
  while (delivery.state != DeliveryState::failed && rounds < 100) {
    delivery.state = DeliveryState::unknown;
    delivery.fence = Fence{0, delivery.attempt, kNow, kNow, kNow};
    delivery.looks = 1;
    delivery.last_look_at = kNow;
    delivery = looked(delivery, nothing_found(), {}, 1min, kNow + 1h, 0);
    ++rounds;
  }
  EXPECT_EQ(rounds, kAttemptsMax);
  EXPECT_EQ(delivery.code, "gave_up");
}

}  // namespace
}  // namespace herald
