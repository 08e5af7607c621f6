#include "app/retention.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>

#include "testing/fake_clock.h"

namespace herald {
namespace {

using namespace std::chrono_literals;

// Remembers what it was asked for.
class Asked final : public RetentionStore {
 public:
  Result<int> forget_sessions(Time before, int max) override {
    return note("sessions", before, max);
  }
  Result<int> forget_flows(Time before, int max) override { return note("flows", before, max); }
  Result<int> forget_steps(Time before, int max) override { return note("steps", before, max); }
  Result<int> forget_follow_ups(Time before, int max) override {
    return note("follow_ups", before, max);
  }
  Result<int> forget_audit(Time before, int max) override { return note("audit", before, max); }
  Result<int> forget_keys(Time before, int max) override { return note("keys", before, max); }
  Result<int> forget_facts(Time before, int max) override { return note("facts", before, max); }
  Result<int> forget_figures(Time before, int max) override { return note("figures", before, max); }
  Result<int> forget_expired_figures(Time now, int max) override {
    return note("expired figures", now, max);
  }

  std::map<std::string, Time> cuts;
  std::string broken;

 private:
  Result<int> note(const std::string& what, Time time, int max) {
    EXPECT_GT(max, 0);
    EXPECT_LE(max, 1000) << "everybody else waits for a batch";
    cuts[what] = time;
    if (what == broken) return fail(ErrorKind::unavailable, "The store is down.");
    return 2;
  }
};

TEST(Retention, every_kind_is_kept_for_its_own_period) {
  Asked store;
  testing::FakeClock clock;
  const RetentionPeriods periods{.sessions = 1h,
                                 .flows = 2h,
                                 .history = 3h,
                                 .audit = 4h,
                                 .keys = 5h,
                                 .facts = 7h,
                                 .figures = 6h};
  EXPECT_EQ(Retention(store, clock, periods).run_once().value(), 18);
  const Time now = clock.now();
  const std::map<std::string, Time> expected{
      {"sessions", now - 1h},   {"flows", now - 2h},      {"steps", now - 3h},
      {"follow_ups", now - 3h}, {"audit", now - 4h},      {"keys", now - 5h},
      {"figures", now - 6h},    {"expired figures", now}, {"facts", now - 7h}};
  EXPECT_EQ(store.cuts, expected);
}

TEST(Retention, zero_is_for_ever) {
  Asked store;
  testing::FakeClock clock;
  EXPECT_TRUE(Retention(store, clock, {.history = {}, .audit = {}}).run_once());
  EXPECT_FALSE(store.cuts.contains("steps"));
  EXPECT_FALSE(store.cuts.contains("follow_ups"));
  EXPECT_FALSE(store.cuts.contains("audit"));
  EXPECT_FALSE(store.cuts.contains("figures")) << "unless somebody says otherwise";
  EXPECT_TRUE(store.cuts.contains("keys"));
  EXPECT_TRUE(store.cuts.contains("expired figures")) << "terms hold whatever the operator wants";
}

TEST(Retention, one_kind_that_fails_does_not_keep_the_others) {
  Asked store;
  store.broken = "sessions";
  testing::FakeClock clock;
  const auto gone = Retention(store, clock, {}).run_once();
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.error().message, "The store is down.");
  EXPECT_EQ(store.cuts.size(), 8u);
}

}  // namespace
}  // namespace herald
