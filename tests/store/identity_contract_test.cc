#include "domain/session_rules.h"
#include "tests/store/store_test.h"

namespace herald {
namespace {

class IdentityContract : public StoreTest {
 protected:
  IdentityContract() {
    EXPECT_DONE(store().add_customer(sample_customer("acme")));
    EXPECT_DONE(store().add_customer(sample_customer("bolt")));
    EXPECT_DONE(store().add_user(sample_user("acme", "ann")));
  }
};
INSTANTIATE_TEST_SUITE_P(Stores, IdentityContract, ::testing::ValuesIn(store_kinds()), kind_name);

TEST_P(IdentityContract, CustomersAreFoundAsTheyWereAdded) {
  Customer suspended = sample_customer("aaaa");
  suspended.suspended = true;
  suspended.created_at = at(99);
  EXPECT_DONE(store().add_customer(suspended));
  EXPECT_EQ(show(store().find_customer(CustomerId("acme"))), show(sample_customer("acme")));
  EXPECT_REFUSED(store().find_customer(CustomerId("none")), not_found, "");
  EXPECT_EQ(show(store().list_customers()),
            show(std::vector{sample_customer("acme"), sample_customer("bolt"), suspended}));
}

TEST_P(IdentityContract, ACustomerIsAddedOnce) {
  Customer again = sample_customer("acme");
  again.name = "Other";
  EXPECT_REFUSED(store().add_customer(again), conflict, "");
  EXPECT_EQ(store().find_customer(CustomerId("acme"))->name, "Name of acme");
}

TEST_P(IdentityContract, UsersAreFoundByIdAndByEmail) {
  EXPECT_EQ(show(store().find_user(scope("acme"), UserId("ann"))),
            show(sample_user("acme", "ann")));
  EXPECT_EQ(show(store().find_user_by_email("ann@acme.example")), show(sample_user("acme", "ann")));
  EXPECT_REFUSED(store().find_user_by_email("none@acme.example"), not_found, "");
}

TEST_P(IdentityContract, AnotherCustomersUserIsUnknown) {
  EXPECT_UNKNOWN(store().find_user(scope("bolt"), UserId("ann")),
                 store().find_user(scope("bolt"), UserId("never")));
  User stolen = sample_user("bolt", "ann");
  EXPECT_REFUSED(store().save_user(stolen), not_found, "");
}

TEST_P(IdentityContract, AnEmailIsUniqueOverAllCustomers) {
  User twin = sample_user("bolt", "bob");
  twin.email = "ann@acme.example";
  EXPECT_REFUSED(store().add_user(twin), conflict, "");
  EXPECT_REFUSED(store().find_user(scope("bolt"), UserId("bob")), not_found, "");
}

TEST_P(IdentityContract, AUserNeedsACustomerAndAnIdOfTheirOwn) {
  EXPECT_REFUSED(store().add_user(sample_user("none", "bob")), not_found, "");
  User same_id = sample_user("acme", "ann");
  same_id.email = "other@acme.example";
  EXPECT_REFUSED(store().add_user(same_id), conflict, "");
  EXPECT_DONE(store().add_user(sample_user("bolt", "ann")));  // The same id, another customer.
}

TEST_P(IdentityContract, SaveUserChangesNamePasswordRoleAndDisabledOnly) {
  User user = sample_user("acme", "ann");
  user.name = "New name";
  user.password_hash = "new";
  user.role = Role::member;
  user.disabled = true;
  User given = user;
  given.email = "new@acme.example";
  given.created_at = at(77);
  EXPECT_DONE(store().save_user(given));
  EXPECT_EQ(show(store().find_user(scope("acme"), UserId("ann"))), show(user));
  EXPECT_REFUSED(store().find_user_by_email("new@acme.example"), not_found, "");
}

class SessionContract : public IdentityContract {
 protected:
  SessionContract() { EXPECT_DONE(store().begin_session(sample_session("acme", "ann", "ses"))); }
  const SessionId id_{"ses"};
};
INSTANTIATE_TEST_SUITE_P(Stores, SessionContract, ::testing::ValuesIn(store_kinds()), kind_name);

TEST_P(SessionContract, ASessionIsFoundAsItBegan) {
  EXPECT_EQ(show(store().find_session(id_)), show(sample_session("acme", "ann", "ses")));
  EXPECT_REFUSED(store().find_session(SessionId("none")), not_found, "");
}

TEST_P(SessionContract, ASessionNeedsItsUserAndAnIdOfItsOwn) {
  EXPECT_REFUSED(store().begin_session(sample_session("bolt", "ann", "other")), not_found, "");
  EXPECT_REFUSED(store().begin_session(sample_session("acme", "ann", "ses")), conflict, "");
}

TEST_P(SessionContract, RotationReplacesTheHashAndTheEnd) {
  const auto rotated = store().rotate_session(id_, "first", "second", at(10), at(2000));
  Session expected = sample_session("acme", "ann", "ses");
  expected.refresh_hash = "second";
  expected.previous_hash = "first";
  expected.rotated_at = at(10);
  expected.expires_at = at(2000);
  EXPECT_EQ(show(rotated), show(expected));
  EXPECT_EQ(show(store().find_session(id_)), show(expected));
}

TEST_P(SessionContract, AnOldHashEndsTheSessionForEverybody) {
  EXPECT_DONE(store().rotate_session(id_, "first", "second", at(10), at(2000)));
  EXPECT_DONE(store().rotate_session(id_, "second", "third", at(11), at(2000)));
  EXPECT_REFUSED(store().rotate_session(id_, "first", "fourth", at(12), at(2000)), conflict, "");
  EXPECT_TRUE(store().find_session(id_)->ended);
  EXPECT_REFUSED(store().rotate_session(id_, "third", "fourth", at(13), at(2000)), not_found, "");
}

TEST_P(SessionContract, TheHashJustReplacedIsTakenForAMomentAndChangesNothing) {
  const Time end = at(100'000);
  EXPECT_DONE(store().rotate_session(id_, "first", "second", at(10), end));
  const Time last = at(10) + kRefreshGrace - Duration(1);
  const auto again = store().rotate_session(id_, "first", "third", last, end + kRefreshGrace);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->refresh_hash, "second");
  EXPECT_EQ(again->expires_at, end);
  EXPECT_REFUSED(store().rotate_session(id_, "first", "third", last + Duration(1), end), conflict,
                 "");
}

TEST_P(SessionContract, AnExpiredSessionDoesNotRotate) {
  EXPECT_REFUSED(store().rotate_session(id_, "first", "second", at(1000), at(2000)), not_found, "");
  EXPECT_DONE(store().rotate_session(id_, "first", "second", at(999), at(2000)));
}

TEST_P(SessionContract, AnEndedSessionStaysEnded) {
  EXPECT_DONE(store().end_session(id_));
  EXPECT_DONE(store().end_session(id_));
  EXPECT_TRUE(store().find_session(id_)->ended);
  EXPECT_REFUSED(store().rotate_session(id_, "first", "second", at(1), at(2000)), not_found, "");
  EXPECT_REFUSED(store().end_session(SessionId("none")), not_found, "");
}

}  // namespace
}  // namespace herald
