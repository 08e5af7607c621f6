#include "tests/store/store_test.h"

namespace herald {
namespace {

class GrantContract : public StoreTest {
 protected:
  GrantContract() { connect("acme", "page"); }

  Result<Grant> lease(Time now, std::int64_t version = 1) {
    return store().lease_grant(acme_, id_, version, now, Duration(1000));
  }
  Grant stored() { return store().find_grant(acme_, id_).value(); }

  const CustomerScope acme_ = scope("acme");
  const GrantId id_{"grt_page"};
};
INSTANTIATE_TEST_SUITE_P(Stores, GrantContract, ::testing::ValuesIn(store_kinds()), kind_name);

TEST_P(GrantContract, ALeaseIsHeldByOneAndItsNumberRises) {
  Grant expected = sample_grant("acme", "grt_page");
  expected.lease = 1;
  expected.lease_until = at(1000);
  EXPECT_EQ(show(lease(at(0))), show(expected));
  EXPECT_EQ(show(stored()), show(expected));
  EXPECT_REFUSED(lease(at(999)), conflict, "");
  EXPECT_EQ(lease(at(1000))->lease, 2);
}

TEST_P(GrantContract, ALeaseNeedsTheVersionThatWasSeen) {
  EXPECT_REFUSED(lease(at(0), 2), conflict, "");
  EXPECT_UNKNOWN(store().lease_grant(scope("bolt"), id_, 1, at(0), kLease),
                 store().lease_grant(scope("bolt"), GrantId("never"), 1, at(0), kLease));
}

TEST_P(GrantContract, ARefreshBeginsUnderItsLeaseOnly) {
  EXPECT_REFUSED(store().begin_refresh(acme_, id_, 1, 0, at(0)), conflict, "");  // Never leased.
  EXPECT_DONE(lease(at(0)));
  EXPECT_REFUSED(store().begin_refresh(acme_, id_, 1, 2, at(1)), conflict, "");
  EXPECT_REFUSED(store().begin_refresh(acme_, id_, 2, 1, at(1)), conflict, "");
  EXPECT_REFUSED(store().begin_refresh(acme_, id_, 1, 1, at(1000)), conflict, "");  // Run out.
  EXPECT_UNKNOWN(store().begin_refresh(scope("bolt"), id_, 1, 1, at(1)),
                 store().begin_refresh(scope("bolt"), GrantId("never"), 1, 1, at(1)));
  EXPECT_EQ(stored().refresh_begun_version, std::nullopt);
  EXPECT_DONE(store().begin_refresh(acme_, id_, 1, 1, at(5)));
  EXPECT_EQ(stored().refresh_begun_version, 1);
  EXPECT_EQ(stored().refresh_begun_at, at(5));
}

TEST_P(GrantContract, SavingKeepsTheAnswerAndSettlesTheRefresh) {
  EXPECT_DONE(lease(at(0)));
  EXPECT_DONE(store().begin_refresh(acme_, id_, 1, 1, at(5)));
  Grant answer = stored();
  answer.sealed_tokens = "new tokens";
  answer.access_expires_at.reset();
  answer.refresh_due_at = at(9000);
  answer.state = GrantState::needs_reconnect;
  answer.state_message = "Reconnect.";
  answer.scopes = {"publish"};
  answer.updated_at = at(6);
  Grant expected = answer;
  expected.version = 2;
  expected.lease_until = {};
  expected.refresh_begun_version.reset();
  expected.refresh_begun_at.reset();
  EXPECT_EQ(show(store().save_grant(answer, 1)), show(expected));
  EXPECT_EQ(show(stored()), show(expected));
  EXPECT_DONE(lease(at(7), 2));  // The lease is free again.
}

TEST_P(GrantContract, ALateAnswerIsKeptAfterTheLeaseWentToAnother) {
  const Grant first = *lease(at(0));
  EXPECT_EQ(lease(at(1000))->lease, 2);
  Grant answer = first;
  answer.sealed_tokens = "the only living token";
  const auto saved = store().save_grant(answer, 1);
  EXPECT_EQ(saved->sealed_tokens, "the only living token");
  EXPECT_EQ(saved->lease, 2);
  EXPECT_REFUSED(store().begin_refresh(acme_, id_, 1, 2, at(1001)), conflict, "");
  EXPECT_REFUSED(store().save_grant(answer, 1), conflict, "");  // Version 1 is over.
}

TEST_P(GrantContract, O44_RevokedWinsOverALateAnswer) {
  EXPECT_DONE(lease(at(0)));
  EXPECT_DONE(store().begin_refresh(acme_, id_, 1, 1, at(5)));
  const Grant answer = stored();
  EXPECT_DONE(store().remove_account(acme_, AccountId("page"), at(6)));
  EXPECT_REFUSED(store().save_grant(answer, 1), conflict, "");
  EXPECT_REFUSED(store().save_grant(answer, 2), conflict, "");  // Not even with its version.
  EXPECT_EQ(stored().state, GrantState::revoked);
  EXPECT_EQ(stored().sealed_tokens, "");
}

TEST_P(GrantContract, AGrantThatIsSavedAsRevokedHasNoTokens) {
  Grant revoked = stored();
  revoked.state = GrantState::revoked;
  EXPECT_EQ(store().save_grant(revoked, 1)->sealed_tokens, "");
  EXPECT_EQ(stored().sealed_tokens, "");
}

TEST_P(GrantContract, SavingAnUnknownGrantIsRefused) {
  EXPECT_UNKNOWN(store().save_grant(sample_grant("bolt", "grt_page"), 1),
                 store().save_grant(sample_grant("bolt", "never"), 1));
}

TEST_P(GrantContract, O39_ALeaseIsGivenBackByItsHolderOnly) {
  EXPECT_REFUSED(store().release_grant(acme_, id_, 0), conflict, "");
  EXPECT_DONE(lease(at(0)));
  EXPECT_DONE(lease(at(1000)));  // The first ran out; somebody else has it now.
  EXPECT_REFUSED(store().release_grant(acme_, id_, 1), conflict, "");
  EXPECT_REFUSED(lease(at(1001)), conflict, "");  // The second lease is intact.
  EXPECT_UNKNOWN(store().release_grant(scope("bolt"), id_, 2),
                 store().release_grant(scope("bolt"), GrantId("never"), 2));
  EXPECT_DONE(store().release_grant(acme_, id_, 2));
  EXPECT_REFUSED(store().release_grant(acme_, id_, 2), conflict, "");
  EXPECT_EQ(lease(at(1001))->lease, 3);
}

TEST_P(GrantContract, DueAreLiveGrantsThatNobodyHoldsOldestFirst) {
  const auto due = [&](Time now, int max = 10) {
    std::vector<std::string> ids;
    const auto rows = store().grants_due(now, max).value();
    for (const Grant& grant : rows) ids.push_back(grant.id.value);
    return ids;
  };
  const auto add = [&](const std::string& id, std::optional<Time> refresh, GrantState state) {
    Grant grant = sample_grant("bolt", id);
    grant.refresh_due_at = refresh;
    grant.state = state;
    EXPECT_DONE(store().connect(scope("bolt"), {grant, {sample_account("bolt", id, id)}}));
  };
  add("early", at(3000), GrantState::live);
  add("dead", at(3000), GrantState::needs_reconnect);
  add("lasting", std::nullopt, GrantState::live);
  using Ids = std::vector<std::string>;
  EXPECT_EQ(due(at(2999)), Ids{});
  EXPECT_EQ(due(at(3000)), Ids{"early"});
  EXPECT_EQ(due(at(4000)), (Ids{"early", "grt_page"}));
  EXPECT_EQ(due(at(4000), 1), Ids{"early"});
  EXPECT_DONE(store().lease_grant(scope("bolt"), GrantId("early"), 1, at(4000), Duration(10)));
  EXPECT_EQ(due(at(4009)), Ids{"grt_page"});
  EXPECT_EQ(due(at(4010)), (Ids{"early", "grt_page"}));
}

TEST_P(GrantContract, APlatformsPersonIsFoundOverAllCustomers) {
  Grant theirs = sample_grant("bolt", "theirs");
  theirs.subject = "person of grt_page";
  EXPECT_DONE(store().connect(scope("bolt"), {theirs, {}}));
  Grant elsewhere = theirs;
  elsewhere.id = GrantId("elsewhere");
  elsewhere.platform = PlatformId("youtube");
  EXPECT_DONE(store().connect(scope("bolt"), {elsewhere, {}}));
  Grant nobody = theirs;
  nobody.id = GrantId("nobody");
  nobody.subject.clear();
  EXPECT_DONE(store().connect(scope("bolt"), {nobody, {}}));
  const PlatformId instagram("instagram");
  EXPECT_EQ(show(store().grants_of_subject(instagram, "person of grt_page")),
            show(std::vector{stored(), theirs}));
  EXPECT_EQ(show(store().grants_of_subject(instagram, "")), "");

  Account page = sample_account("bolt", "known_by_its_id", "nobody");
  page.remote_id = "person of grt_page";  // Told to us as an account's id, and as a person's.
  EXPECT_DONE(store().connect(scope("bolt"), {nobody, {page}}));
  EXPECT_EQ(
      show(store().grants_of_subject(instagram, "person of grt_page")),
      show(std::vector{stored(), store().find_grant(scope("bolt"), nobody.id).value(), theirs}));
  EXPECT_EQ(show(store().grants_of_subject(PlatformId("youtube"), "person of grt_page")),
            show(std::vector{elsewhere}));
}

TEST_P(GrantContract, EndAllLeasesFreesGrants) {
  EXPECT_DONE(lease(at(0)));
  EXPECT_DONE(store().end_all_leases());
  EXPECT_REFUSED(store().release_grant(acme_, id_, 1), conflict, "");
  EXPECT_EQ(lease(at(1))->lease, 2);
}

}  // namespace
}  // namespace herald
