#include "domain/delivery_rules.h"
#include "ports/store_refusals.h"
#include "store/mongo/delivery_rows.h"
#include "store/mongo/measure_fields.h"
#include "store/mongo/mongo_store.h"
#include "store/mongo/post_fields.h"
#include "store/mongo/races.h"
#include "store/mongo/rows.h"

namespace herald {

using mongo::Act;
using mongo::document;
using mongo::Rows;

namespace {

// What is stored when the holder of `lease` writes `given`.
Result<Delivery> saved_over(const Delivery& stored, const Delivery& given, std::int64_t lease) {
  if (stored.lease != lease) return lease_lost();
  if (stored.state != given.state && !may_move(stored.state, given.state)) {
    return move_not_allowed(stored.state, given.state);
  }
  return written_over(stored, given);
}

Result<mongo::StoredDelivery> find_stored(Act& act, const CustomerId& customer,
                                          const DeliveryId& id) {
  HERALD_TRY(auto stored, mongo::find_delivery(act, customer, id));
  if (!stored) return no_such("delivery");
  return std::move(*stored);
}

// A step of a delivery that goes on, without reading it first; false: it is to be read.
Result<bool> save_step(mongo::Database& database, const Delivery& given, std::int64_t lease,
                       const std::optional<Attempt>& attempt) {
  if (!attempt) {
    return database.run([&](Act& act) { return mongo::store_running(act, given, lease); });
  }
  return mongo::run_as_one(database, [&](Act& act) -> Result<bool> {
    HERALD_TRY(const bool written, mongo::store_running(act, given, lease));
    if (written) HERALD_CHECK(add_attempt(act, attempt, given));
    return written;
  });
}

// Without a transaction; false: it needs one.
Result<bool> save_alone(Act& act, const Delivery& given, std::int64_t lease) {
  for (;;) {
    HERALD_TRY(const auto stored, find_stored(act, given.customer, given.id));
    HERALD_TRY(const Delivery row, saved_over(stored.row, given, lease));
    if (!mongo::stands_alone(stored.row, row)) return false;
    HERALD_TRY(const bool written, store_alone(act, stored.row, row));
    if (written) return true;
  }
}

Result<Done> add_follow_ups(Act& act, const Delivery& of, const std::vector<FollowUp>& rows) {
  for (const FollowUp& row : rows) {
    if (row.customer != of.customer || row.delivery != of.id) {
      return rows_do_not_match("follow-up of another delivery");
    }
    const Rows<FollowUp> known(act, of.customer);
    HERALD_TRY(const bool exists, known.raw().any(mongo::key_of(row)));
    if (!exists) HERALD_CHECK(known.insert(row, document("claim_at", claim_time(row))));
  }
  return Done{};
}

}  // namespace

Result<Done> MongoStore::save_delivery(const Delivery& delivery, std::int64_t lease,
                                       const std::optional<Attempt>& attempt,
                                       const std::vector<FollowUp>& follow_ups) {
  if (delivery.state == DeliveryState::running && follow_ups.empty()) {
    HERALD_TRY(const bool saved, save_step(*database_, delivery, lease, attempt));
    if (saved) return Done{};
  }
  const bool is_all = !attempt && follow_ups.empty() && delivery.state != DeliveryState::published;
  if (is_all) {
    HERALD_TRY(const bool saved,
               database_->run([&](Act& act) { return save_alone(act, delivery, lease); }));
    if (saved) return Done{};
  }
  return mongo::run_as_one(*database_, [&](Act& act) -> Result<Done> {
    HERALD_TRY(const auto stored, find_stored(act, delivery.customer, delivery.id));
    HERALD_TRY(const Delivery row, saved_over(stored.row, delivery, lease));
    HERALD_CHECK(add_attempt(act, attempt, stored.row));
    HERALD_CHECK(move_delivery(act, stored.row, row));
    HERALD_CHECK(measure(act, row, first_figures_));
    return add_follow_ups(act, row, follow_ups);
  });
}

Result<Done> MongoStore::renew_lease(const CustomerId& customer, const DeliveryId& id,
                                     std::int64_t lease, Time until) {
  return database_->run([&](Act& act) -> Result<Done> {
    HERALD_TRY(const bool written, mongo::store_lease(act, customer, id, lease, until));
    if (written) return Done{};
    HERALD_CHECK(find_stored(act, customer, id));
    return lease_lost();
  });
}

}  // namespace herald
