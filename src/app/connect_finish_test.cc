// From the code to the connected account: who may finish, once, and what goes wrong on the way.
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

class ConnectFinish : public ::testing::Test {
 protected:
  ConnectFinish() {
    rig_.transport.answer(kConnect, 200, "lives:3600 rotated as:ada can:post can:like",
                          {{"access", "access-1"}, {"refresh", "refresh-1"}});
    rig_.transport.answer(kDiscover, 200, "channel-1");
    rig_.transport.answer(kRevoke, 200, "");
  }
  // A flow that has come back from the platform.
  Connect::Begun returned(const Caller& who, const std::optional<AccountId>& reconnects = {}) {
    auto begun = rig_.connect.begin(who, rig_.spec.id, {reconnects, {}, {}}).value();
    const auto from = begun.auth_url.find("state=") + 6;
    const auto state = begun.auth_url.substr(from, begun.auth_url.find('&', from) - from);
    EXPECT_TRUE(
        rig_.connect.returned({rig_.spec.id, "main", {state}, {"c0de"}, {}, {}, {begun.nonce}}));
    return begun;
  }
  Result<Connect::View> finish(const Caller& who, const Connect::Begun& begun,
                               std::vector<std::string> choices = {}) {
    std::optional<Result<Connect::View>> end;
    rig_.connect.finish(who, begun.flow, {begun.nonce}, std::move(choices),
                        [&](Result<Connect::View> view) {
                          EXPECT_FALSE(end) << "answered twice";
                          end = std::move(view);
                        });
    rig_.executor.run();
    return std::move(end).value();
  }
  std::size_t accounts(const Caller& who) {
    return rig_.store.list_accounts(who.scope, {}, {})->size();
  }
  std::size_t exchanges() const { return rig_.transport.count(kConnect); }

  testing::ToyRig rig_;
};

TEST_F(ConnectFinish, the_only_account_is_connected_with_what_was_granted) {
  const auto view = finish(rig_.ada, returned(rig_.ada)).value();
  ASSERT_EQ(view.flow.status, FlowStatus::connected);
  ASSERT_EQ(view.accounts.size(), 1u);
  const auto& account = view.accounts[0];
  EXPECT_EQ(account.remote_id, "channel-1");
  const Grant grant = rig_.grant_of(account);
  EXPECT_EQ(grant.subject, "ada");
  EXPECT_EQ(grant.access_expires_at, rig_.clock.now() + 1h);
  EXPECT_EQ(rig_.token_of(account, "access"), "access-1");
  EXPECT_EQ(rig_.token_of(account, "refresh"), "refresh-1");
  EXPECT_EQ(rig_.store.find_flow(rig_.ada.scope, view.flow.id)->sealed, "");
  EXPECT_EQ(rig_.transport.sent().at(0).form["code"], "c0de");
}

TEST_F(ConnectFinish, O08_a_colleague_cannot_finish_and_the_flow_is_burnt) {
  const auto begun = returned(rig_.ada);
  Caller colleague = testing::caller("acme", "eve");
  colleague.role = Role::admin;
  EXPECT_EQ(kind_of(finish(colleague, begun)), ErrorKind::not_found);
  EXPECT_EQ(finish(rig_.ada, begun)->flow.problem_code, "wrong_person");
  EXPECT_TRUE(rig_.transport.sent().empty());
  EXPECT_EQ(accounts(rig_.ada), 0u);
}

TEST_F(ConnectFinish, O08_another_customer_finds_nothing_and_burns_nothing) {
  const auto begun = returned(rig_.ada);
  EXPECT_EQ(kind_of(finish(rig_.bob, begun)), ErrorKind::not_found);
  EXPECT_TRUE(rig_.transport.sent().empty());
  EXPECT_EQ(finish(rig_.ada, begun)->flow.status, FlowStatus::connected);
  EXPECT_EQ(accounts(rig_.bob), 0u);
}

TEST_F(ConnectFinish, O08_another_browser_of_the_same_person_cannot_finish) {
  auto begun = returned(rig_.ada);
  begun.nonce = "of another browser";
  EXPECT_EQ(kind_of(finish(rig_.ada, begun)), ErrorKind::not_found);
  EXPECT_TRUE(rig_.transport.sent().empty());
  EXPECT_EQ(rig_.connect.view(rig_.ada, begun.flow)->flow.status, FlowStatus::failed);
}

TEST_F(ConnectFinish, nobody_else_sees_the_flow) {
  const auto begun = returned(rig_.ada);
  for (const auto& who : {rig_.bob, testing::caller("acme", "eve")}) {
    EXPECT_EQ(kind_of(rig_.connect.view(who, begun.flow)), ErrorKind::not_found);
  }
}

