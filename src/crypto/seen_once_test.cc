#include "crypto/seen_once.h"

#include <gtest/gtest.h>

namespace herald {
namespace {

using Answer = SeenOnce::Answer;

TEST(SeenOnce, ANameIsTakenOnceUntilItExpires) {
  SeenOnce seen(10);
  EXPECT_EQ(seen.take("a", from_ms(100), from_ms(0)), Answer::first);
  EXPECT_EQ(seen.take("a", from_ms(100), from_ms(99)), Answer::again);
  EXPECT_EQ(seen.take("b", from_ms(100), from_ms(99)), Answer::first);
  EXPECT_EQ(seen.take("a", from_ms(200), from_ms(100)), Answer::first);
}

TEST(SeenOnce, AFullMemoryForgetsNothingThatLives) {
  SeenOnce seen(2);
  EXPECT_EQ(seen.take("a", from_ms(100), from_ms(0)), Answer::first);
  EXPECT_EQ(seen.take("b", from_ms(50), from_ms(0)), Answer::first);
  EXPECT_EQ(seen.take("c", from_ms(100), from_ms(0)), Answer::full);
  EXPECT_EQ(seen.take("a", from_ms(100), from_ms(0)), Answer::again);
  EXPECT_EQ(seen.take("c", from_ms(100), from_ms(50)), Answer::first);
}

}  // namespace
}  // namespace herald
