// Which work is taken, when, and how much of it at once.
#include "app/queue.h"

#include <gtest/gtest.h>

#include <new>

#include "app/toy_rig.h"

namespace herald {
namespace {

using namespace std::chrono_literals;
using namespace testing::toy;

class QueueTest : public ::testing::Test {
 protected:
  QueueTest() {
    rig_.transport.answer(kUpload, 200, "");
    rig_.transport.answer(kPost, 200, "remote");
    queue_.stop();  // It works when run_once() is called, and not by itself.
  }
  Queue queue_with(int in_flight_max) {
    return {rig_.store, rig_.runner, rig_.follow_ups, rig_.clock, rig_.executor,
            rig_.log,   60s,         in_flight_max};
  }
  // Claims and works until nothing is due any more. How many were started.
  int drain() {
    int started = 0;
    for (int more = 1; more > 0; started += more) {
      more = queue_.run_once().value();
      rig_.executor.run();
    }
    return started;
  }
  DeliveryState state(const std::string& name) { return rig_.delivery(account_, name).state; }

  testing::ToyRig rig_;
  Queue queue_ = queue_with(8);
  Account account_ = rig_.add_account(rig_.ada, "one");
};

TEST_F(QueueTest, nothing_goes_out_before_its_time) {
  rig_.add_post(account_, "later", 1h);
  EXPECT_EQ(drain(), 0);
  rig_.clock.advance(1h - 1ms);
  EXPECT_EQ(drain(), 0);
  rig_.clock.advance(1ms);
  EXPECT_EQ(drain(), 1);
  EXPECT_EQ(state("later"), DeliveryState::published);
}

TEST_F(QueueTest, an_account_gets_its_posts_in_order) {
  for (const char* name : {"c", "a", "b"}) {
    rig_.add_post(account_, name, name == std::string("c") ? 1min : 2min);
  }
  rig_.clock.advance(3min);
  std::vector<std::string> order;
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(queue_.run_once().value(), 1);
    rig_.executor.run();
    for (const char* name : {"a", "b", "c"}) {
      if (state(name) == DeliveryState::published && std::ranges::count(order, name) == 0) {
        order.emplace_back(name);
      }
    }
  }
  EXPECT_EQ(order, (Words{"c", "a", "b"}));
}

TEST_F(QueueTest, F09_a_rate_limit_holds_the_account_back_and_nobody_else) {
  const auto other = rig_.add_account(rig_.ada, "two");
  rig_.add_post(account_, "first");
  rig_.add_post(account_, "second", 1s);
  rig_.transport.answer(kUpload, 429, "600");
  EXPECT_EQ(drain(), 1);
  rig_.transport.answer(kUpload, 200, "");
  rig_.clock.advance(599s);
  rig_.add_post(other, "of another account");
  EXPECT_EQ(drain(), 1);
  EXPECT_EQ(state("second"), DeliveryState::scheduled);
  rig_.clock.advance(1s);
  EXPECT_EQ(drain(), 2);
  EXPECT_EQ(state("second"), DeliveryState::published);
}

TEST_F(QueueTest, a_parked_post_holds_later_ones_back) {
  rig_.add_post(account_, "first");
  rig_.add_post(account_, "second", 1s);
  rig_.transport.answer(kUpload, 403, "{}");
  EXPECT_EQ(drain(), 1);
  EXPECT_EQ(state("first"), DeliveryState::parked);
  rig_.clock.advance(1h);
  EXPECT_EQ(drain(), 0);
  EXPECT_EQ(state("second"), DeliveryState::scheduled);
}

TEST_F(QueueTest, doubt_and_review_do_not_hold_back) {
  rig_.add_post(account_, "first");
  rig_.add_post(account_, "second", 1s);
  rig_.wire.lose_answer(kPost);
  EXPECT_EQ(queue_.run_once().value(), 1);
  rig_.executor.run();
  ASSERT_EQ(state("first"), DeliveryState::unknown);
  rig_.clock.advance(1s);
  EXPECT_EQ(drain(), 1);
  EXPECT_EQ(state("second"), DeliveryState::published);

  Delivery row = rig_.delivery(account_, "first");
  row.state = DeliveryState::review;
  ASSERT_TRUE(rig_.store.save_delivery(row, row.lease, {}, {}));
  rig_.add_post(account_, "third");
  EXPECT_EQ(drain(), 1);
  EXPECT_EQ(state("third"), DeliveryState::published);
}

TEST_F(QueueTest, what_is_looked_for_is_never_sent_again_while_it_may_be_there) {
  rig_.transport.answer(kFind, 200, "live");
  rig_.add_post(account_, "first");
  rig_.wire.lose_answer(kPost);
  EXPECT_EQ(drain(), 1);
  rig_.clock.advance(1min);
  EXPECT_EQ(drain(), 1);
  EXPECT_EQ(state("first"), DeliveryState::published);
  EXPECT_EQ(rig_.transport.count(kPost), 1u);
}

TEST_F(QueueTest, no_more_is_taken_than_there_is_room_for) {
  Queue small = queue_with(3);
  small.stop();
  for (int i = 0; i < 5; ++i) {
    const auto name = std::to_string(i);
    rig_.add_post(rig_.add_account(rig_.ada, "acc" + name), "post" + name);
  }
  EXPECT_EQ(small.run_once().value(), 3);
  EXPECT_EQ(small.in_flight(), 3);
  EXPECT_EQ(small.run_once().value(), 0);
  rig_.executor.run();
  EXPECT_EQ(small.in_flight(), 0);
  EXPECT_EQ(small.run_once().value(), 2);
  rig_.executor.run();
  EXPECT_EQ(small.in_flight(), 0);
}

TEST_F(QueueTest, T28_one_customers_flood_does_not_delay_anothers_post) {
  for (int i = 0; i < 30; ++i) {
    const auto name = std::to_string(i);
    rig_.add_post(rig_.add_account(rig_.ada, "acc" + name), "post" + name);
  }
  const auto bobs = rig_.add_account(rig_.bob, "bobs");
  rig_.add_post(bobs, "bobs post");
  Queue small = queue_with(2);
  small.stop();
  EXPECT_EQ(small.run_once().value(), 2);
  rig_.executor.run();
  EXPECT_EQ(rig_.delivery(bobs, "bobs post").state, DeliveryState::published);
}

TEST_F(QueueTest, once_started_it_works_by_itself_and_stops_when_told) {
  rig_.add_post(account_, "now");
  rig_.add_post(account_, "soon", 5min);
  queue_.start();
  rig_.executor.run();
  EXPECT_EQ(state("now"), DeliveryState::published);
  EXPECT_EQ(state("soon"), DeliveryState::scheduled);
  rig_.executor.pass(6min);
  EXPECT_EQ(state("soon"), DeliveryState::published);
  EXPECT_GE(queue_.last_pass(), rig_.clock.now() - 2s);
  queue_.stop();
  rig_.add_post(account_, "after");
  queue_.wake();
  rig_.executor.pass(1h);
  EXPECT_EQ(state("after"), DeliveryState::scheduled);
}

// Looking for due work costs the store as much for one seat as for many.
TEST_F(QueueTest, under_load_one_free_seat_is_filled_by_the_next_pass) {
  rig_.wire.hold = true;
  for (int i = 0; i < 7; ++i) {
    const auto name = std::to_string(i);
    rig_.add_post(rig_.add_account(rig_.ada, "acc" + name), "post" + name);
  }
  queue_.start();
  rig_.executor.run();
  ASSERT_EQ(queue_.in_flight(), 7);
  rig_.wire.hold = false;
  rig_.add_post(account_, "one");
  rig_.add_post(account_, "after it", 1ms);
  rig_.clock.advance(1ms);
  queue_.wake();
  rig_.executor.run();
  EXPECT_EQ(state("one"), DeliveryState::published);
  EXPECT_EQ(state("after it"), DeliveryState::scheduled);
  rig_.executor.pass(1s);
  EXPECT_EQ(state("after it"), DeliveryState::published);
  rig_.wire.release();
  rig_.executor.run();
  EXPECT_EQ(queue_.in_flight(), 0);
}

TEST_F(QueueTest, while_no_seat_is_free_the_store_is_left_alone) {
  rig_.wire.hold = true;
  for (int i = 0; i < 10; ++i) {
    const auto name = std::to_string(i);
    rig_.add_post(rig_.add_account(rig_.ada, "acc" + name), "post" + name);
  }
  queue_.start();
  rig_.executor.run();
  ASSERT_EQ(queue_.in_flight(), 8);
  int asked = 0;
  rig_.store.before = [&](std::string_view act) -> Result<Done> {
    if (act == "next_due") ++asked;
    return Done{};
  };
  rig_.executor.pass(10s);
  EXPECT_LE(asked, 11);
  rig_.wire.release();
  rig_.executor.run();
  EXPECT_EQ(state("post9"), DeliveryState::published);
}

// Reading what is parked may take long where much is.
TEST_F(QueueTest, a_lease_counts_from_when_it_is_taken) {
  rig_.add_post(account_, "post");
  rig_.store.before = [this](std::string_view act) -> Result<Done> {
    if (act == "resume_parked") rig_.clock.advance(2min);
    return Done{};
  };
  EXPECT_EQ(drain(), 1);
  EXPECT_EQ(state("post"), DeliveryState::published);
}

TEST_F(QueueTest, what_is_thrown_in_one_pass_does_not_stop_the_next) {
  int asked = 0;
  rig_.store.before = [&](std::string_view act) -> Result<Done> {
    if (act == "next_due" && ++asked == 1) throw std::bad_alloc();
    return Done{};
  };
  queue_.start();
  rig_.executor.run();
  EXPECT_EQ(asked, 1);
  EXPECT_EQ(rig_.log.lines.size(), 1u);
  rig_.executor.pass(5s);
  EXPECT_GT(asked, 1);
  EXPECT_EQ(queue_.last_pass(), rig_.clock.now());
  EXPECT_EQ(queue_.in_flight(), 0);
}

}  // namespace
}  // namespace herald
