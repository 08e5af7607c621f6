// Columns of measurements and figures, and how measurements begin and end in other acts.
#pragma once

#include "domain/account.h"
#include "domain/delivery.h"
#include "domain/measurement.h"
#include "store/sqlite/table.h"

namespace herald {

template <>
struct Table<Measurement> {
  static constexpr const char* kName = "measurements";
  static constexpr int kKeys = 3;
  static void fixed(auto& row, auto&& column) {
    column("customer_id", row.customer);
    column("account_id", row.account);
    column("delivery_id", row.delivery);
    column("begun_at", row.begun_at);
  }
  static void moving(auto& row, auto&& column) {
    column("due_at", row.due_at);
    column("lease", row.lease);
    column("lease_until", row.lease_until);
    column("attempt", row.attempt);
    column("measured_at", row.measured_at);
    column("problem", row.problem);
    column("calls_on", row.calls_on);
    column("calls", row.calls);
  }
};

template <>
struct Table<DayRow> {
  static constexpr const char* kName = "figures";
  static constexpr int kKeys = 5;
  static void fixed(auto& row, auto&& column) {
    column("customer_id", row.customer);
    column("account_id", row.account);
    column("delivery_id", row.delivery);
    column("day", row.day);
    column("kept_max", row.kept_max);
  }
  static void moving(auto& row, auto&& column) {
    column("metrics", json(row.metrics));
    column("read_at", row.read_at);
    column("expires_at", row.expires_at);
  }
};

// What the account has wakes; its own measurement begins where there is none.
void measure(SqliteConnection& db, const Account& account, Time now);
// Begins where the delivery is out, is not measured yet, and has its account still.
void measure(SqliteConnection& db, const Delivery& delivery, Duration first_figures);
void measure_no_more(SqliteConnection& db, const CustomerId& customer, const AccountId& account);

}  // namespace herald
