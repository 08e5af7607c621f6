#include "app/engine.h"

#include <gtest/gtest.h>

namespace herald {
namespace {

Step never(const Input&, const Progress&) { return Error{}; }

Absorbed taken_back(const Input&, const Progress&, const Answer&) {
  return {.verdict = Verdict::refused,
          .error = {ErrorKind::invalid, "It came to nothing.", {}, {}, {}},
          .taken_back = true};
}

TEST(Engine, what_the_platform_takes_back_counts_as_never_made_visible) {
  Course course;
  course.progress = "the video";
  course.visible_calls = 1;
  const Turn turn = advance({never, taken_back}, {}, course, Exchange{Effect::prepare, {}});
  EXPECT_EQ(turn.course.visible_calls, 0);
  EXPECT_EQ(turn.course.progress, "");
  EXPECT_TRUE(std::holds_alternative<Settle>(turn.action));
}

}  // namespace
}  // namespace herald
