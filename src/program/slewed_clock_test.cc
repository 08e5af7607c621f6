#include "program/slewed_clock.h"

#include <gtest/gtest.h>

#include "testing/fake_clock.h"

namespace herald {
namespace {

using namespace std::chrono_literals;

class SlewedClockTest : public ::testing::Test {
 protected:
  void pass(Duration by) {
    wall_.advance(by);
    uptime_ += by;
  }

  testing::FakeClock wall_;
  Duration uptime_ = 17h;
  SlewedClock clock_{wall_, [this] { return uptime_; }};
};

TEST_F(SlewedClockTest, goes_as_the_wall_clock_does) {
  EXPECT_EQ(clock_.now(), wall_.now());
  for (const Duration by : {Duration(1ms), Duration(99ms), Duration(100ms), Duration(36h)}) {
    pass(by);
    EXPECT_EQ(clock_.now(), wall_.now());
  }
}

TEST_F(SlewedClockTest, O55_ages_by_the_time_that_passed_when_the_wall_clock_jumps) {
  for (const Duration jump : {Duration(1h), Duration(-3h), Duration(24h * 365)}) {
    const Time before = clock_.now();
    wall_.advance(jump);
    EXPECT_EQ(clock_.now(), before);
    for (int i = 0; i < 600; ++i) {
      pass(1s);
      clock_.now();
    }
    const Duration age = clock_.now() - before;
    EXPECT_GE(age, 10min - 6s);
    EXPECT_LE(age, 10min + 6s);
  }
}

TEST_F(SlewedClockTest, comes_to_agree_with_the_wall_clock_again) {
  wall_.advance(1h);
  pass(99h);
  EXPECT_LT(clock_.now(), wall_.now());
  pass(1h);
  EXPECT_EQ(clock_.now(), wall_.now());
}

TEST_F(SlewedClockTest, never_goes_back_however_often_it_is_asked) {
  wall_.advance(-1h);
  for (int i = 0; i < 1000; ++i) {
    const Time before = clock_.now();
    pass(1ms);
    EXPECT_GE(clock_.now(), before);
  }
  EXPECT_LT(clock_.now(), wall_.now() + 1h);  // It slews although it is asked all the time.
}

}  // namespace
}  // namespace herald
