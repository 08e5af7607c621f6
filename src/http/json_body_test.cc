#include "http/json_body.h"

#include <gtest/gtest.h>

namespace herald::http {
namespace {

TEST(JsonBody, TimesAreWrittenWithMillisecondsOnlyWhereTheyHaveSome) {
  EXPECT_EQ(to_text(from_ms(0)), "1970-01-01T00:00:00Z");
  EXPECT_EQ(to_text(from_ms(1'795'339'800'000)), "2026-11-22T09:30:00Z");
  EXPECT_EQ(to_text(from_ms(1'795'339'800'007)), "2026-11-22T09:30:00.007Z");
  EXPECT_EQ(to_text(from_ms(1'709'251'199'999)), "2024-02-29T23:59:59.999Z");
  EXPECT_EQ(to_text(from_ms(-1)), "1969-12-31T23:59:59.999Z");
}

TEST(JsonBody, ATimeThatWasWrittenIsReadTheSame) {
  for (const std::int64_t ms : {0L, 1L, 951'782'400'000L, 1'795'339'800'120L, 4'102'444'799'999L}) {
    EXPECT_EQ(time_of(to_text(from_ms(ms))), from_ms(ms));
  }
}

}  // namespace
}  // namespace herald::http
