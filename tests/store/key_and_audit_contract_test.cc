#include "tests/store/store_test.h"

namespace herald {
namespace {

class KeyContract : public StoreTest {
 protected:
  KeyContract() {
    EXPECT_DONE(store().add_data_key(acme_, second_));
    EXPECT_DONE(store().add_data_key(acme_, first_));
  }
  const CustomerId acme_{"acme"};
  const WrappedKey first_{1, std::string("\0wrapped\xff", 9), std::string("\0proof", 6)};
  const WrappedKey second_{2, "wrapped 2", "proof 2"};
};
INSTANTIATE_TEST_SUITE_P(Stores, KeyContract, ::testing::ValuesIn(store_kinds()), kind_name);

TEST_P(KeyContract, KeysAreListedByCustomerNewestLast) {
  EXPECT_DONE(store().add_data_key(CustomerId("bolt"), second_));
  EXPECT_EQ(show(store().data_keys(acme_)), show(std::vector{first_, second_}));
  EXPECT_EQ(show(store().data_keys(CustomerId("none"))), "");
  EXPECT_EQ(show(store().customers_with_keys()), "acme\nbolt\n");
}

TEST_P(KeyContract, ANumberIsGivenOnce) {
  EXPECT_REFUSED(store().add_data_key(acme_, {2, "other", "other"}), conflict, "");
  EXPECT_EQ(show(store().data_keys(acme_)), show(std::vector{first_, second_}));
}

TEST_P(KeyContract, RewrappingReplacesWhatWasSeenOnly) {
  const WrappedKey after{1, "rewrapped", "proof"};
  EXPECT_REFUSED(store().rewrap_data_key(acme_, {1, "stale", first_.commitment}, after), conflict,
                 "");
  EXPECT_REFUSED(store().rewrap_data_key(acme_, {1, first_.wrapped, "other"}, after), conflict, "");
  EXPECT_REFUSED(store().rewrap_data_key(acme_, {3, "", ""}, {3, "", ""}), not_found, "");
  EXPECT_REFUSED(store().rewrap_data_key(CustomerId("bolt"), first_, after), not_found, "");
  EXPECT_REFUSED(store().rewrap_data_key(acme_, first_, {2, "", ""}), internal, "");
  EXPECT_EQ(show(store().data_keys(acme_)), show(std::vector{first_, second_}));
  EXPECT_DONE(store().rewrap_data_key(acme_, first_, after));
  EXPECT_EQ(show(store().data_keys(acme_)), show(std::vector{after, second_}));
}

class AuditContract : public StoreTest {};
INSTANTIATE_TEST_SUITE_P(Stores, AuditContract, ::testing::ValuesIn(store_kinds()), kind_name);

TEST_P(AuditContract, EventsAreListedByCustomerLastFirst) {
  const auto event = [](const std::string& customer, const std::string& action) {
    return AuditEvent{.customer = CustomerId(customer),
                      .user = UserId("ann"),
                      .action = action,
                      .subject = "acc_1",
                      .note = "A note",
                      .at = at(5)};
  };
  for (const char* action : {"first", "second", "third"}) {
    EXPECT_DONE(store().add_audit(event("acme", action)));
    EXPECT_DONE(store().add_audit(event("bolt", "theirs")));
  }
  EXPECT_EQ(show(store().list_audit(scope("acme"), 2)),
            show(std::vector{event("acme", "third"), event("acme", "second")}));
  EXPECT_EQ(store().list_audit(scope("acme"), 10)->size(), 3u);
  EXPECT_EQ(show(store().list_audit(scope("none"), 10)), "");
}

}  // namespace
}  // namespace herald
