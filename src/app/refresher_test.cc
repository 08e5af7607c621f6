// Grants that die unless they are renewed ahead of time.
#include "app/refresher.h"

#include <gtest/gtest.h>

#include "app/toy_rig.h"

namespace herald {
namespace {

using namespace std::chrono_literals;
using namespace testing::toy;

class RefresherTest : public ::testing::Test {
 protected:
  RefresherTest() {
    rig_.transport.answer(kRefresh, 200, "lives:5184000 due:2592000", {{"access", "access-2"}});
    Grant grant = rig_.grant_of(account_);
    grant.refresh_due_at = rig_.clock.now() + 24h;
    EXPECT_TRUE(rig_.store.save_grant(grant, grant.version));
  }
  int run_once() {
    const int started = rig_.refresher.run_once().value();
    rig_.executor.pass(2min);
    return started;
  }
  std::size_t refreshes() const { return rig_.transport.count(kRefresh); }

  testing::ToyRig rig_;
  Account account_ = rig_.add_account(rig_.ada, "one", 60 * 24h);
};

TEST_F(RefresherTest, a_grant_is_renewed_when_it_is_due_and_not_before) {
  EXPECT_EQ(run_once(), 0);
  rig_.clock.advance(24h);
  EXPECT_EQ(run_once(), 1);
  EXPECT_EQ(rig_.token_of(account_, "access"), "access-2");
  for (int day = 0; day < 29; ++day) {
    EXPECT_EQ(run_once(), 0);
    rig_.clock.advance(24h);
  }
  EXPECT_EQ(refreshes(), 1u);
  rig_.clock.advance(24h);
  EXPECT_EQ(run_once(), 1);
}

TEST_F(RefresherTest, a_failed_renewal_is_told_and_put_off_for_six_hours) {
  rig_.transport.answer(kRefresh, 503, "");
  rig_.clock.advance(24h);
  EXPECT_EQ(run_once(), 1);
  ASSERT_EQ(rig_.log.lines.size(), 1u);
  EXPECT_TRUE(rig_.log.lines[0].contains(account_.grant.value));
  EXPECT_EQ(run_once(), 0);
  EXPECT_EQ(rig_.grant_of(account_).state, GrantState::live);
  EXPECT_EQ(rig_.token_of(account_, "access"), "access-1");
  rig_.clock.advance(6h);
  rig_.transport.answer(kRefresh, 200, "due:2592000", {{"access", "access-2"}});
  EXPECT_EQ(run_once(), 1);
  EXPECT_EQ(rig_.token_of(account_, "access"), "access-2");
}

TEST_F(RefresherTest, a_refused_grant_is_not_asked_for_again) {
  rig_.transport.answer(kRefresh, 401, "{}");
  rig_.clock.advance(24h);
  EXPECT_EQ(run_once(), 1);
  EXPECT_EQ(rig_.grant_of(account_).state, GrantState::needs_reconnect);
  rig_.clock.advance(7h);
  EXPECT_EQ(run_once(), 0);
}

TEST_F(RefresherTest, O37_two_processes_renew_a_due_grant_once) {
  testing::ToyProcess sibling(rig_, rig_.registrations);
  sibling.transport.answer(kRefresh, 200, "due:2592000", {{"access", "access-3"}});
  Refresher other(rig_.store, sibling.vault, rig_.clock, rig_.log);
  rig_.clock.advance(24h);
  EXPECT_EQ(rig_.refresher.run_once().value(), 1);
  EXPECT_EQ(other.run_once().value(), 0);  // It is held.
  rig_.executor.run();
  EXPECT_EQ(other.run_once().value(), 0);
  EXPECT_EQ(refreshes() + sibling.transport.count(kRefresh), 1u);
}

}  // namespace
}  // namespace herald
