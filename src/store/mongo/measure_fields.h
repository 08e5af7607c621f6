// Fields of measurements and figures, and how measurements begin and end in other acts.
#pragma once

#include "domain/account.h"
#include "domain/delivery.h"
#include "domain/measurement.h"
#include "store/mongo/database.h"
#include "store/mongo/fields.h"

namespace herald::mongo {

template <>
struct Fields<Measurement> {
  static constexpr const char* kCollection = "measurements";
  static void key(auto& row, auto&& field) {
    field("account_id", row.account);
    field("delivery_id", row.delivery);  // Empty: of the account itself.
  }
  static void fixed(auto& row, auto&& field) { field("begun_at", row.begun_at); }
  static void moving(auto& row, auto&& field) {
    field("due_at", row.due_at);
    field("lease", row.lease);
    field("lease_until", row.lease_until);
    field("attempt", row.attempt);
    field("measured_at", row.measured_at);
    field("problem", row.problem);
    field("calls_on", row.calls_on);
    field("calls", row.calls);
  }
};

inline constexpr const char* kAccountMetrics = "account_metrics";
inline constexpr const char* kPostMetrics = "post_metrics";
inline const char* metrics_of(const DeliveryId& delivery) {
  return delivery.empty() ? kAccountMetrics : kPostMetrics;
}

// In account_metrics, or in post_metrics when it has a delivery.
template <>
struct Fields<DayRow> {
  static constexpr const char* kCollection = kPostMetrics;
  static void key(auto& row, auto&& field) {
    field("account_id", row.account);
    field("delivery_id", row.delivery);
    field("day", row.day);
    field("kept_max", row.kept_max);
  }
  static void fixed(auto&, auto&&) {}
  static void moving(auto& row, auto&& field) {
    field("metrics", row.metrics);
    field("read_at", row.read_at);
    field("expires_at", row.expires_at);
  }
};

// All within run_as_one().
// What the account has wakes; its own measurement begins where there is none.
Result<Done> measure(Act& act, const Account& account, Time now);
// Begins where the delivery is out, is not measured yet, and has its account still.
Result<Done> measure(Act& act, const Delivery& delivery, Duration first_figures);
Result<Done> measure_no_more(Act& act, const CustomerId& customer, const AccountId& account);
// Ends the leases of all customers' (PostStore::end_all_leases).
Result<Done> end_measurement_leases(Act& act);

}  // namespace herald::mongo
