// One person of the platform, connected by two customers; and what takes whose connection down.
#include <gtest/gtest.h>

#include "app/toy_rig.h"

namespace herald {
namespace {

using namespace std::chrono_literals;
using namespace testing::toy;

// Of what has to fail.
ErrorKind kind_of(const auto& result) {
  EXPECT_FALSE(result);
  return result ? ErrorKind::internal : result.error().kind;
}

class Disconnecting : public ::testing::Test {
 protected:
  Disconnecting() {
    rig_.transport.answer(kConnect, 200, "lives:3600 can:post", {{"access", "t0ken"}});
    rig_.transport.answer(kDiscover, 200, "channel-1");
    rig_.transport.answer(kRevoke, 200, "");
  }

  Connect::View through(const Caller& who, const std::optional<AccountId>& reconnects = {}) {
    const auto begun = rig_.connect.begin(who, rig_.spec.id, {reconnects, {}, {}}).value();
    const auto from = begun.auth_url.find("state=") + 6;
    const auto state = begun.auth_url.substr(from, begun.auth_url.find('&', from) - from);
    EXPECT_TRUE(
        rig_.connect.returned({rig_.spec.id, "main", {state}, {"c0de"}, {}, {}, {begun.nonce}}));
    std::optional<Result<Connect::View>> end;
    rig_.connect.finish(who, begun.flow, {begun.nonce}, {},
                        [&](Result<Connect::View> view) { end = std::move(view); });
    rig_.executor.run();
    return std::move(end).value().value();
  }
  AccountId connected(const Caller& who) {
    const auto view = through(who);
    EXPECT_EQ(view.flow.problem_message, "");
    return view.accounts.at(0).id;
  }
  void disconnect(const Caller& who, const AccountId& id) {
    EXPECT_TRUE(rig_.connect.disconnect(who, rig_.spec.id, id));
    rig_.executor.run();
  }

  testing::ToyRig rig_;
};

TEST_F(Disconnecting, O45_it_is_revoked_its_tokens_gone_its_posts_cancelled_and_then_not_there) {
  const auto account = rig_.add_account(rig_.ada, "one");
  rig_.add_post(account, "soon", 1h);
  const auto grant = account.grant;
  disconnect(rig_.ada, account.id);
  ASSERT_EQ(rig_.transport.count(kRevoke), 1u);
  EXPECT_EQ(rig_.transport.sent().at(0).form["token"], "access-1");
  EXPECT_EQ(rig_.store.find_grant(rig_.ada.scope, grant)->state, GrantState::revoked);
  EXPECT_EQ(rig_.store.find_grant(rig_.ada.scope, grant)->sealed_tokens, "");
  EXPECT_EQ(rig_.delivery(account, "soon").state, DeliveryState::cancelled);
  const auto again = rig_.connect.disconnect(rig_.ada, rig_.spec.id, account.id);
  EXPECT_EQ(kind_of(again), ErrorKind::not_found);
}

TEST_F(Disconnecting, O45_what_no_call_takes_back_is_said_when_the_last_account_goes) {
  rig_.spec.left_standing = "Remove Herald in your settings.";
  rig_.platform.flows[static_cast<std::size_t>(Flow::revoke)] = {};
  const auto account = rig_.add_account(rig_.ada, "one");
  const auto gone = rig_.connect.disconnect(rig_.ada, rig_.spec.id, account.id);
  ASSERT_TRUE(gone);
  EXPECT_EQ(gone->left_standing, rig_.spec.left_standing);
  rig_.executor.run();
  EXPECT_EQ(rig_.transport.count(kRevoke), 0u);
  EXPECT_EQ(rig_.store.find_grant(rig_.ada.scope, account.grant)->sealed_tokens, "");
}

TEST_F(Disconnecting, O45_it_is_gone_here_though_the_platform_does_not_answer) {
  const auto account = rig_.add_account(rig_.ada, "one");
  rig_.wire.cut = true;
  disconnect(rig_.ada, account.id);
  EXPECT_FALSE(rig_.store.find_account(rig_.ada.scope, account.id));
  const auto audit = rig_.store.list_audit(rig_.ada.scope, 10).value();
  EXPECT_EQ(std::ranges::count(audit, "grant.revoke_failed", &AuditEvent::action), 1);
}

TEST_F(Disconnecting, T01_nobody_disconnects_what_they_may_not_see) {
  const auto account = rig_.add_account(rig_.ada, "one");
  for (const auto& who : {rig_.bob, testing::caller("acme", "eve")}) {
    const auto end = rig_.connect.disconnect(who, rig_.spec.id, account.id);
    EXPECT_EQ(kind_of(end), ErrorKind::not_found);
  }
  EXPECT_EQ(kind_of(rig_.connect.disconnect(rig_.ada, rig_.idle_spec.id, account.id)),
            ErrorKind::not_found);
  ASSERT_TRUE(rig_.store.find_account(rig_.ada.scope, account.id));
  EXPECT_EQ(rig_.grant_of(account).state, GrantState::live);
  Caller admin = testing::caller("acme", "eve");
  admin.role = Role::admin;
  EXPECT_TRUE(rig_.connect.disconnect(admin, rig_.spec.id, account.id));
}

TEST_F(Disconnecting, O54_one_customer_does_not_take_down_another_of_the_same_person) {
  const AccountId adas = connected(rig_.ada);
  const AccountId bobs = connected(rig_.bob);
  disconnect(rig_.ada, adas);
  EXPECT_EQ(rig_.transport.count(kRevoke), 0u);
  disconnect(rig_.bob, bobs);
  EXPECT_EQ(rig_.transport.count(kRevoke), 1u);
}

TEST_F(Disconnecting, O54_a_box_left_unticked_takes_nobody_down) {
  connected(rig_.ada);
  rig_.transport.answer(kConnect, 200, "can:", {{"access", "t0ken"}});
  EXPECT_EQ(through(rig_.bob).flow.problem_code, "scope_missing");
  EXPECT_EQ(rig_.transport.count(kRevoke), 0u);
}

TEST_F(Disconnecting, O54_the_wrong_account_on_a_reconnect_takes_nobody_down) {
  const AccountId adas = connected(rig_.ada);
  rig_.transport.answer(kDiscover, 200, "channel-2");
  connected(rig_.bob);
  EXPECT_EQ(through(rig_.ada, adas).flow.problem_code, "other_account");
  EXPECT_EQ(rig_.transport.count(kRevoke), 0u);
}

}  // namespace
}  // namespace herald
