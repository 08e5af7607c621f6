// Short conversations that nobody sees, driven to their end.
#include "app/dialogue.h"

#include <gtest/gtest.h>

#include "app/toy_rig.h"

namespace herald {
namespace {

using namespace std::chrono_literals;
using namespace testing::toy;

// Goes on for ever, each answer changing something.
Step endless_next(const Input&, const Progress&) { return call("again", kFind, {}); }
Absorbed endless_absorb(const Input&, const Progress& before, const Answer&) {
  return {.verdict = Verdict::accepted, .progress = before + "x", .error = {}};
}

// Uses what the first call won in a second one, with a query that is nobody's business.
Step chained_next(const Input&, const Progress& progress) {
  if (calls_made(progress) == 2) return Finished{Done{}};
  Call one = call("first", kConnect, {});
  one.query = {{"token", kUserToken}};
  one.secrets = {{"/access_token", "access"}};
  if (progress.empty()) return one;
  return call("second", kDiscover, {{"won", Reference{Reference::Kind::named, "secret:access"}}});
}

Step waiting_next(const Input&, const Progress& progress) {
  if (progress.empty()) return Wait{5s, "waited", {}};
  return Finished{Done{}};
}

Step spending_next(const Input&, const Progress&) {
  return call("spend", kPost, {}, Effect::publish);
}

class DialogueTest : public ::testing::Test {
 protected:
  DialogueEnd run(FlowSteps steps, std::function<bool()> may_send = {}) {
    rig_.platform.flows[static_cast<std::size_t>(Flow::measure)] = steps;
    auto secrets = std::make_shared<SecretSet>();
    secrets->user_token = Secret("t0ken");
    rig_.dialogues.run(
        rig_.platform, Flow::measure, {}, CustomerId("acme"), secrets,
        [this](DialogueEnd end) {
          EXPECT_FALSE(end_) << "answered twice";
          end_ = std::move(end);
        },
        std::move(may_send));
    rig_.executor.pass(1min);
    return std::move(end_).value();
  }

  testing::ToyRig rig_;
  std::optional<DialogueEnd> end_;
};

TEST_F(DialogueTest, what_the_platform_does_not_offer_ends_at_once) {
  EXPECT_EQ(run({}).outcome.error().kind, ErrorKind::internal);
}

TEST_F(DialogueTest, one_that_does_not_come_to_an_end_is_ended) {
  rig_.transport.answer(kFind, 200, "");
  EXPECT_EQ(run({endless_next, endless_absorb}).outcome.error().kind, ErrorKind::internal);
  EXPECT_EQ(rig_.transport.count(kFind), 200u);
}

TEST_F(DialogueTest, answers_that_change_nothing_end_it_sooner) {
  rig_.transport.answer(kFind, 200, "");
  const auto same = [](const Input&, const Progress&, const Answer&) {
    return Absorbed{.verdict = Verdict::accepted, .progress = "same", .error = {}};
  };
  EXPECT_EQ(run({endless_next, same}).outcome.error().code, "no_progress");
  EXPECT_LT(rig_.transport.count(kFind), 12u);
}

TEST_F(DialogueTest, a_secret_won_on_the_way_serves_the_next_call_and_is_handed_over) {
  rig_.transport.answer(kConnect, 200, "", {{"access", "won-1"}});
  rig_.transport.answer(kDiscover, 200, "");
  const auto end = run({chained_next, absorb});
  ASSERT_TRUE(end.outcome);
  EXPECT_EQ(rig_.transport.sent().back().form["won"], "won-1");
  EXPECT_EQ(end.secrets.at("secret:access").reveal(), "won-1");
  EXPECT_EQ(end.trace, (Words{"POST toy.test/connect: accepted (200)",
                              "POST toy.test/discover: accepted (200)"}));
}

TEST_F(DialogueTest, a_wait_is_waited) {
  const Time begun = rig_.clock.now();
  Time ended{};
  rig_.platform.flows[static_cast<std::size_t>(Flow::measure)] = {waiting_next, absorb};
  rig_.dialogues.run(rig_.platform, Flow::measure, {}, CustomerId("acme"),
                     std::make_shared<SecretSet>(),
                     [&](const DialogueEnd&) { ended = rig_.clock.now(); });
  rig_.executor.pass(1min);
  EXPECT_EQ(ended, begun + 5s);
}

TEST_F(DialogueTest, what_may_have_arrived_is_told_from_what_has_not_left) {
  rig_.transport.answer(kPost, 200, "");
  rig_.wire.lose_answer(kPost);
  const auto lost = run({spending_next, absorb});
  EXPECT_TRUE(lost.maybe_sent);
  EXPECT_FALSE(lost.nothing_sent);
  // No talk of posts where nothing was posted.
  EXPECT_EQ(lost.outcome.error().kind, ErrorKind::unavailable);
  EXPECT_EQ(lost.outcome.error().code, "no_clear_answer");
  end_.reset();
  const auto unsent = run({spending_next, absorb}, [] { return false; });
  EXPECT_TRUE(unsent.nothing_sent);
  EXPECT_FALSE(unsent.maybe_sent);
  EXPECT_EQ(rig_.transport.count(kPost), 1u);
}

}  // namespace
}  // namespace herald
