#include "tests/store/store_test.h"

namespace herald {
namespace {

class AccountContract : public StoreTest {
 protected:
  Result<std::vector<Account>> connect_to(const Grant& grant, std::vector<Account> accounts) {
    for (Account& account : accounts) account.grant = grant.id;
    return store().connect(scope(grant.customer.value), {grant, std::move(accounts)});
  }
  Grant grant(const std::string& customer, const std::string& id) {
    return store().find_grant(scope(customer), GrantId(id)).value();
  }
};
INSTANTIATE_TEST_SUITE_P(Stores, AccountContract, ::testing::ValuesIn(store_kinds()), kind_name);

TEST_P(AccountContract, AConnectionIsStoredWhole) {
  const Account page = sample_account("acme", "page", "grt");
  const Account other = sample_account("acme", "other", "grt");
  EXPECT_EQ(show(connect_to(sample_grant("acme", "grt"), {page, other})),
            show(std::vector{page, other}));
  EXPECT_EQ(show(grant("acme", "grt")), show(sample_grant("acme", "grt")));
  EXPECT_EQ(show(store().find_account(scope("acme"), AccountId("page"))), show(page));
}

TEST_P(AccountContract, AnotherCustomersRowsAreUnknown) {
  connect("acme", "page");
  EXPECT_UNKNOWN(store().find_account(scope("bolt"), AccountId("page")),
                 store().find_account(scope("bolt"), AccountId("never")));
  EXPECT_UNKNOWN(store().find_grant(scope("bolt"), GrantId("grt_page")),
                 store().find_grant(scope("bolt"), GrantId("never")));
  EXPECT_UNKNOWN(store().remove_account(scope("bolt"), AccountId("page"), at(1)),
                 store().remove_account(scope("bolt"), AccountId("never"), at(1)));
  EXPECT_EQ(show(store().list_accounts(scope("bolt"), {}, {})), "");
  EXPECT_DONE(store().find_account(scope("acme"), AccountId("page")));
}

TEST_P(AccountContract, ARowOfAnotherCustomerIsNotWritten) {
  const Grant theirs = sample_grant("bolt", "grt");
  EXPECT_REFUSED(store().connect(scope("acme"), {theirs, {}}), internal, "");
  EXPECT_REFUSED(connect_to(sample_grant("acme", "grt"), {sample_account("bolt", "page", "")}),
                 internal, "");
  EXPECT_REFUSED(store().find_grant(scope("bolt"), GrantId("grt")), not_found, "");
  EXPECT_REFUSED(store().find_grant(scope("acme"), GrantId("grt")), not_found, "");
}

TEST_P(AccountContract, ReconnectingKeepsTheIdAndItsPlaceAndRenewsTheRest) {
  connect("acme", "page");
  Account again = sample_account("acme", "proposal", "new");
  again.remote_id = sample_account("acme", "page", "").remote_id;
  again.name = "New name";
  again.sealed_token = "new token";
  again.facts.clear();
  again.connected_at = at(900);
  const auto rows = connect_to(sample_grant("acme", "new"), {again});
  Account expected = again;
  expected.id = AccountId("page");
  expected.connected_at = at(20);
  EXPECT_EQ(show(rows), show(std::vector{expected}));
  EXPECT_EQ(show(store().list_accounts(scope("acme"), {}, {})), show(std::vector{expected}));
}

TEST_P(AccountContract, AGrantThatNoAccountStandsOnAnyMoreIsRemoved) {
  const Account page = sample_account("acme", "page", "");
  const Account other = sample_account("acme", "other", "");
  EXPECT_DONE(connect_to(sample_grant("acme", "old"), {page, other}));
  EXPECT_DONE(connect_to(sample_grant("acme", "new"), {page}));
  EXPECT_DONE(store().find_grant(scope("acme"), GrantId("old")));  // The other stands on it.
  EXPECT_DONE(connect_to(sample_grant("acme", "new"), {other}));
  EXPECT_REFUSED(store().find_grant(scope("acme"), GrantId("old")), not_found, "");
}

TEST_P(AccountContract, TheVersionRisesAboveEveryGrantThatIsReplacedOrLeft) {
  const Account page = sample_account("acme", "page", "");
  Grant old = sample_grant("acme", "old");
  old.version = 7;
  EXPECT_DONE(connect_to(old, {page}));
  EXPECT_DONE(connect_to(sample_grant("acme", "new"), {page}));
  EXPECT_EQ(grant("acme", "new").version, 8);
  EXPECT_DONE(connect_to(sample_grant("acme", "new"), {page}));
  EXPECT_EQ(grant("acme", "new").version, 9);
}

TEST_P(AccountContract, RenewingAGrantEndsItsLeaseAndForgetsItsRefresh) {
  connect("acme", "page");
  EXPECT_DONE(store().lease_grant(scope("acme"), GrantId("grt_page"), 1, at(0), kLease));
  EXPECT_DONE(store().begin_refresh(scope("acme"), GrantId("grt_page"), 1, 1, at(1)));
  Grant renewal = sample_grant("acme", "grt_page");
  renewal.sealed_tokens = "new tokens";
  renewal.created_at = at(500);
  EXPECT_DONE(connect_to(renewal, {sample_account("acme", "page", "")}));
  Grant expected = renewal;
  expected.version = 2;
  expected.lease = 1;
  expected.created_at = at(10);
  EXPECT_EQ(show(grant("acme", "grt_page")), show(expected));
  // The late answer of that refresh is not kept: the new consent has replaced its token.
  EXPECT_REFUSED(store().save_grant(sample_grant("acme", "grt_page"), 1), conflict, "");
}

TEST_P(AccountContract, TwoUsersMayConnectTheSameRemoteAccount) {
  connect("acme", "page");
  Account of_ben = sample_account("acme", "bens", "");
  of_ben.user = UserId("ben");
  of_ben.remote_id = sample_account("acme", "page", "").remote_id;
  const auto rows = connect_to(sample_grant("acme", "bens_grant"), {of_ben});
  EXPECT_EQ(rows->front().id, AccountId("bens"));
  EXPECT_DONE(store().find_grant(scope("acme"), GrantId("grt_page")));
}

TEST_P(AccountContract, AnAccountIdIsNotGivenTwice) {
  connect("acme", "page");
  Account clash = sample_account("acme", "page", "");
  clash.remote_id = "another remote account";
  EXPECT_REFUSED(connect_to(sample_grant("acme", "new"), {clash}), conflict, "");
  EXPECT_REFUSED(store().find_grant(scope("acme"), GrantId("new")), not_found, "");
}

TEST_P(AccountContract, AnAccountThatComesTwiceInOneConsentIsStoredOnce) {
  Account twin = sample_account("acme", "twin", "");
  twin.remote_id = sample_account("acme", "page", "").remote_id;
  EXPECT_DONE(connect_to(sample_grant("acme", "grt"), {sample_account("acme", "page", ""), twin}));
  EXPECT_EQ(store().list_accounts(scope("acme"), {}, {})->size(), 1u);
}

TEST_P(AccountContract, ListsAreOldestFirstByUserAndPlatform) {
  Account first = sample_account("acme", "zz_first", "grt");
  first.connected_at = at(1);
  Account of_ben = sample_account("acme", "bens", "grt");
  of_ben.user = UserId("ben");
  of_ben.connected_at = at(2);
  Account video = sample_account("acme", "aa_video", "grt");
  video.platform = PlatformId("youtube");
  video.connected_at = at(2);
  EXPECT_DONE(connect_to(sample_grant("acme", "grt"), {video, of_ben, first}));
  EXPECT_EQ(show(store().list_accounts(scope("acme"), {}, {})),
            show(std::vector{first, video, of_ben}));
  EXPECT_EQ(show(store().list_accounts(scope("acme"), UserId("ann"), {})),
            show(std::vector{first, video}));
  EXPECT_EQ(show(store().list_accounts(scope("acme"), {}, PlatformId("youtube"))),
            show(std::vector{video}));
  EXPECT_EQ(show(store().list_accounts(scope("acme"), UserId("ben"), PlatformId("youtube"))), "");
}

TEST_P(AccountContract, AStandingTellsOfTheAccountAndItsGrant) {
  const Account page = sample_account("acme", "page", "grt");
  Grant held = sample_grant("acme", "grt");
  held.scopes = {"plain", "with \"quotes\" and \\", "", "comma,and ]"};
  EXPECT_DONE(connect_to(held, {page}));
  const auto standings = store().account_standings(scope("acme"), {}, {}).value();
  ASSERT_EQ(standings.size(), 1u);
  const AccountStanding& standing = standings.front();
  EXPECT_EQ(standing.id, page.id);
  EXPECT_EQ(standing.platform, page.platform);
  EXPECT_EQ(standing.kind, page.kind);
  EXPECT_EQ(standing.remote_id, page.remote_id);
  EXPECT_EQ(standing.name, page.name);
  EXPECT_EQ(standing.username, page.username);
  EXPECT_EQ(standing.picture_url, page.picture_url);
  EXPECT_EQ(standing.connected_at, page.connected_at);
  EXPECT_EQ(standing.state, held.state);
  EXPECT_EQ(standing.state_message, held.state_message);
  EXPECT_EQ(standing.scopes, held.scopes);
  EXPECT_EQ(standing.ends_at, held.ends_at);
  EXPECT_EQ(standing.parked, 0);
}

TEST_P(AccountContract, StandingsAreTheListedAccountsInTheirOrder) {
  for (const char* id : {"c", "a", "b"}) connect("acme", id);
  connect("bolt", "theirs");
  for (const auto& platform : {std::optional<PlatformId>(), std::optional(PlatformId("none"))}) {
    std::vector<AccountId> listed, told;
    const auto accounts = store().list_accounts(scope("acme"), {}, platform).value();
    for (const Account& account : accounts) listed.push_back(account.id);
    for (const auto& standing : store().account_standings(scope("acme"), {}, platform).value()) {
      told.push_back(standing.id);
    }
    EXPECT_EQ(told, listed);
    EXPECT_EQ(told.size(), platform ? 0u : 3u);
  }
  const UserId owner = store().find_account(scope("acme"), AccountId("a"))->user;
  EXPECT_EQ(store().account_standings(scope("acme"), owner, {})->size(), 3u);
  EXPECT_EQ(store().account_standings(scope("acme"), UserId("stranger"), {})->size(), 0u);
}

TEST_P(AccountContract, RemovingTheLastAccountEmptiesItsGrant) {
  connect("acme", "page");
  const auto removed = store().remove_account(scope("acme"), AccountId("page"), at(70));
  EXPECT_EQ(show(removed->account), show(sample_account("acme", "page", "grt_page")));
  EXPECT_EQ(show(removed->grant), show(sample_grant("acme", "grt_page")));  // With its tokens.
  EXPECT_TRUE(removed->last);
  EXPECT_REFUSED(store().find_account(scope("acme"), AccountId("page")), not_found, "");
  const Grant left = grant("acme", "grt_page");
  EXPECT_EQ(left.state, GrantState::revoked);
  EXPECT_EQ(left.sealed_tokens, "");
  EXPECT_EQ(left.version, 2);
  EXPECT_EQ(left.refresh_due_at, std::nullopt);
  EXPECT_EQ(left.updated_at, at(70));
}

TEST_P(AccountContract, RemovingOneOfTwoLeavesTheGrantAlive) {
  EXPECT_DONE(connect_to(sample_grant("acme", "grt"), {sample_account("acme", "page", ""),
                                                       sample_account("acme", "other", "")}));
  EXPECT_FALSE(store().remove_account(scope("acme"), AccountId("page"), at(70))->last);
  EXPECT_EQ(show(grant("acme", "grt")), show(sample_grant("acme", "grt")));
  EXPECT_TRUE(store().remove_account(scope("acme"), AccountId("other"), at(71))->last);
}

TEST_P(AccountContract, RemovingAnAccountCancelsWhatCanBeCancelled) {
  connect("acme", "page");
  connect("acme", "kept");
  create("acme", "both", {"page", "kept"}, at(100));
  create("acme", "later", {"page"}, at(200));
  EXPECT_DONE(store().remove_account(scope("acme"), AccountId("page"), at(50)));
  EXPECT_EQ(delivery("acme", "both", "page").state, DeliveryState::cancelled);
  EXPECT_EQ(delivery("acme", "both", "kept").state, DeliveryState::scheduled);
  EXPECT_EQ(delivery("acme", "later", "page").state, DeliveryState::cancelled);
  EXPECT_EQ(claim(at(1000)), std::vector<std::string>{"both"});
}

TEST_P(AccountContract, RemovingAnAccountTakesTheLeaseOfWhatRunsAndLeavesWhatMayBeOut) {
  connect("acme", "page");
  create("acme", "out", {"page"}, at(100));
  Delivery fenced = claimed("acme", "out", "page", at(100));
  fenced.fence = Fence{0, 1, at(101), at(106), at(200)};
  fenced.sealed_progress = "progress";
  EXPECT_DONE(store().save_delivery(fenced, fenced.lease, std::nullopt, {}));
  EXPECT_DONE(store().remove_account(scope("acme"), AccountId("page"), at(150)));
  EXPECT_EQ(delivery("acme", "out", "page").state, DeliveryState::running);
  fenced.state = DeliveryState::published;
  EXPECT_DONE(store().save_delivery(fenced, fenced.lease, std::nullopt, {}));

  connect("acme", "second");
  create("acme", "running", {"second"}, at(300));
  Delivery running = claimed("acme", "running", "second", at(300));
  running.sealed_progress = "progress";
  EXPECT_DONE(store().save_delivery(running, running.lease, std::nullopt, {}));
  EXPECT_DONE(store().remove_account(scope("acme"), AccountId("second"), at(350)));
  const Delivery cancelled = delivery("acme", "running", "second");
  EXPECT_EQ(cancelled.state, DeliveryState::cancelled);
  EXPECT_EQ(cancelled.sealed_progress, "");
  EXPECT_REFUSED(store().save_delivery(running, running.lease, std::nullopt, {}), conflict,
                 "lease_lost");
}

TEST_P(AccountContract, RemovingAnAccountWipesTheProgressOfWhatIsOver) {
  connect("acme", "page");
  create("acme", "done", {"page"}, at(100));
  Delivery row = claimed("acme", "done", "page", at(100));
  row.state = DeliveryState::published;
  row.sealed_progress = "progress";
  EXPECT_DONE(store().save_delivery(row, row.lease, std::nullopt, {}));
  EXPECT_DONE(store().remove_account(scope("acme"), AccountId("page"), at(150)));
  const Delivery left = delivery("acme", "done", "page");
  EXPECT_EQ(left.state, DeliveryState::published);
  EXPECT_EQ(left.sealed_progress, "");
}

// ---------------------------------------------------------------- What platforms say of them

class FactsContract : public StoreTest {
 protected:
  FactsContract() { connect("acme", "page"); }

