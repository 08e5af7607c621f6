#include "domain/measurement_rules.h"
#include "store/mongo/account_fields.h"
#include "store/mongo/guard.h"
#include "store/mongo/measure_fields.h"
#include "store/mongo/rows.h"

namespace herald::mongo {

Result<Done> measure(Act& act, const Account& account, Time now) {
  const Rows<Measurement> measurements(act, account.customer);
  HERALD_TRY(auto rows, measurements.find(document("account_id", account.id)));
  bool is_known = false;
  for (Measurement& row : rows) {
    is_known = is_known || row.of_account();
    wake(row, now);
    HERALD_CHECK(measurements.update(row));
  }
  if (is_known) return Done{};
  return measurements.insert(measurement_of(account, now));
}

Result<Done> measure(Act& act, const Delivery& delivery, Duration first_figures) {
  const auto row = measurement_of(delivery, first_figures);
  if (!row) return Done{};
  HERALD_CHECK(guard(act, row->customer, "account", row->account.value));
  HERALD_TRY(const bool is_connected,
             Rows<AccountPlace>(act, row->customer).raw().any(document("id", row->account)));
  if (!is_connected) return Done{};
  Bson fresh;
  const auto add = [&](std::string_view name, const auto& member) { put(fresh, name, member); };
  Fields<Measurement>::fixed(*row, add);
  Fields<Measurement>::moving(*row, add);
  // One that is known stays as it is.
  HERALD_CHECK(Rows<Measurement>(act, row->customer)
                   .raw()
                   .update_one(key_of(*row), document("$setOnInsert", fresh), true));
  return Done{};
}

Result<Done> measure_no_more(Act& act, const CustomerId& customer, const AccountId& account) {
  for (const char* collection : {Fields<Measurement>::kCollection, kAccountMetrics}) {
    HERALD_CHECK(Documents(act, collection, customer).remove_many(document("account_id", account)));
  }
  return Done{};
}

Result<Done> end_measurement_leases(Act& act) {
  HERALD_CHECK(Rows<Measurement>::of_all(act).raw().update_many(
      document("lease_until", document("$gt", Time{})),
      document("$set", document("lease_until", Time{}))));
  return Done{};
}

}  // namespace herald::mongo
