// The calls that publishing would make, without making any.
#include "app/plan.h"

#include <gtest/gtest.h>

#include "app/toy_rig.h"

namespace herald {
namespace {

using namespace testing::toy;

Answer all_is_well(const Input&, const Progress&, const Call&) {
  Answer answer;
  answer.status = 200;
  return answer;
}
Answer it_is_down(const Input&, const Progress&, const Call&) {
  Answer answer;
  answer.status = 503;
  return answer;
}
Step endless_next(const Input&, const Progress& progress) {
  return call("again " + progress, kUpload, {});
}
Step waiting_next(const Input&, const Progress& progress) {
  return Wait{std::chrono::seconds(1), progress, {}};
}
Absorbed endless_absorb(const Input&, const Progress& before, const Answer&) {
  return {.verdict = Verdict::accepted, .progress = before + "x", .error = {}};
}

TEST(Plan, it_names_every_call_in_order_and_sends_none) {
  testing::ToyRig rig;
  rig.platform.imagine = all_is_well;
  const auto plan = planned_calls(rig.platform, {});
  ASSERT_EQ(plan.size(), 2u);
  EXPECT_EQ(plan[0].step, "upload");
  EXPECT_FALSE(plan[0].visible);
  EXPECT_EQ(plan[1].step, "post");
  EXPECT_TRUE(plan[1].visible);
  EXPECT_EQ(plan[1].method, "POST");
  EXPECT_EQ(plan[1].url, kPost);
  EXPECT_EQ(plan[1].body, "token={access token}");
  EXPECT_TRUE(rig.transport.sent().empty());
}

TEST(Plan, what_cannot_be_imagined_ends_it_early) {
  testing::ToyRig rig;
  EXPECT_TRUE(planned_calls(rig.platform, {}).empty());
  rig.platform.imagine = it_is_down;
  EXPECT_EQ(planned_calls(rig.platform, {}).size(), 1u);
}

Step piecewise_next(const Input&, const Progress& progress) {
  if (progress.size() == 100) return Finished{Published{}};
  Call piece = call(progress.size() == 99 ? "end" : "piece", kUpload, {});
  piece.url += progress;
  return piece;
}

TEST(Plan, of_a_hundred_pieces_it_names_the_first_and_the_last) {
  testing::ToyRig rig;
  rig.platform.imagine = all_is_well;
  rig.platform.flows[static_cast<std::size_t>(Flow::publish)] = {piecewise_next, endless_absorb};
  const auto plan = planned_calls(rig.platform, {});
  ASSERT_EQ(plan.size(), 3u);
  EXPECT_EQ(plan[0].url, kUpload);
  EXPECT_EQ(plan[1].url, kUpload + std::string(98, 'x'));
  EXPECT_EQ(plan[2].step, "end");
}

TEST(Plan, one_that_does_not_come_to_an_end_is_cut) {
  testing::ToyRig rig;
  rig.platform.imagine = all_is_well;
  rig.platform.flows[static_cast<std::size_t>(Flow::publish)] = {endless_next, endless_absorb};
  EXPECT_EQ(planned_calls(rig.platform, {}).size(), 60u);
  rig.platform.flows[static_cast<std::size_t>(Flow::publish)] = {waiting_next, endless_absorb};
  EXPECT_TRUE(planned_calls(rig.platform, {}).empty());
}

}  // namespace
}  // namespace herald
