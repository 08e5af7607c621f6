#include "program/version_end.h"

#include <gtest/gtest.h>

#include "platforms/list.h"

namespace herald {
namespace {

using namespace std::chrono;

Time at(int year, unsigned month, unsigned day, hours hour = 0h) {
  return sys_days(year_month_day(std::chrono::year(year), std::chrono::month(month),
                                 std::chrono::day(day))) +
         hour;
}

std::optional<std::string> warning(std::optional<std::string> ends_on, Time now) {
  PlatformSpec spec;
  spec.name = "Instagram";
  spec.api_version = {"v25.0", std::move(ends_on), {}};
  return version_warning(spec, now);
}

TEST(VersionEnd, is_warned_of_sixty_days_before) {
  EXPECT_FALSE(warning("2028-07-29", at(2028, 5, 29, 23h)));
  EXPECT_EQ(warning("2028-07-29", at(2028, 5, 30)),
            "Instagram's API v25.0 ends on 2028-07-29, in 60 days: update Herald.");
  EXPECT_EQ(warning("2028-07-29", at(2028, 7, 29, 23h)),
            "Instagram's API v25.0 ends on 2028-07-29, in 0 days: update Herald.");
}

TEST(VersionEnd, is_said_when_it_is_past) {
  EXPECT_EQ(warning("2028-07-29", at(2028, 7, 30)),
            "Instagram's API v25.0 ended on 2028-07-29: update Herald.");
}

TEST(VersionEnd, that_is_not_known_is_not_warned_of) {
  for (const char* date : {"", "soon", "2028-13-01", "2028-02-30", "2028/07/2"}) {
    EXPECT_FALSE(warning(date, at(2030, 1, 1))) << date;
  }
  EXPECT_FALSE(warning(std::nullopt, at(2030, 1, 1)));
}

// A date that cannot be read would never be warned of.
TEST(VersionEnd, of_every_platform_is_a_date_that_is_warned_of) {
  int with_end = 0;
  for (const Platform* platform : all_platforms()) {
    const auto& ends_on = platform->spec->api_version.ends_on;
    const auto said = version_warning(*platform->spec, at(2100, 1, 1));
    EXPECT_EQ(said.has_value(), ends_on.has_value()) << platform->spec->name;
    with_end += ends_on ? 1 : 0;
  }
  EXPECT_GT(with_end, 0);
}

}  // namespace
}  // namespace herald
