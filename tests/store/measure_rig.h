// What the contracts of measurements and figures stand on: an account of acme, and the ways to read
// and publish. For tests.
#pragma once

#include <string>
#include <vector>

#include "tests/store/store_test.h"

namespace herald {

inline constexpr Duration kReadLease{60'000};
inline const Day kToday = std::chrono::floor<std::chrono::days>(at(0));
inline const FiguresFilter kThisWeek{.user = {},
                                     .platform = {},
                                     .account = {},
                                     .post = {},
                                     .from = kToday - std::chrono::days(6),
                                     .to = kToday + std::chrono::days(6)};

class MeasureRig : public StoreTest {
 protected:
  MeasureRig() {
    EXPECT_DONE(store().add_customer(sample_customer("acme")));
    EXPECT_DONE(store().add_user(sample_user("acme", "ann")));
    connect("acme", "page");
  }

  // What is claimed, as "account" or "account/post", in order.
  std::vector<std::string> claim_names(Time now, int max = 100) {
    std::vector<std::string> names;
    for (const auto& row : claim_rows(now, max)) names.push_back(name_of(row));
    return names;
  }
  std::vector<Measurement> claim_rows(Time now, int max = 100) {
    return store().claim_measurements(now, kReadLease, max).value();
  }
  static std::string name_of(const Measurement& row) {
    if (row.of_account()) return row.account.value;
    const std::string& id = row.delivery.value;  // "dlv_<post>.<account>"
    return row.account.value + "/" + id.substr(4, id.find('.') - 4);
  }
  Measurement one(Time now) {
    const auto rows = claim_rows(now, 1);
    EXPECT_EQ(rows.size(), 1u);
    return rows.empty() ? Measurement() : rows.front();
  }
  // Written with these values, and due again then; never: over.
  void read(Measurement row, Time now, const Metrics& values, std::optional<Time> due_at,
            std::chrono::hours kept_max = {}) {
    row.measured_at = now;
    row.due_at = due_at;
    EXPECT_DONE(
        store().save_measurement(row, row.lease, {Reading{now, values, kept_max}}, std::nullopt));
  }
  // Out at `now`; its figures are due an hour later.
  void publish(const std::string& customer, const std::string& post, const std::string& account,
               Time now, const std::string& remote_id = "remote") {
    create(customer, post, {account}, now);
    Delivery row = claimed(customer, post, account, now);
    row.state = DeliveryState::published;
    row.remote_id = remote_id;
    row.published_at = now;
    EXPECT_DONE(store().save_delivery(row, row.lease, std::nullopt, {}));
  }
  Figures of_account(const std::string& customer, const std::string& account) {
    return store().account_figures(scope(customer), kThisWeek)->at(AccountId(account));
  }

  const CustomerScope acme_ = scope("acme");
};

}  // namespace herald
