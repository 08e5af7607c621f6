#include "platforms/steps.h"

#include <gtest/gtest.h>

namespace herald {
namespace {

using namespace std::chrono_literals;

std::optional<std::chrono::seconds> asked(const char* header) {
  Answer answer;
  answer.headers["retry-after"] = header;
  return retry_after(answer);
}

TEST(Steps, retry_after_is_read_in_seconds_within_a_day) {
  EXPECT_EQ(asked("2"), 2s);
  EXPECT_EQ(asked("0"), 1s);
  EXPECT_EQ(asked("999999999"), 24h);
  EXPECT_EQ(asked("-5"), 1s);
  EXPECT_EQ(asked("Sun, 22 Nov 2026 10:00:00 GMT"), std::nullopt);
  EXPECT_EQ(asked(""), std::nullopt);
  EXPECT_EQ(retry_after(Answer{}), std::nullopt);
}

TEST(Steps, times_are_read_in_each_spelling_of_utc) {
  const Time expected = Time(std::chrono::sys_days(std::chrono::year(2026) / 11 / 20)) + 9h + 15min;
  for (const char* text : {"2026-11-20T09:15:00+0000", "2026-11-20T09:15:00Z",
                           "2026-11-20T09:15:00+00:00", "2026-11-20T09:15:00.123Z"}) {
    EXPECT_EQ(time_of(text), expected) << text;
  }
  for (const char* text : {"", "2026-11-20", "2026-11-20T09:15:00+0100", "2026-13-20T09:15:00Z",
                           "2026-11-31T09:15:00Z", "2026-11-20T25:15:00Z", "2026-11-20T09:15:00",
                           "20x6-11-20T09:15:00Z", "2026-11-20T09:15:00.12"}) {
    EXPECT_EQ(time_of(text), std::nullopt) << text;
  }
}

TEST(Steps, an_id_cannot_leave_its_segment) {
  EXPECT_EQ(segment("17841400000000001"), "17841400000000001");
  EXPECT_EQ(segment("a/../b?c#d%"), "a%2F..%2Fb%3Fc%23d%25");
  EXPECT_EQ(segment(".."), "%2E%2E");
}

}  // namespace
}  // namespace herald