TEST_F(ConnectFinish, O12_of_two_finishers_at_once_one_exchanges_the_code) {
  const auto begun = returned(rig_.ada);
  std::vector<FlowStatus> seen;
  const auto done = [&](const Result<Connect::View>& view) { seen.push_back(view->flow.status); };
  rig_.connect.finish(rig_.ada, begun.flow, {begun.nonce}, {}, done);
  rig_.connect.finish(rig_.ada, begun.flow, {begun.nonce}, {}, done);
  rig_.executor.run();
  rig_.connect.finish(rig_.ada, begun.flow, {begun.nonce}, {}, done);
  EXPECT_EQ(seen, (std::vector{FlowStatus::working, FlowStatus::connected, FlowStatus::connected}));
  EXPECT_EQ(exchanges(), 1u);
  EXPECT_EQ(accounts(rig_.ada), 1u);
}

TEST_F(ConnectFinish, O55_a_wall_clock_that_jumps_makes_no_code_old_and_no_picker_young) {
  rig_.transport.answer(kDiscover, 200, "channel-1 channel-2");
  const auto begun = returned(rig_.ada);
  rig_.jump(1h);
  ASSERT_EQ(finish(rig_.ada, begun)->flow.status, FlowStatus::choose);
  rig_.jump(-2h);
  rig_.clock.advance(10min + 1ms);
  EXPECT_EQ(kind_of(finish(rig_.ada, begun, {"channel-1"})), ErrorKind::conflict);
}

TEST_F(ConnectFinish, a_code_that_grew_old_is_not_exchanged) {
  const auto begun = returned(rig_.ada);
  rig_.clock.advance(10min + 1ms);
  EXPECT_EQ(kind_of(finish(rig_.ada, begun)), ErrorKind::conflict);
  EXPECT_EQ(exchanges(), 0u);
}

TEST_F(ConnectFinish, O34_an_exchange_that_fails_stores_nothing_and_is_not_repeated) {
  const auto fails = [&](const char* how) {
    const auto before = exchanges();
    const auto begun = returned(rig_.ada);
    const auto view = finish(rig_.ada, begun).value();
    EXPECT_EQ(view.flow.status, FlowStatus::failed) << how;
    EXPECT_NE(view.flow.problem_message, "");
    EXPECT_EQ(view.flow.sealed, "");
    EXPECT_EQ(finish(rig_.ada, begun)->flow.status, FlowStatus::failed);
    EXPECT_EQ(accounts(rig_.ada), 0u) << how;
    EXPECT_LE(exchanges(), before + 1) << how;
  };
  rig_.wire.lose_answer(kConnect);
  fails("answer lost");
  rig_.wire.cut = true;
  fails("no network");
  rig_.wire.cut = false;
  rig_.transport.answer(kConnect, 503, "");
  fails("platform down");
  rig_.transport.answer(kConnect, 401, "{}");
  fails("code refused");
  rig_.transport.answer(kConnect, 200, "lives:3600 can:post");
  fails("an answer without a token");
}

TEST_F(ConnectFinish, O35_a_missing_permission_is_said_and_nothing_is_connected) {
  rig_.transport.answer(kConnect, 200, "as:ada can:like", {{"access", "access-1"}});
  const auto view = finish(rig_.ada, returned(rig_.ada)).value();
  EXPECT_EQ(view.flow.problem_code, "scope_missing");
  EXPECT_TRUE(view.flow.problem_message.contains("to post"));
  EXPECT_EQ(accounts(rig_.ada), 0u);
  EXPECT_EQ(rig_.transport.count(kRevoke), 1u);
}

TEST_F(ConnectFinish, O35_what_was_granted_is_kept_and_silence_means_as_asked) {
  rig_.transport.answer(kConnect, 200, "as:ada can:post", {{"access", "access-1"}});
  auto view = finish(rig_.ada, returned(rig_.ada)).value();
  EXPECT_EQ(rig_.grant_of(view.accounts.at(0)).scopes, Words{"post"});
  rig_.transport.answer(kConnect, 200, "as:ada", {{"access", "access-1"}});
  view = finish(rig_.ada, returned(rig_.ada)).value();
  EXPECT_EQ(rig_.grant_of(view.accounts.at(0)).scopes, (Words{"post", "like"}));
}

TEST_F(ConnectFinish, what_only_the_operator_can_mend_is_logged) {
  rig_.transport.answer(kConnect, 200, "lives:3600");  // Names a token that it does not hold.
  EXPECT_EQ(finish(rig_.ada, returned(rig_.ada))->flow.status, FlowStatus::failed);
  ASSERT_EQ(rig_.log.lines.size(), 1u);
  EXPECT_TRUE(rig_.log.lines[0].contains("a granted token names no secret")) << rig_.log.lines[0];
}

