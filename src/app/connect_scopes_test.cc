// Which permissions are asked for, by which sign-in, and whose connections go over to the new ones.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/toy_rig.h"

namespace herald {
namespace {

using ::testing::ElementsAre;
using namespace testing::toy;

class ConnectScopes : public ::testing::Test {
 protected:
  ConnectScopes() {
    rig_.spec.scopes = {{"post", "to post", true, ScopeUse::publish, {}},
                        {"like", "to like", false, ScopeUse::publish, {}},
                        {"count", "to count", false, ScopeUse::measure, {}},
                        {"age", "to know ages", false, ScopeUse::measure, {}}};
    second_spec_ = rig_.spec;
    second_spec_.registration = "second";
    second_spec_.scopes[0].name = "publish";
    set_up("herald", "herald too");
    rig_.transport.answer(kConnect, 200, "as:ada", {{"access", "new"}});
    rig_.transport.answer(kDiscover, 200, "one two");
    rig_.transport.answer(kRevoke, 200, "");
  }

  void set_up(const std::string& main, const std::string& second) {
    std::vector<Registration> all;
    all.push_back(registration(rig_.platform, main));
    all.push_back(registration(second_platform_, second));
    all[1].name = "second";
    rig_.registrations = Registrations(std::move(all));
  }
  Result<OAuthFlow> begun(const Connect::Wish& wish) {
    auto begun = rig_.connect.begin(rig_.ada, rig_.spec.id, wish);
    if (!begun) return std::unexpected(begun.error());
    return rig_.store.find_flow(rig_.ada.scope, begun->flow);
  }
  std::vector<std::string> asked(const Connect::Wish& wish) { return begun(wish)->scopes; }
  // An account whose grant was given these.
  Account with(const std::string& name, std::vector<std::string> scopes,
               const std::string& registration = "main", GrantState state = GrantState::live) {
    const Account account = rig_.add_account(rig_.ada, name);
    Grant grant = rig_.grant_of(account);
    grant.scopes = std::move(scopes);
    grant.registration = registration;
    grant.state = state;
    return rig_.store.connect(rig_.ada.scope, {grant, {account}}).value().at(0);
  }
  // Through the platform and back.
  Connect::View through(const Connect::Wish& wish, std::vector<std::string> choices) {
    const auto begun = rig_.connect.begin(rig_.ada, rig_.spec.id, wish).value();
    const auto from = begun.auth_url.find("state=") + 6;
    const auto state = begun.auth_url.substr(from, begun.auth_url.find('&', from) - from);
    const auto flow = rig_.store.find_flow(rig_.ada.scope, begun.flow).value();
    EXPECT_TRUE(rig_.connect.returned(
        {rig_.spec.id, flow.registration, {state}, {"c0de"}, {}, {}, {begun.nonce}}));
    std::optional<Result<Connect::View>> end;
    const auto done = [&](Result<Connect::View> view) { end = std::move(view); };
    rig_.connect.finish(rig_.ada, begun.flow, {begun.nonce}, {}, done);
    rig_.executor.run();
    if (end->value().flow.status != FlowStatus::choose) return std::move(*end).value();
    rig_.connect.finish(rig_.ada, begun.flow, {begun.nonce}, std::move(choices), done);
    rig_.executor.run();
    return std::move(*end).value();
  }
  std::string token_of(const Account& account) { return rig_.token_of(account, "access"); }

