// The way to the platform and back: what is asked for, what is kept, who is let in again.
#include <gtest/gtest.h>

#include "app/toy_rig.h"
#include "domain/encoding.h"

namespace herald {
namespace {

using namespace std::chrono_literals;
using namespace testing::toy;

std::string parameter(const std::string& url, const std::string& name) {
  const auto at = url.find(name + "=");
  if (at == url.npos) return "";
  const auto from = at + name.size() + 1;
  return url.substr(from, url.find('&', from) - from);
}

class ConnectBegin : public ::testing::Test {
 protected:
  Connect::Begun begin() { return rig_.connect.begin(rig_.ada, rig_.spec.id, {}).value(); }
  Connect::Callback callback(const Connect::Begun& begun) {
    return {rig_.spec.id, "main",       {parameter(begun.auth_url, "state")}, {"c0de"}, {},
            {},           {begun.nonce}};
  }
  FlowStatus status(const Connect::Begun& begun) {
    return rig_.store.find_flow(rig_.ada.scope, begun.flow)->status;
  }
  void expect_refused(const Connect::Callback& callback) {
    const auto end = rig_.connect.returned(callback);
    ASSERT_FALSE(end);
    EXPECT_EQ(end.error().kind, ErrorKind::invalid);
    EXPECT_EQ(end.error().code, "flow_refused");
    EXPECT_EQ(end.error().message,
              "This sign-in could not be completed. Close this window and press Connect again.");
    rig_.executor.run();
    EXPECT_TRUE(rig_.transport.sent().empty());
  }

