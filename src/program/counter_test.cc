#include "program/counter.h"

#include <gtest/gtest.h>

namespace herald {
namespace {

TEST(Counter, counts_each_set_of_labels) {
  Counter counter("herald_x_total", "What it is.");
  counter.add("a=\"1\"");
  counter.add("a=\"2\"", 3);
  counter.add("a=\"1\"");
  counter.add("a=\"3\"", 0);
  EXPECT_EQ(counter.text(),
            "# HELP herald_x_total What it is.\n"
            "# TYPE herald_x_total counter\n"
            "herald_x_total{a=\"1\"} 2\n"
            "herald_x_total{a=\"2\"} 3\n"
            "herald_x_total{a=\"3\"} 0\n");
}

TEST(Counter, a_gauge_is_one_number) {
  EXPECT_EQ(gauge_text("herald_x", "Now.", -5),
            "# HELP herald_x Now.\n# TYPE herald_x gauge\nherald_x -5\n");
}

TEST(Counter, one_that_somebody_else_keeps_is_one_number_too) {
  EXPECT_EQ(counter_text("herald_x_total", "So far.", 5),
            "# HELP herald_x_total So far.\n# TYPE herald_x_total counter\nherald_x_total 5\n");
}

}  // namespace
}  // namespace herald