TEST_F(ConnectFinish, of_several_accounts_the_person_picks) {
  const auto first = finish(rig_.ada, returned(rig_.ada)).value();
  rig_.transport.answer(kDiscover, 200, "channel-1 channel-2 channel-3! channel-4");
  const auto begun = returned(rig_.ada);
  const auto view = finish(rig_.ada, begun).value();
  ASSERT_EQ(view.flow.status, FlowStatus::choose);
  EXPECT_EQ(view.choices.size(), 4u);
  EXPECT_EQ(view.connected, (std::vector{true, false, false, false}));

  for (const char* stray : {"channel-3", "channel-9"}) {
    EXPECT_EQ(kind_of(finish(rig_.ada, begun, {"channel-2", stray})), ErrorKind::invalid);
    EXPECT_EQ(rig_.connect.view(rig_.ada, begun.flow)->flow.status, FlowStatus::choose);
  }
  EXPECT_EQ(accounts(rig_.ada), 1u);
  const auto end = finish(rig_.ada, begun, {"channel-1", "channel-2"}).value();
  ASSERT_EQ(end.flow.status, FlowStatus::connected);
  ASSERT_EQ(end.accounts.size(), 2u);
  EXPECT_EQ(end.accounts[0].id, first.accounts.at(0).id);
  EXPECT_EQ(end.accounts[0].grant, end.accounts[1].grant);
  EXPECT_EQ(accounts(rig_.ada), 2u);
  EXPECT_EQ(exchanges(), 2u);
}

TEST_F(ConnectFinish, a_picker_that_nobody_used_runs_out) {
  rig_.transport.answer(kDiscover, 200, "channel-1 channel-2");
  const auto begun = returned(rig_.ada);
  ASSERT_EQ(finish(rig_.ada, begun)->flow.status, FlowStatus::choose);
  rig_.clock.advance(10min + 1ms);
  EXPECT_EQ(kind_of(finish(rig_.ada, begun, {"channel-1"})), ErrorKind::conflict);
  EXPECT_EQ(accounts(rig_.ada), 0u);
}

TEST_F(ConnectFinish, an_account_that_cannot_be_used_is_not_connected_for_being_the_only_one) {
  rig_.transport.answer(kDiscover, 200, "channel-1!");
  EXPECT_EQ(finish(rig_.ada, returned(rig_.ada))->flow.status, FlowStatus::choose);
  EXPECT_EQ(accounts(rig_.ada), 0u);
}

TEST_F(ConnectFinish, a_sign_in_that_opens_no_account_says_what_is_needed) {
  rig_.transport.answer(kDiscover, 200, "");
  const auto view = finish(rig_.ada, returned(rig_.ada)).value();
  EXPECT_EQ(view.flow.problem_code, "no_account");
  EXPECT_TRUE(view.flow.problem_message.contains("channel"));
}

TEST_F(ConnectFinish, O36_a_reconnect_with_another_account_changes_nothing_and_is_revoked) {
  const auto mine = rig_.add_account(rig_.ada, "channel-7");
  rig_.transport.answer(kConnect, 200, "as:somebody", {{"access", "access-9"}});
  const auto view = finish(rig_.ada, returned(rig_.ada, mine.id)).value();
  EXPECT_EQ(view.flow.problem_code, "other_account");
  EXPECT_EQ(accounts(rig_.ada), 1u);
  EXPECT_EQ(rig_.token_of(mine, "access"), "access-1");
  ASSERT_EQ(rig_.transport.count(kRevoke), 1u);
  EXPECT_EQ(rig_.transport.sent().back().form["token"], "access-9");
}

TEST_F(ConnectFinish, a_reconnect_keeps_the_account_and_lets_parked_posts_go_on) {
  const auto mine = rig_.add_account(rig_.ada, "channel-1");
  rig_.add_post(mine, "post-1");
  rig_.transport.answer(kUpload, 401, "{}");
  rig_.transport.answer(kRefresh, 401, "{}");
  rig_.work();
  ASSERT_EQ(rig_.delivery(mine, "post-1").state, DeliveryState::parked);
  ASSERT_EQ(rig_.grant_of(mine).state, GrantState::needs_reconnect);

  const auto view = finish(rig_.ada, returned(rig_.ada, mine.id)).value();
  ASSERT_EQ(view.flow.status, FlowStatus::connected);
  EXPECT_EQ(view.accounts.at(0).id, mine.id);
  EXPECT_EQ(rig_.delivery(mine, "post-1").state, DeliveryState::scheduled);
  EXPECT_EQ(rig_.grant_of(mine).state, GrantState::live);
  rig_.transport.answer(kUpload, 200, "");
  rig_.transport.answer(kPost, 200, "remote-1");
  rig_.work();
  EXPECT_EQ(rig_.delivery(mine, "post-1").state, DeliveryState::published);
}

TEST_F(ConnectFinish, what_a_dead_process_had_begun_is_not_taken_up) {
  const auto begun = returned(rig_.ada);
  rig_.connect.finish(rig_.ada, begun.flow, {begun.nonce}, {}, [](const auto&) {});
  rig_.executor.forget_all();
  rig_.clock.advance(1min);
  EXPECT_EQ(finish(rig_.ada, begun)->flow.status, FlowStatus::working);
  rig_.clock.advance(2min);
  EXPECT_EQ(finish(rig_.ada, begun)->flow.problem_code, "interrupted");
  EXPECT_EQ(exchanges(), 0u);
}

}  // namespace
}  // namespace herald
