#include "platforms/window.h"

#include <gtest/gtest.h>

namespace herald {
namespace {

using namespace std::chrono_literals;

Time noon() { return from_ms(1'795'348'800'000); }

Input begun(Time ours, std::optional<Time> theirs) {
  Input input;
  input.now = ours + 5min;
  input.begun_at = ours;
  input.platform_time = theirs;
  return input;
}

TEST(Window, where_the_clocks_agree_only_what_is_younger_counts) {
  const Input input = begun(noon(), noon() - 1s);
  EXPECT_EQ(age_of(input, noon() - 3min), Age::before);
  EXPECT_EQ(age_of(input, noon() - 1min), Age::since);
  EXPECT_EQ(age_of(input, noon() + 1h), Age::since);
}

TEST(Window, a_clock_that_was_ahead_leaves_the_post_in_doubt) {
  const Input input = begun(noon() + 1h, noon());
  EXPECT_EQ(age_of(input, noon() + 1s), Age::doubtful);
  EXPECT_EQ(age_of(input, noon() - 3min), Age::before);
}

TEST(Window, a_clock_that_was_behind_makes_no_older_post_ours) {
  const Input input = begun(noon() - 1h, noon());
  EXPECT_EQ(age_of(input, noon() - 30min), Age::before);
  EXPECT_EQ(age_of(input, noon() + 1s), Age::since);
}

TEST(Window, what_the_platform_said_long_ago_still_says_what_was_there_before) {
  const Input input = begun(noon(), noon() - 24h);
  EXPECT_EQ(age_of(input, noon() - 25h), Age::before);
  EXPECT_EQ(age_of(input, noon() - 1h), Age::doubtful);
  EXPECT_EQ(age_of(input, noon()), Age::since);
}

TEST(Window, where_the_platform_said_no_time_nothing_is_certainly_older) {
  const Input input = begun(noon(), std::nullopt);
  EXPECT_FALSE(window_start(input));
  EXPECT_EQ(age_of(input, noon() - 24h * 365), Age::doubtful);
  EXPECT_EQ(age_of(input, noon()), Age::since);
}

}  // namespace
}  // namespace herald
