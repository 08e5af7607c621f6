#include "program/rule_drift.h"

#include <gtest/gtest.h>

namespace herald {
namespace {

TEST(RuleDrift, is_told_by_platform_and_code) {
  const std::string text = drift_in(
      "# HELP herald_rule_drift_total Posts.\n"
      "herald_deliveries_total{state=\"failed\"} 9\n"
      "herald_rule_drift_total{platform=\"toy\",code=\"caption_too_long\"} 3\n"
      "herald_rule_drift_total{platform=\"idle\",code=\"bad_ratio\"} 1\n");
  EXPECT_EQ(
      text,
      "warning: toy refused what Herald's rules allow (caption_too_long), so often since the "
      "start: 3. A limit has changed there; look for an update.\n"
      "warning: idle refused what Herald's rules allow (bad_ratio), so often since the start: "
      "1. A limit has changed there; look for an update.\n");
}

TEST(RuleDrift, says_so_when_there_is_none) {
  const std::string none = "rules: no platform has refused what they allow, since the start\n";
  EXPECT_EQ(drift_in(""), none);
  EXPECT_EQ(drift_in("# TYPE herald_rule_drift_total counter\n"), none);
}

TEST(RuleDrift, is_not_known_while_no_server_runs) {
  Config config;
  config.operations_address = "127.0.0.1";
  config.operations_port = 1;  // Nobody listens there.
  EXPECT_TRUE(drift_report(config).contains("no server answers"));
}

}  // namespace
}  // namespace herald
