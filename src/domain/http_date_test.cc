#include "domain/http_date.h"

#include <gtest/gtest.h>

namespace herald {
namespace {

TEST(HttpDate, is_written_and_read) {
  EXPECT_EQ(http_date(from_ms(1'795'341'600'000)), "Sun, 22 Nov 2026 10:00:00 GMT");
  EXPECT_EQ(time_of_http_date("Sun, 22 Nov 2026 10:00:00 GMT"), from_ms(1'795'341'600'000));
  EXPECT_EQ(time_of_http_date("Sun, 06 Nov 1994 08:49:37 GMT"), from_ms(784'111'777'000));
  EXPECT_EQ(http_date(from_ms(784'111'777'999)), "Sun, 06 Nov 1994 08:49:37 GMT");
}

TEST(HttpDate, is_nothing_else) {
  for (const char* text :
       {"", "0", "Sun, 22 Nov 2026 10:00:00 UTC", "Sun, 32 Nov 2026 10:00:00 GMT",
        "Sun, 22 Nox 2026 10:00:00 GMT", "Sun, 22 Nov 2026 24:00:00 GMT",
        "Sun, 2a Nov 2026 10:00:00 GMT", "Sun, 22 Nov 2026 10:00:00 GMT ",
        "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"}) {
    EXPECT_FALSE(time_of_http_date(text)) << text;
  }
}

}  // namespace
}  // namespace herald
