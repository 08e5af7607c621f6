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

}  // namespace
}  // namespace herald
