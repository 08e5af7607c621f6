// Random acts of three customers, whose rows have the same ids. Every store must answer exactly as
// the memory store does; and what one customer sees must not depend on what others do.
// HERALD_SEED=<n> runs one seed; each failure names its own. With one that is named, MongoDB does
// as many acts as the others; else fewer, since each waits for a server.

#include <cstdlib>

#include "store/memory/memory_store.h"
#include "tests/store/actor.h"
#include "tests/store/store_test.h"

namespace herald {
namespace {

using Transcript = std::vector<std::string>;

constexpr int kSteps = 1000;
constexpr int kStepsOnServer = 200;

bool is_brief(const std::string& kind) {
  return kind == "Mongo" && std::getenv("HERALD_SEED") == nullptr;
}
int steps_of(const std::string& kind) { return is_brief(kind) ? kStepsOnServer : kSteps; }

std::vector<std::uint64_t> seeds(const std::string& kind) {
  if (const char* given = std::getenv("HERALD_SEED")) return {std::strtoull(given, nullptr, 10)};
  std::vector<std::uint64_t> all;
  for (std::uint64_t seed = 1; seed <= (is_brief(kind) ? 3 : 8); ++seed) all.push_back(seed);
  return all;
}

void forget(Store& store, Time before, int max) {
  EXPECT_DONE(store.forget_sessions(before, max));
  EXPECT_DONE(store.forget_flows(before, max));
  EXPECT_DONE(store.forget_steps(before, max));
  EXPECT_DONE(store.forget_follow_ups(before, max));
  EXPECT_DONE(store.forget_audit(before, max));
  EXPECT_DONE(store.forget_keys(before, max));
  EXPECT_DONE(store.forget_facts(before, max));
  EXPECT_DONE(store.forget_figures(before + std::chrono::days(1), max));
  EXPECT_DONE(store.forget_expired_figures(before + std::chrono::days(2), max));
}

// What the workers and sweepers do, for whichever customer it may concern.
template <class Give>
void serve(Store& store, Chance& chance, Time now, int max, Give give) {
  const int what = chance.below(9);
  if (what == 0) EXPECT_DONE(store.resume_parked(now));
  if (what == 1 && chance.one_in(4)) EXPECT_DONE(store.end_all_leases());
  if (what == 2) forget(store, now - Duration(100), max);
  if (what >= 3) {
    const auto rows = store.claim_due(now, Duration(60), max).value();
    for (const Delivery& row : rows) give(row);
  }
  if (what == 8) {
    const auto rows = store.claim_measurements(now, Duration(25), max).value();
    for (const Measurement& row : rows) give(row);
  }
  if (what == 7) {
    const auto rows = store.claim_follow_ups(now, Duration(25), max).value();
    for (const FollowUp& row : rows) give(row);
  }
}

// The transcripts of the customers that take part; the others' turns pass. With `max` rows in a
// claim.
std::vector<Transcript> play(Store& store, std::uint64_t seed, const std::vector<bool>& takes_part,
                             int max, Transcript& common, int steps = kSteps) {
  const std::vector<std::string> names{"acme", "bolt", "cord"};
  std::vector<Actor> actors;
  for (std::size_t i = 0; i < names.size(); ++i) actors.emplace_back(store, names[i], seed + i);
  Chance chance(seed * 1000);
  Time now = at(0);
  const auto give = [&](const auto& row) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (row.customer.value == names[i]) actors[i].claimed(row);
    }
  };
  for (int step = 0; step < steps; ++step) {
    now += Duration(chance.below(5));
    if (chance.one_in(5)) {
      serve(store, chance, now, max, give);
      common.push_back(show(store.next_due(now)));
      common.push_back(show(store.next_measurement_due(now)));
      common.push_back(show(store.grants_due(now, 3)));
      common.push_back(show(store.unfinished_media(now, 3)));
      common.push_back(show(store.media_after(std::pair(CustomerId("bolt"), MediaId("m0")), 3)));
    } else if (const auto who = static_cast<std::size_t>(chance.below(3)); takes_part[who]) {
      actors[who].act(now);
    }
  }
  std::vector<Transcript> transcripts;
  for (Actor& actor : actors) {
    actor.look_around();
    transcripts.push_back(actor.transcript());
  }
  return transcripts;
}