  static KeptFacts facts(const std::string& customer, const std::string& key, Time asked_at) {
    return {CustomerId(customer),
            AccountId("page"),
            key,
            {{{"left", "3"}}, at(5), {{"boards", {{"b1", "Board"}, {"b2", "\"Bröt\""}}}}},
            asked_at,
            "It said no."};
  }
  std::optional<KeptFacts> kept(const std::string& key = {}) {
    return store().find_facts(scope("acme"), AccountId("page"), key).value();
  }
};
INSTANTIATE_TEST_SUITE_P(Stores, FactsContract, ::testing::ValuesIn(store_kinds()), kind_name);

TEST_P(FactsContract, FactsAreKeptWholePerAccountAndTarget) {
  EXPECT_FALSE(kept());
  EXPECT_DONE(store().keep_facts(scope("acme"), facts("acme", "", at(7))));
  EXPECT_FALSE(kept("bread"));
  const auto found = kept();
  ASSERT_TRUE(found);
  EXPECT_EQ(found->customer, CustomerId("acme"));
  EXPECT_EQ(found->account, AccountId("page"));
  EXPECT_EQ(found->target_key, "");
  EXPECT_EQ(found->looked_up.facts, (std::map<std::string, std::string>{{"left", "3"}}));
  EXPECT_EQ(found->looked_up.at, at(5));
  ASSERT_EQ(found->looked_up.choices.at("boards").size(), 2u);
  EXPECT_EQ(found->looked_up.choices.at("boards")[1].value, "b2");
  EXPECT_EQ(found->looked_up.choices.at("boards")[1].label, "\"Bröt\"");
  EXPECT_EQ(found->asked_at, at(7));
  EXPECT_EQ(found->problem, "It said no.");
}

TEST_P(FactsContract, WhatWasAskedForLaterStays) {
  EXPECT_DONE(store().keep_facts(scope("acme"), facts("acme", "", at(7))));
  EXPECT_DONE(store().keep_facts(scope("acme"), facts("acme", "", at(9))));
  EXPECT_EQ(kept()->asked_at, at(9));
  EXPECT_DONE(store().keep_facts(scope("acme"), facts("acme", "", at(8))));
  EXPECT_EQ(kept()->asked_at, at(9));
}

TEST_P(FactsContract, AnotherCustomersAreNeitherSeenNorWritten) {
  EXPECT_DONE(store().keep_facts(scope("acme"), facts("acme", "", at(7))));
  EXPECT_FALSE(store().find_facts(scope("bolt"), AccountId("page"), "").value());
  EXPECT_REFUSED(store().keep_facts(scope("bolt"), facts("bolt", "", at(8))), not_found, "");
  EXPECT_REFUSED(store().keep_facts(scope("bolt"), facts("acme", "", at(8))), internal, "");
  EXPECT_EQ(kept()->asked_at, at(7));
}

TEST_P(FactsContract, TheyGoWithTheAccount) {
  EXPECT_DONE(store().keep_facts(scope("acme"), facts("acme", "bread", at(7))));
  EXPECT_DONE(store().remove_account(scope("acme"), AccountId("page"), at(8)));
  EXPECT_FALSE(kept("bread"));
  EXPECT_REFUSED(store().keep_facts(scope("acme"), facts("acme", "", at(9))), not_found, "");
}

}  // namespace
}  // namespace herald
