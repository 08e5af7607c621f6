#include "domain/delivery_rules.h"
#include "ports/store_refusals.h"
#include "store/sqlite/database.h"
#include "store/sqlite/delivery_rows.h"
#include "store/sqlite/measure_tables.h"
#include "store/sqlite/post_tables.h"
#include "store/sqlite/sqlite_store.h"

namespace herald {
namespace {

void rescue_stale(SqliteConnection& db, Time now) {
  for (Delivery& delivery :
       select<Delivery>(db, "WHERE state = 'running' AND claim_at <= ?", now)) {
    rescue(delivery, now);
    store_delivery(db, delivery);
    refold(db, delivery.customer, delivery.post);
  }
}

std::vector<Candidate> due_rows(SqliteConnection& db, Time now) {
  std::vector<Candidate> due;
  Rows rows = db.query(
      "SELECT claim_at, customer_id, id FROM deliveries "
      "WHERE claim_at <= ? AND state <> 'running' ORDER BY claim_at, customer_id, id",
      now);
  while (rows.next()) {
    Candidate& candidate = due.emplace_back();
    rows.read(candidate.at);
    rows.read(candidate.customer);
    rows.read(candidate.id);
  }
  return due;
}

int revision_of(SqliteConnection& db, const CustomerId& customer, const PostId& post) {
  Rows rows =
      db.query("SELECT revision FROM posts WHERE customer_id = ? AND id = ?", customer, post);
  return rows.next() ? rows.get<int>() : 0;
}

}  // namespace

Result<std::vector<Delivery>> SqliteStore::claim_due(Time now, Duration lease, int max) {
  return database_->write([&](SqliteConnection& db) -> Result<std::vector<Delivery>> {
    rescue_stale(db, now);
    std::vector<Delivery> claimed;
    for (const Candidate& candidate : take_turns(due_rows(db, now), max, delivery_turn_)) {
      Delivery delivery = find<Delivery>(db, candidate.customer, candidate.id).value();
      lease_out(delivery, revision_of(db, delivery.customer, delivery.post), now, lease);
      store_delivery(db, delivery);
      refold(db, delivery.customer, delivery.post);
      claimed.push_back(std::move(delivery));
    }
    return claimed;
  });
}

Result<std::optional<Time>> SqliteStore::next_due(Time now) {
  return database_->read([&](SqliteConnection& db) -> Result<std::optional<Time>> {
    std::optional<Time> next;
    for (const char* sql :
         {"SELECT min(claim_at) FROM deliveries WHERE claim_at IS NOT NULL AND state <> 'running'",
          "SELECT min(claim_at) FROM deliveries WHERE state = 'running'"}) {
      Rows rows = db.query(sql);
      rows.next();
      const auto at = rows.get<std::optional<Time>>();
      if (at && (!next || *at < *next)) next = at;
    }
    if (next) next = std::max(*next, now);
    return next;
  });
}

Result<int> SqliteStore::resume_parked(Time now) {
  return database_->write([&](SqliteConnection& db) -> Result<int> {
    std::vector<Delivery> parked = select_from<Delivery>(
        db,
        "deliveries WHERE state = 'parked' AND EXISTS (SELECT 1 FROM accounts JOIN grants "
        "ON grants.customer_id = accounts.customer_id AND grants.id = accounts.grant_id "
        "WHERE accounts.customer_id = deliveries.customer_id "
        "AND accounts.id = deliveries.account_id AND grants.state = 'live' "
        "AND grants.version <> deliveries.parked_version)");
    for (Delivery& delivery : parked) {
      resume(delivery, now);
      store_delivery(db, delivery);
      refold(db, delivery.customer, delivery.post);
    }
    return static_cast<int>(parked.size());
  });
}

Result<Done> SqliteStore::end_all_leases() {
  return database_->write([&](SqliteConnection& db) -> Result<Done> {
    // Only what runs or is unknown has a lease, and both have claim_at: two small indexes.
    for (const char* where :
         {"WHERE state = 'running'",
          "WHERE claim_at IS NOT NULL AND state <> 'running' AND lease_until <> 0"}) {
      for (Delivery& delivery : select<Delivery>(db, where)) {
        delivery.lease_until = {};
        store_delivery(db, delivery);
      }
    }
    db.run("UPDATE follow_ups SET lease_until = 0, claim_at = 0 WHERE state = 'running'");
    db.run("UPDATE grants SET lease_until = 0 WHERE lease_until <> 0");
    db.run("UPDATE measurements SET lease_until = 0 WHERE lease_until > 0");
    return Done{};
  });
}

Result<Done> SqliteStore::save_delivery(const Delivery& delivery, std::int64_t lease,
                                        const std::optional<Attempt>& attempt,
                                        const std::vector<FollowUp>& follow_ups) {
  return database_->write([&](SqliteConnection& db) -> Result<Done> {
    const auto stored = find<Delivery>(db, delivery.customer, delivery.id);
    if (!stored) return no_such("delivery");
    if (stored->lease != lease) return lease_lost();
    if (stored->state != delivery.state && !may_move(stored->state, delivery.state)) {
      return move_not_allowed(stored->state, delivery.state);
    }
    HERALD_CHECK(add_attempt(db, attempt, *stored));
    const Delivery row = written_over(*stored, delivery);
    store_delivery(db, row);
    measure(db, row, first_figures_);
    if (stored->state != delivery.state) refold(db, stored->customer, stored->post);
    for (const FollowUp& follow_up : follow_ups) {
      if (follow_up.customer != delivery.customer || follow_up.delivery != delivery.id) {
        return rows_do_not_match("follow-up of another delivery");
      }
      if (find<FollowUp>(db, follow_up.customer, follow_up.delivery, follow_up.kind)) continue;
      insert(db, follow_up, also("claim_at", claim_time(follow_up)));
    }
    return Done{};
  });
}

Result<Done> SqliteStore::renew_lease(const CustomerId& customer, const DeliveryId& id,
                                      std::int64_t lease, Time until) {
  return database_->write([&](SqliteConnection& db) -> Result<Done> {
    auto delivery = find<Delivery>(db, customer, id);
    if (!delivery) return no_such("delivery");
    if (delivery->lease != lease || delivery->lease_until == Time{}) return lease_lost();
    delivery->lease_until = until;
    store_delivery(db, *delivery);
    return Done{};
  });
}

}  // namespace herald