void expect_same(const Transcript& model, const Transcript& other) {
  for (std::size_t i = 0; i < std::min(model.size(), other.size()); ++i) {
    ASSERT_EQ(model[i], other[i]) << "line " << i << " of the transcript";
  }
  ASSERT_EQ(model.size(), other.size());
}

class ModelTest : public ::testing::TestWithParam<StoreKind> {};
INSTANTIATE_TEST_SUITE_P(Stores, ModelTest, ::testing::ValuesIn(store_kinds()), kind_name);

TEST_P(ModelTest, AnswersAsTheModelDoes) {
  const int steps = steps_of(GetParam().name);
  for (const std::uint64_t seed : seeds(GetParam().name)) {
    SCOPED_TRACE("HERALD_SEED=" + std::to_string(seed));
    const TemporaryFolder folder;
    const auto store = GetParam().open(folder.path());
    MemoryStore model;
    Transcript common;
    Transcript model_common;
    const auto expected = play(model, seed, {true, true, true}, 3, model_common, steps);
    const auto actual = play(*store, seed, {true, true, true}, 3, common, steps);
    for (std::size_t i = 0; i < expected.size(); ++i) expect_same(expected[i], actual[i]);
    expect_same(model_common, common);
    if (HasFatalFailure()) return;
  }
}

TEST_P(ModelTest, WhatACustomerSeesDoesNotDependOnOthers) {
  const int steps = steps_of(GetParam().name);
  for (const std::uint64_t seed : seeds(GetParam().name)) {
    SCOPED_TRACE("HERALD_SEED=" + std::to_string(seed));
    const TemporaryFolder folder;
    const TemporaryFolder other_folder;
    const auto together = GetParam().open(folder.path());
    const auto alone = GetParam().open(other_folder.path());
    Transcript ignored;
    // Claims take all that is due: whose turn it is among others is not a customer's to see.
    const auto one = play(*together, seed, {true, true, true}, 1000, ignored, steps);
    const auto two = play(*alone, seed, {true, false, false}, 1000, ignored, steps);
    expect_same(one[0], two[0]);
    if (HasFatalFailure()) return;
  }
}

// The acts above would prove little if most of them were refused.
TEST(ModelTest, TheRandomActsReachEveryStateAndRefusal) {
  std::string all;
  for (const std::uint64_t seed : seeds("Memory")) {
    MemoryStore model;
    Transcript common;
    for (const Transcript& transcript : play(model, seed, {true, true, true}, 3, common)) {
      for (const std::string& line : transcript) all += line + "\n";
    }
  }
  if (std::getenv("HERALD_SEED") != nullptr) GTEST_SKIP() << "One seed does not reach all.";
  for (const char* expected : {"'scheduled'",
                               "'running'",
                               "'waiting'",
                               "'published'",
                               "'failed'",
                               "'parked'",
                               "'unknown'",
                               "'review'",
                               "'cancelled'",
                               "'missed'",
                               "save_delivery: done",
                               "edit_post: done",
                               "cancel_post: done",
                               "renew_lease: done",
                               "save_follow_up: done",
                               "remove_medium: done",
                               "save_measurement: done",
                               "save_measurement: conflict 'lease_lost'",
                               "begin_refresh: done",
                               "release_grant: done",
                               "conflict 'lease_lost'",
                               "conflict 'already_going_out'",
                               "conflict 'edited_meanwhile'",
                               "conflict 'idempotency_key_reused'",
                               "conflict 'media_in_use'",
                               "rate_limited 'too_many_flows'",
                               "create_post: created(p"}) {
    EXPECT_NE(all.find(expected), std::string::npos) << expected;
  }
}

}  // namespace
}  // namespace herald