  testing::ToyRig rig_;
  PlatformSpec second_spec_;
  Platform second_platform_ = platform(second_spec_);
};

TEST_F(ConnectScopes, figures_are_asked_for_unless_the_person_wants_to_publish_only) {
  EXPECT_THAT(asked({}), ElementsAre("post", "like", "count", "age"));
  EXPECT_THAT(asked({{}, {}, true}), ElementsAre("post", "like", "count", "age"));
  EXPECT_THAT(asked({{}, {}, false}), ElementsAre("post", "like"));
}

TEST_F(ConnectScopes, a_reconnect_asks_as_before_where_nothing_is_said_about_figures) {
  const auto plain = with("one", {"post"});
  EXPECT_THAT(asked({plain.id, {}, {}}), ElementsAre("post", "like"));
  EXPECT_THAT(asked({plain.id, {}, true}), ElementsAre("post", "like", "count", "age"));
  rig_.store.remove_account(rig_.ada.scope, plain.id, rig_.clock.now()).value();
  const auto measured = with("two", {"post", "count"}, "main", GrantState::needs_reconnect);
  EXPECT_THAT(asked({measured.id, {}, {}}), ElementsAre("post", "like", "count", "age"));
}

TEST_F(ConnectScopes, a_reconnect_takes_nothing_from_the_accounts_that_work) {
  const auto broken = with("one", {"post"}, "main", GrantState::needs_reconnect);
  with("two", {"post", "count"});
  with("three", {"post", "age"}, "main", GrantState::needs_reconnect);
  with("four", {"post", "age"}, "second");
  EXPECT_THAT(asked({broken.id, {}, false}), ElementsAre("post", "like", "count"));
}

TEST_F(ConnectScopes, a_new_account_adds_to_the_others_where_its_consent_replaces_theirs) {
  with("one", {"post", "age"});
  EXPECT_THAT(asked({{}, {}, false}), ElementsAre("post", "like"));
  rig_.spec.oauth.consent_replaces = true;
  EXPECT_THAT(asked({{}, {}, false}), ElementsAre("post", "like", "age"));
}

TEST_F(ConnectScopes, a_consent_that_replaces_renews_the_persons_other_accounts_with_it) {
  auto other = with("one", {"post"});
  Grant grant = rig_.grant_of(other);
  grant.subject = "ada";
  other = rig_.store.connect(rig_.ada.scope, {grant, {other}}).value().at(0);
  EXPECT_EQ(through({}, {"two"}).accounts.size(), 1u);
  EXPECT_EQ(token_of(other), "access-1");
  rig_.spec.oauth.consent_replaces = true;
  EXPECT_EQ(through({}, {"two"}).accounts.size(), 2u);
  EXPECT_EQ(token_of(other), "new");
}

TEST_F(ConnectScopes, what_a_consent_replaced_does_not_wait_for_a_choice) {
  auto other = with("one", {"post"});
  Grant grant = rig_.grant_of(other);
  grant.subject = "ada";
  other = rig_.store.connect(rig_.ada.scope, {grant, {other}}).value().at(0);
  rig_.spec.oauth.consent_replaces = true;
  rig_.transport.answer(kDiscover, 200, "one two three");
  EXPECT_EQ(through({{}, {}, false}, {}).flow.status, FlowStatus::choose);
  EXPECT_EQ(token_of(other), "new");
  EXPECT_TRUE(rig_.store.find_account(rig_.ada.scope, other.id)->figures) << "nobody spoke of it";
  EXPECT_EQ(rig_.store.list_accounts(rig_.ada.scope, {}, {})->size(), 1u);
}

TEST_F(ConnectScopes, the_wish_is_kept_with_the_account_that_it_was_about) {
  const auto wants = [&](const std::string& name) {
    for (const auto& account : rig_.store.list_accounts(rig_.ada.scope, {}, {}).value()) {
      if (account.remote_id == name) return account.figures;
    }
    ADD_FAILURE() << name;
    return false;
  };
  rig_.spec.oauth.consent_replaces = true;
  rig_.transport.answer(kDiscover, 200, "one two three");
  through({{}, {}, true}, {"one"});
  EXPECT_TRUE(wants("one"));
  through({{}, {}, false}, {"two"});
  EXPECT_FALSE(wants("two"));
  EXPECT_TRUE(wants("one")) << "renewed, but nobody spoke of it";
  through({}, {"three"});
  EXPECT_TRUE(wants("three"));
  EXPECT_FALSE(wants("two"));
  const auto all = rig_.store.list_accounts(rig_.ada.scope, {}, {}).value();
  const auto two = std::ranges::find(all, "two", &Account::remote_id)->id;
  through({two, {}, {}}, {});
  EXPECT_FALSE(wants("two")) << "nothing else was said";
  through({two, {}, true}, {});
  EXPECT_TRUE(wants("two"));
  through({two, {}, false}, {});
  EXPECT_FALSE(wants("two"));
  EXPECT_TRUE(wants("one"));
  through({{}, {}, true}, {"two"});
  EXPECT_TRUE(wants("two")) << "connected once more";
}

TEST_F(ConnectScopes, another_persons_accounts_keep_their_own_tokens) {
  const auto other = with("one", {"post"});  // Of the subject "one".
  rig_.spec.oauth.consent_replaces = true;
  EXPECT_EQ(through({}, {"two"}).accounts.size(), 1u);
  EXPECT_EQ(token_of(other), "access-1");
}

TEST_F(ConnectScopes, a_sign_in_is_named_or_the_first_that_is_set_up) {
  EXPECT_EQ(begun({})->registration, "main");
  EXPECT_EQ(begun({{}, "second", {}})->registration, "second");
  EXPECT_THAT(asked({{}, "second", false}), ElementsAre("publish", "like"));
  EXPECT_EQ(begun({{}, "third", {}}).error().kind, ErrorKind::not_found);
  set_up("", "herald too");
  EXPECT_EQ(begun({})->registration, "second");
  EXPECT_EQ(begun({{}, "main", {}}).error().code, "platform_not_configured");
  set_up("", "");
  EXPECT_EQ(begun({}).error().code, "platform_not_configured");
}

TEST_F(ConnectScopes, a_reconnect_goes_by_the_accounts_own_sign_in) {
  const auto account = with("one", {"publish"}, "second");
  EXPECT_EQ(begun({account.id, {}, {}})->registration, "second");
  EXPECT_EQ(begun({account.id, "second", {}})->registration, "second");
  EXPECT_EQ(begun({account.id, "main", {}}).error().kind, ErrorKind::conflict);
}

TEST_F(ConnectScopes, a_reconnect_leaves_the_accounts_of_the_other_sign_in_alone) {
  const auto mine = with("one", {"post"});
  const auto others = with("two", {"publish"}, "second");
  EXPECT_EQ(through({mine.id, {}, {}}, {}).accounts.size(), 1u);
  EXPECT_EQ(token_of(mine), "new");
  EXPECT_EQ(token_of(others), "access-1");
}

}  // namespace
}  // namespace herald
