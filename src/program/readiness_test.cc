#include "program/readiness.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace herald {
namespace {

using namespace std::chrono_literals;

Vitals well() {
  Vitals vitals;
  vitals.now = from_ms(1'795'000'000'000);
  vitals.last_pass = vitals.last_measuring_pass = vitals.now - 1s;
  return vitals;
}

// The names of the checks that say no.
std::vector<std::string> not_ready(const Vitals& vitals) {
  std::vector<std::string> names;
  for (const auto& check : checks_of(vitals)) {
    if (!check.ready) names.push_back(check.name);
  }
  return names;
}

using Names = std::vector<std::string>;

TEST(Readiness, says_yes_when_all_is_well) { EXPECT_EQ(not_ready(well()), Names{}); }

TEST(Readiness, says_no_when_the_worker_has_not_run_yet) {
  Vitals vitals = well();
  vitals.last_pass = Time{};
  EXPECT_EQ(not_ready(vitals), Names{"worker"});
}

TEST(Readiness, says_no_when_the_worker_runs_no_more) {
  Vitals vitals = well();
  vitals.last_pass = vitals.now - 14'999ms;
  EXPECT_EQ(not_ready(vitals), Names{});
  vitals.last_pass = vitals.now - 15s;
  EXPECT_EQ(not_ready(vitals), Names{"worker"});
}

TEST(Readiness, expects_no_work_of_a_process_without_workers) {
  Vitals vitals = well();
  vitals.works = false;
  vitals.last_pass = vitals.last_measuring_pass = Time{};
  EXPECT_EQ(not_ready(vitals), Names{});
}

TEST(Readiness, says_no_when_nobody_reads_figures) {
  Vitals vitals = well();
  vitals.last_measuring_pass = Time{};
  EXPECT_EQ(not_ready(vitals), Names{"figures"});
  vitals.last_measuring_pass = vitals.now - 15s;
  EXPECT_EQ(not_ready(vitals), Names{"figures"});
}

TEST(Readiness, says_no_while_stopping_and_for_every_fault) {
  Vitals vitals = well();
  vitals.stopping = true;
  EXPECT_EQ(not_ready(vitals), Names{"serving"});
  vitals = well();
  vitals.store_fault = Error{ErrorKind::unavailable, "The store cannot be read.", "disk", {}, {}};
  EXPECT_EQ(not_ready(vitals), Names{"store"});
  vitals = well();
  vitals.key_set_fault = Error{ErrorKind::invalid, "The key set is broken.", {}, {}, {}};
  EXPECT_EQ(not_ready(vitals), Names{"token keys"});
}

TEST(Readiness, a_warning_is_shown_and_does_not_say_no) {
  Vitals vitals = well();
  vitals.warnings = {"Instagram's API v25.0 ends soon."};
  EXPECT_EQ(not_ready(vitals), Names{});
  EXPECT_EQ(checks_of(vitals).back().note, "Instagram's API v25.0 ends soon.");
}

}  // namespace
}  // namespace herald
