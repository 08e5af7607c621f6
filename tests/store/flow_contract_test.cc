#include <atomic>
#include <thread>

#include "tests/store/store_test.h"

namespace herald {
namespace {

class FlowContract : public StoreTest {
 protected:
  FlowContract() { EXPECT_DONE(store().begin_flow(sample_flow("acme", "flow"), 10, at(0))); }

  Result<OAuthFlow> consume(const std::string& state, const std::string& nonce, Time now,
                            const std::string& platform = "instagram",
                            const std::string& registration = "main") {
    return store().consume_flow(state, PlatformId(platform), registration, {"another", nonce}, now);
  }
  Result<OAuthFlow> stored() { return store().find_flow(scope("acme"), FlowId("flow")); }
};
INSTANTIATE_TEST_SUITE_P(Stores, FlowContract, ::testing::ValuesIn(store_kinds()), kind_name);

TEST_P(FlowContract, AFlowIsFoundAsItBegan) {
  EXPECT_EQ(show(stored()), show(sample_flow("acme", "flow")));
  EXPECT_UNKNOWN(store().find_flow(scope("bolt"), FlowId("flow")),
                 store().find_flow(scope("bolt"), FlowId("never")));
}

TEST_P(FlowContract, AFlowBeginsOnce) {
  EXPECT_REFUSED(store().begin_flow(sample_flow("acme", "flow"), 10, at(0)), conflict, "");
  OAuthFlow same_state = sample_flow("bolt", "other");
  same_state.state_hash = "state of flow";
  EXPECT_REFUSED(store().begin_flow(same_state, 10, at(0)), conflict, "");
  OAuthFlow same_id = sample_flow("bolt", "flow");
  same_id.state_hash = "another state";
  EXPECT_DONE(store().begin_flow(same_id, 10, at(0)));  // The same id, another customer.
}

TEST_P(FlowContract, O48_AUserWithTooManyPendingFlowsMustWait) {
  EXPECT_DONE(store().begin_flow(sample_flow("acme", "second"), 2, at(0)));
  EXPECT_REFUSED(store().begin_flow(sample_flow("acme", "third"), 2, at(0)), rate_limited,
                 "too_many_flows");
  OAuthFlow of_another_user = sample_flow("acme", "third");
  of_another_user.user = UserId("ben");
  EXPECT_DONE(store().begin_flow(of_another_user, 2, at(0)));
  EXPECT_DONE(store().begin_flow(sample_flow("bolt", "theirs"), 2, at(0)));
  // Consumed and expired ones do not count.
  EXPECT_DONE(consume("state of flow", "nonce of flow", at(1)));
  EXPECT_DONE(store().begin_flow(sample_flow("acme", "fourth"), 2, at(1)));
  OAuthFlow late = sample_flow("acme", "fifth");
  late.expires_at = at(2000);
  EXPECT_DONE(store().begin_flow(late, 1, at(1000)));
}

TEST_P(FlowContract, O11_AFlowIsConsumedOnce) {
  OAuthFlow expected = sample_flow("acme", "flow");
  expected.status = FlowStatus::returned;
  expected.version = 2;
  EXPECT_EQ(show(consume("state of flow", "nonce of flow", at(999))), show(expected));
  EXPECT_EQ(show(stored()), show(expected));
  EXPECT_REFUSED(consume("state of flow", "nonce of flow", at(999)), not_found, "");
}

TEST_P(FlowContract, WhatDoesNotFitConsumesNothing) {
  EXPECT_REFUSED(consume("another state", "nonce of flow", at(1)), not_found, "");
  EXPECT_REFUSED(consume("state of flow", "wrong nonce", at(1)), not_found, "");
  EXPECT_REFUSED(store().consume_flow("state of flow", PlatformId("instagram"), "main", {}, at(1)),
                 not_found, "");
  EXPECT_REFUSED(consume("state of flow", "nonce of flow", at(1), "youtube"), not_found, "");
  EXPECT_REFUSED(consume("state of flow", "nonce of flow", at(1), "instagram", "other"), not_found,
                 "");
  EXPECT_REFUSED(consume("state of flow", "nonce of flow", at(1000)), not_found, "");
  EXPECT_EQ(show(stored()), show(sample_flow("acme", "flow")));
  EXPECT_DONE(consume("state of flow", "nonce of flow", at(1)));
}

TEST_P(FlowContract, O12_OfAHundredCallbacksAtOnceExactlyOneIsLetIn) {
  std::atomic<int> let_in = 0;
  std::atomic<int> refused = 0;
  std::vector<std::thread> callbacks;
  for (int i = 0; i < 100; ++i) {
    callbacks.emplace_back([&] {
      const auto flow = consume("state of flow", "nonce of flow", at(1));
      if (flow) ++let_in;
      if (!flow && flow.error().kind == ErrorKind::not_found) ++refused;
    });
  }
  for (std::thread& callback : callbacks) callback.join();
  EXPECT_EQ(let_in, 1);
  EXPECT_EQ(refused, 99);
}

TEST_P(FlowContract, SavingComparesAndRaisesTheVersion) {
  OAuthFlow flow = *stored();
  flow.status = FlowStatus::connected;
  flow.sealed.clear();
  flow.accounts = {};
  flow.problem_message = "changed";
  OAuthFlow expected = flow;
  expected.version = 2;
  EXPECT_EQ(show(store().save_flow(flow)), show(expected));
  EXPECT_EQ(show(stored()), show(expected));
  EXPECT_REFUSED(store().save_flow(flow), conflict, "");
  EXPECT_EQ(show(stored()), show(expected));
  flow.id = FlowId("never");
  EXPECT_REFUSED(store().save_flow(flow), not_found, "");
}

TEST_P(FlowContract, AFlowThatWasConsumedMeanwhileIsNotOverwritten) {
  const OAuthFlow seen = *stored();
  EXPECT_DONE(consume("state of flow", "nonce of flow", at(1)));
  EXPECT_REFUSED(store().save_flow(seen), conflict, "");
}

TEST_P(FlowContract, ExpiredFlowsAreForgottenAndOnlyThose) {
  OAuthFlow late = sample_flow("bolt", "late");
  late.expires_at = at(2000);
  EXPECT_DONE(store().begin_flow(late, 10, at(0)));
  EXPECT_EQ(store().forget_flows(at(1000), 10).value(), 0);
  EXPECT_EQ(store().forget_flows(at(1001), 10).value(), 1);
  EXPECT_REFUSED(stored(), not_found, "");
  EXPECT_DONE(store().find_flow(scope("bolt"), FlowId("late")));
}

}  // namespace
}  // namespace herald
