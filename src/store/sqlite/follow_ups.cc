#include "domain/delivery_rules.h"
#include "ports/store_refusals.h"
#include "store/sqlite/database.h"
#include "store/sqlite/delivery_rows.h"
#include "store/sqlite/post_tables.h"
#include "store/sqlite/sqlite_store.h"

namespace herald {
namespace {

void store_follow_up(SqliteConnection& db, const FollowUp& follow_up) {
  update(db, follow_up, also("claim_at", claim_time(follow_up)));
}

void rescue_stale(SqliteConnection& db, Time now) {
  for (FollowUp& follow_up :
       select<FollowUp>(db, "WHERE state = 'running' AND claim_at <= ?", now)) {
    rescue(follow_up, now);
    store_follow_up(db, follow_up);
  }
}

std::vector<Candidate> due_rows(SqliteConnection& db, Time now) {
  std::vector<Candidate> due;
  Rows rows = db.query(
      "SELECT claim_at, customer_id, delivery_id, kind FROM follow_ups "
      "WHERE claim_at <= ? AND state <> 'running' "
      "ORDER BY claim_at, customer_id, delivery_id, kind",
      now);
  while (rows.next()) {
    Candidate& candidate = due.emplace_back();
    rows.read(candidate.at);
    rows.read(candidate.customer);
    rows.read(candidate.id);
    rows.read(candidate.kind);
  }
  return due;
}

}  // namespace

Result<std::vector<FollowUp>> SqliteStore::follow_ups_of(const CustomerScope& scope,
                                                         const PostId& id) {
  return database_->read([&](SqliteConnection& db) -> Result<std::vector<FollowUp>> {
    if (!find<Post>(db, scope.customer(), id)) return no_such("post");
    return select<FollowUp>(db,
                            "WHERE customer_id = ?1 AND delivery_id IN (SELECT id FROM deliveries "
                            "WHERE customer_id = ?1 AND post_id = ?2) ORDER BY delivery_id, kind",
                            scope.customer(), id);
  });
}

Result<std::vector<FollowUp>> SqliteStore::claim_follow_ups(Time now, Duration lease, int max) {
  return database_->write([&](SqliteConnection& db) -> Result<std::vector<FollowUp>> {
    rescue_stale(db, now);
    std::vector<FollowUp> claimed;
    for (const Candidate& candidate : take_turns(due_rows(db, now), max, follow_up_turn_)) {
      FollowUp follow_up =
          find<FollowUp>(db, candidate.customer, candidate.id, candidate.kind).value();
      lease_out(follow_up, now, lease);
      store_follow_up(db, follow_up);
      claimed.push_back(std::move(follow_up));
    }
    return claimed;
  });
}

Result<Done> SqliteStore::save_follow_up(const FollowUp& follow_up, std::int64_t lease,
                                         const std::optional<Attempt>& attempt) {
  return database_->write([&](SqliteConnection& db) -> Result<Done> {
    const auto stored = find<FollowUp>(db, follow_up.customer, follow_up.delivery, follow_up.kind);
    if (!stored) return no_such("follow-up");
    if (stored->lease != lease) return lease_lost();
    HERALD_CHECK(
        add_attempt(db, attempt, find<Delivery>(db, stored->customer, stored->delivery).value()));
    store_follow_up(db, written_over(*stored, follow_up));
    return Done{};
  });
}

Result<PageOf<Attempt>> SqliteStore::list_attempts(const CustomerScope& scope,
                                                   const AttemptFilter& filter,
                                                   const PageRequest& page) {
  // Numbered as in list_posts(); the narrowest filter leads.
  std::string sql = "WHERE customer_id = ?1";
  if (filter.delivery) sql += " AND delivery_id = ?4";
  if (filter.post) sql += filter.delivery ? " AND +post_id = ?3" : " AND post_id = ?3";
  const bool leads = !filter.delivery && !filter.post;
  if (filter.user) sql += leads ? " AND user_id = ?2" : " AND +user_id = ?2";
  if (page.before) sql += " AND (started_at, id) < (?5, ?6)";
  sql += " ORDER BY started_at DESC, id DESC LIMIT ?7";
  return database_->read([&](SqliteConnection& db) -> Result<PageOf<Attempt>> {
    const auto [time, id] = page.before.value_or(std::pair<Time, std::string>{});
    return page_of(select<Attempt>(db, sql, scope.customer(), filter.user, filter.post,
                                   filter.delivery, time, id, rows_to_read(page)),
                   page);
  });
}

}  // namespace herald