  testing::ToyRig rig_;
};

TEST_F(ConnectBegin, O04_state_nonce_and_verifier_are_nowhere_in_the_stored_flow) {
  const auto begun = begin();
  const auto flow = rig_.store.find_flow(rig_.ada.scope, begun.flow).value();
  const auto state = parameter(begun.auth_url, "state");
  EXPECT_GE(state.size(), 43u);
  EXPECT_GE(begun.nonce.size(), 43u);
  for (const auto& field : {flow.id.value, flow.state_hash, flow.nonce_hash, flow.sealed}) {
    EXPECT_FALSE(field.contains(state));
    EXPECT_FALSE(field.contains(begun.nonce));
  }
  EXPECT_EQ(flow.state_hash, to_hex(rig_.digest.sha256(state)));
  EXPECT_FALSE(begun.auth_url.contains(begun.nonce));
}

TEST_F(ConnectBegin, O47_what_is_asked_for_is_what_the_platform_lists) {
  rig_.spec.oauth.reconnect_extra = {{"auth_type", "rerequest"}};
  const auto first = begin();
  EXPECT_EQ(parameter(first.auth_url, "scope"), "post%20like");
  EXPECT_EQ(parameter(first.auth_url, "auth_type"), "");
  // A grant that was given less is asked for all again.
  auto account = rig_.add_account(rig_.ada, "one");
  const auto again = rig_.connect.begin(rig_.ada, rig_.spec.id, {account.id, {}, {}}).value();
  EXPECT_EQ(parameter(again.auth_url, "scope"), "post%20like");
  EXPECT_EQ(parameter(again.auth_url, "auth_type"), "rerequest");
}

TEST_F(ConnectBegin, a_platform_of_many_servers_is_reached_at_the_one_that_is_set) {
  rig_.spec.oauth.authorize_url = "https://{instance}/authorize";
  rig_.spec.variables.instance = "TOY_INSTANCE";
  const auto set = [&](const char* instance) {
    std::vector<Registration> all;
    all.push_back(registration(rig_.platform, "herald"));
    all[0].instance = instance;
    rig_.registrations = Registrations(std::move(all));
  };
  set("");
  const auto none = rig_.connect.begin(rig_.ada, rig_.spec.id, {});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, "platform_not_configured");
  set("social.example");
  EXPECT_TRUE(begin().auth_url.starts_with("https://social.example/authorize?"));
}

// Where a sign-in fails that asks for more than the app was given. What is required is asked for
// all the same: without it nothing could be published.
TEST_F(ConnectBegin, scopes_that_the_app_lacks_are_left_out_unless_they_are_required) {
  std::vector<Registration> all;
  all.push_back(registration(rig_.platform, "herald"));
  all[0].scopes_left_out = {"like", "post", "none"};
  rig_.registrations = Registrations(std::move(all));
  const auto begun = begin();
  EXPECT_EQ(parameter(begun.auth_url, "scope"), "post");
  EXPECT_EQ(rig_.store.find_flow(rig_.ada.scope, begun.flow)->scopes,
            (std::vector<std::string>{"post"}));
}

TEST_F(ConnectBegin, O21_the_redirect_address_is_the_registered_one_in_both_requests) {
  const auto begun = begin();
  EXPECT_EQ(parameter(begun.auth_url, "redirect_uri"),
            percent_encode("https://herald.test/callback/toy"));
  ASSERT_TRUE(rig_.connect.returned(callback(begun)));
  rig_.connect.finish(rig_.ada, begun.flow, {begun.nonce}, {}, [](const auto&) {});
  rig_.executor.run();
  EXPECT_EQ(rig_.transport.sent().at(0).form["redirect_uri"], "https://herald.test/callback/toy");
}

TEST_F(ConnectBegin, O19_the_challenge_fits_the_verifier_that_is_sent_later) {
  rig_.spec.oauth.pkce = Pkce::s256;
  const auto begun = begin();
  EXPECT_EQ(parameter(begun.auth_url, "code_challenge_method"), "S256");
  ASSERT_TRUE(rig_.connect.returned(callback(begun)));
  rig_.connect.finish(rig_.ada, begun.flow, {begun.nonce}, {}, [](const auto&) {});
  rig_.executor.run();
  const auto verifier = rig_.transport.sent().at(0).form["code_verifier"];
  EXPECT_GE(verifier.size(), 43u);
  EXPECT_LE(verifier.size(), 128u);
  EXPECT_EQ(parameter(begun.auth_url, "code_challenge"),
            to_base64url(rig_.digest.sha256(verifier)));
  EXPECT_FALSE(begun.auth_url.contains(verifier));
}

TEST_F(ConnectBegin, only_ones_own_account_of_that_platform_can_be_reconnected) {
  const auto bobs = rig_.add_account(rig_.bob, "two");
  const auto adas = rig_.add_account(rig_.ada, "one");
  Caller admin = testing::caller("acme", "eve");
  admin.role = Role::admin;
  for (const auto& [who, account] : {std::pair(rig_.ada, bobs.id), std::pair(admin, adas.id),
                                     std::pair(rig_.ada, AccountId("acc-none"))}) {
    const auto begun = rig_.connect.begin(who, rig_.spec.id, {account, {}, {}});
    ASSERT_FALSE(begun);
    EXPECT_EQ(begun.error().kind, ErrorKind::not_found);
  }
}

TEST_F(ConnectBegin, a_platform_that_is_not_set_up_says_so) {
  EXPECT_EQ(rig_.connect.begin(rig_.ada, rig_.idle_spec.id, {}).error().code,
            "platform_not_configured");
  EXPECT_EQ(rig_.connect.begin(rig_.ada, PlatformId("none"), {}).error().kind,
            ErrorKind::not_found);
}

TEST_F(ConnectBegin, O48_ten_flows_may_wait_and_an_eleventh_not) {
  for (int i = 0; i < 10; ++i) begin();
  EXPECT_EQ(rig_.connect.begin(rig_.ada, rig_.spec.id, {}).error().kind, ErrorKind::rate_limited);
  EXPECT_TRUE(rig_.connect.begin(rig_.bob, rig_.spec.id, {}));
  rig_.clock.advance(11min);
  EXPECT_TRUE(rig_.connect.begin(rig_.ada, rig_.spec.id, {}));
}

TEST_F(ConnectBegin, O06_O07_only_the_browser_that_began_is_let_in) {
  const auto begun = begin();
  const auto other = begin();
  auto call = callback(begun);
  call.nonces = {};
  expect_refused(call);
  call.nonces = {other.nonce, "guess"};
  expect_refused(call);
  EXPECT_EQ(status(begun), FlowStatus::waiting);  // Not burnt by who guesses.
  ASSERT_EQ(rig_.log.lines.size(), 2u);
  EXPECT_TRUE(rig_.log.lines[0].contains("no browser cookie"));
  EXPECT_TRUE(rig_.log.lines[1].contains("state, cookie or time"));
  call.nonces = {other.nonce, begun.nonce};
  EXPECT_TRUE(rig_.connect.returned(call));
  EXPECT_EQ(status(other), FlowStatus::waiting);
}

TEST_F(ConnectBegin, O55_a_wall_clock_that_jumps_ends_no_flow_and_prolongs_none) {
  const auto early = begin();
  rig_.jump(1h);
  EXPECT_FALSE(rig_.connect.view(rig_.ada, early.flow)->over);
  EXPECT_TRUE(rig_.connect.returned(callback(early)));
  const auto late = begin();
  rig_.jump(-1h);
  rig_.clock.advance(10min + 1ms);
  expect_refused(callback(late));
  EXPECT_TRUE(rig_.connect.view(rig_.ada, late.flow)->over);
}

TEST_F(ConnectBegin, O11_O13_a_used_an_old_and_an_unknown_state_are_refused_alike) {
  const auto begun = begin();
  ASSERT_TRUE(rig_.connect.returned(callback(begun)));
  expect_refused(callback(begun));
  const auto old = begin();
  rig_.clock.advance(10min + 1ms);
  expect_refused(callback(old));
  auto unknown = callback(old);
  unknown.state = {"unknown"};
  expect_refused(unknown);
}

TEST_F(ConnectBegin, O14_missing_empty_and_doubled_parameters_are_refused) {
  const auto begun = begin();
  const auto good = callback(begun);
  std::vector<Connect::Callback> bad(9, good);
  bad[0].state = {};
  bad[1].state = {""};
  bad[2].state = {good.state[0], good.state[0]};
  bad[3].code = {};
  bad[4].code = {""};
  bad[5].code = {"c0de", "c0de"};
  bad[6].error = {"access_denied"};  // Beside a code.
  bad[7].iss = {"a", "b"};
  bad[8].code = {};
  bad[8].error = {"a", "b"};
  for (const auto& one : bad) expect_refused(one);
  EXPECT_EQ(status(begun), FlowStatus::waiting);
  EXPECT_TRUE(rig_.connect.returned(good));
}

TEST_F(ConnectBegin, O15_O16_a_state_is_good_at_its_own_platform_and_registration) {
  const auto begun = begin();
  auto call = callback(begun);
  call.platform = rig_.idle_spec.id;
  expect_refused(call);
  call = callback(begun);
  call.registration = "second";
  EXPECT_EQ(rig_.connect.returned(call).error().kind, ErrorKind::not_found);
  EXPECT_EQ(status(begun), FlowStatus::waiting);
}

TEST_F(ConnectBegin, O18_the_issuer_is_compared_exactly_and_wanted_where_announced) {
  rig_.spec.oauth.issuer = "https://toy.test";
  rig_.spec.oauth.issuer_required = true;
  const auto begun = begin();
  auto call = callback(begun);
  expect_refused(call);
  for (const char* wrong : {"https://toy.test/", "https://TOY.test", ""}) {
    call.iss = {wrong};
    expect_refused(call);
  }
  call.iss = {"https://toy.test"};
  EXPECT_TRUE(rig_.connect.returned(call));
}

TEST_F(ConnectBegin, O25_a_no_needs_a_good_state_and_uses_it_up) {
  const auto begun = begin();
  auto call = callback(begun);
  call.code = {};
  call.error = {"access_denied"};
  auto stranger = call;
  stranger.nonces = {"guess"};
  expect_refused(stranger);
  EXPECT_EQ(rig_.connect.returned(call)->status, FlowStatus::denied);
  expect_refused(call);
  EXPECT_EQ(rig_.store.find_flow(rig_.ada.scope, begun.flow)->sealed, "");
}

TEST_F(ConnectBegin, a_platform_that_fails_is_not_called_a_persons_no) {
  const auto begun = begin();
  auto call = callback(begun);
  call.code = {};
  call.error = {"server_error"};
  const auto flow = rig_.connect.returned(call).value();
  EXPECT_EQ(flow.status, FlowStatus::failed);
  EXPECT_EQ(flow.problem_code, "platform_refused");
}

TEST_F(ConnectBegin, what_a_platform_hangs_on_to_its_codes_is_taken_off) {
  rig_.spec.oauth.code_suffix = "#_";
  const auto begun = begin();
  auto call = callback(begun);
  call.code = {"c0de#_"};
  ASSERT_TRUE(rig_.connect.returned(call));
  const auto flow = rig_.store.find_flow(rig_.ada.scope, begun.flow).value();
  EXPECT_FALSE(flow.sealed.contains("c0de"));
  rig_.connect.finish(rig_.ada, begun.flow, {begun.nonce}, {}, [](const auto&) {});
  rig_.executor.run();
  EXPECT_EQ(rig_.transport.sent().at(0).form["code"], "c0de");
}

}  // namespace
}  // namespace herald
