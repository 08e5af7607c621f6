// One person of the platform, connected by two customers; and what takes whose connection down.
#include <gtest/gtest.h>

#include "app/app_rig.h"
#include "app/connect.h"

namespace herald {
namespace {

constexpr const char* kToken = "https://toy.test/token";
constexpr const char* kRevoke = "https://toy.test/revoke";

// What the person does at the platform. Platforms are plain functions, so it stands outside them.
std::vector<std::string> ticked;
std::string channel;

Step connect_next(const Input& input, const Progress& progress) {
  if (!progress.empty()) {
    return Finished{
        Granted{.tokens = {{"access", "secret:access", input.now + std::chrono::hours(1)}},
                .scopes = ticked}};
  }
  Call call;
  call.method = "POST";
  call.url = kToken;
  call.secrets = {{"/access_token", "access"}};
  return call;
}

Step discover_next(const Input&, const Progress&) {
  DiscoveredAccount account;
  account.remote_id = account.name = channel;
  return Finished{Discovered{{account}, channel}};
}

Step revoke_next(const Input&, const Progress& progress) {
  if (!progress.empty()) return Finished{Done{}};
  Call call;
  call.method = "POST";
  call.url = kRevoke;
  return call;
}

Absorbed absorb(const Input&, const Progress&, const Answer&) {
  return {Verdict::accepted, "done", {}, {}};
}

class Disconnecting : public ::testing::Test {
 protected:
  Disconnecting() {
    ticked = {"post"};
    channel = "channel-1";
    spec_.id = PlatformId("toy");
    spec_.scopes = {{.name = "post", .why = "to post", .required = true}};
    spec_.token_hosts = {"toy.test"};
    platform_.spec = &spec_;
    platform_.flows[static_cast<std::size_t>(Flow::connect)] = {connect_next, absorb};
    platform_.flows[static_cast<std::size_t>(Flow::discover)] = {discover_next, absorb};
    platform_.flows[static_cast<std::size_t>(Flow::revoke)] = {revoke_next, absorb};
    std::vector<Registration> all(1);
    all[0].platform = &platform_;
    all[0].client_id = "herald";
    all[0].client_secret = Secret("quiet");
    all[0].redirect_uri = "https://herald.test/callback";
    registrations_ = std::make_unique<Registrations>(std::move(all));
    vault_ = std::make_unique<Vault>(rig_.store, rig_.sealer, rig_.clock, rig_.executor,
                                     rig_.random, dialogues_, rig_.events, *registrations_);
    connect_ =
        std::make_unique<Connect>(Connect::Ports{rig_.store, rig_.sealer, rig_.clock, rig_.random,
                                                 rig_.digest, rig_.hosts, rig_.events},
                                  *vault_, dialogues_, *registrations_);
    rig_.transport.answer(kToken, 200, "{}", {{"access", "t0ken"}});
    rig_.transport.answer(kRevoke, 200, "{}");
  }

  Connect::View through(const Caller& who, const std::optional<AccountId>& reconnects = {}) {
    const auto begun = connect_->begin(who, spec_.id, reconnects).value();
    const auto from = begun.auth_url.find("state=") + 6;
    const auto state = begun.auth_url.substr(from, begun.auth_url.find('&', from) - from);
    EXPECT_TRUE(connect_->returned({spec_.id, "main", {state}, {"c0de"}, {}, {}, {begun.nonce}}));
    std::optional<Result<Connect::View>> end;
    connect_->finish(who, begun.flow, {begun.nonce}, {},
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
    EXPECT_TRUE(connect_->disconnect(who, spec_.id, id));
    rig_.executor.run();
  }

  testing::AppRig rig_;
  PlatformSpec spec_;
  Platform platform_;
  Dialogues dialogues_{rig_.clock, rig_.executor, rig_.transport};
  std::unique_ptr<Registrations> registrations_;
  std::unique_ptr<Vault> vault_;
  std::unique_ptr<Connect> connect_;
  const Caller ada_ = testing::caller("acme", "ada");
  const Caller bob_ = testing::caller("bolt", "bob");
};

TEST_F(Disconnecting, O54_one_customer_does_not_take_down_another_of_the_same_person) {
  const AccountId adas = connected(ada_);
  const AccountId bobs = connected(bob_);
  disconnect(ada_, adas);
  EXPECT_EQ(rig_.transport.count(kRevoke), 0u);
  disconnect(bob_, bobs);
  EXPECT_EQ(rig_.transport.count(kRevoke), 1u);
}

TEST_F(Disconnecting, O54_a_box_left_unticked_takes_nobody_down) {
  connected(ada_);
  ticked = {};
  EXPECT_EQ(through(bob_).flow.problem_code, "scope_missing");
  EXPECT_EQ(rig_.transport.count(kRevoke), 0u);
}

TEST_F(Disconnecting, O54_the_wrong_account_on_a_reconnect_takes_nobody_down) {
  const AccountId adas = connected(ada_);
  channel = "channel-2";
  connected(bob_);
  EXPECT_EQ(through(ada_, adas).flow.problem_code, "other_account");
  EXPECT_EQ(rig_.transport.count(kRevoke), 0u);
}

}  // namespace
}  // namespace herald
