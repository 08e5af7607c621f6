#include "domain/grant_rules.h"
#include "ports/store_refusals.h"
#include "store/sqlite/account_tables.h"
#include "store/sqlite/database.h"
#include "store/sqlite/sqlite_store.h"

namespace herald {

Result<std::vector<Grant>> SqliteStore::grants_of_subject(const PlatformId& platform,
                                                          const std::string& subject) {
  return database_->read([&](SqliteConnection& db) -> Result<std::vector<Grant>> {
    if (subject.empty()) return std::vector<Grant>();
    return select<Grant>(
        db,
        "WHERE platform = ? AND subject = ? AND subject <> '' OR (customer_id, id) "
        "IN (SELECT customer_id, grant_id FROM accounts "
        "WHERE platform = ? AND remote_id = ?) ORDER BY customer_id, id",
        platform, subject, platform, subject);
  });
}

Result<Grant> SqliteStore::find_grant(const CustomerScope& scope, const GrantId& id) {
  return database_->read([&](SqliteConnection& db) -> Result<Grant> {
    auto grant = find<Grant>(db, scope.customer(), id);
    if (!grant) return no_such("grant");
    return std::move(*grant);
  });
}

Result<Grant> SqliteStore::lease_grant(const CustomerScope& scope, const GrantId& id,
                                       std::int64_t version, Time now, Duration lease) {
  return database_->write([&](SqliteConnection& db) -> Result<Grant> {
    auto grant = find<Grant>(db, scope.customer(), id);
    if (!grant) return no_such("grant");
    if (grant->version != version || is_held(*grant, now)) return moved_on("grant");
    grant->lease += 1;
    grant->lease_until = now + lease;
    update(db, *grant);
    return std::move(*grant);
  });
}

Result<Done> SqliteStore::begin_refresh(const CustomerScope& scope, const GrantId& id,
                                        std::int64_t version, std::int64_t lease, Time now) {
  return database_->write([&](SqliteConnection& db) -> Result<Done> {
    auto grant = find<Grant>(db, scope.customer(), id);
    if (!grant) return no_such("grant");
    if (grant->version != version || grant->lease != lease || !is_held(*grant, now)) {
      return moved_on("grant");
    }
    grant->refresh_begun_version = version;
    grant->refresh_begun_at = now;
    update(db, *grant);
    return Done{};
  });
}

Result<Grant> SqliteStore::save_grant(const Grant& grant, std::int64_t version) {
  return database_->write([&](SqliteConnection& db) -> Result<Grant> {
    const auto stored = find<Grant>(db, grant.customer, grant.id);
    if (!stored) return no_such("grant");
    if (stored->version != version || stored->state == GrantState::revoked) {
      return moved_on("grant");
    }
    Grant row = refreshed(*stored, grant);
    update(db, row);
    return row;
  });
}

Result<Done> SqliteStore::release_grant(const CustomerScope& scope, const GrantId& id,
                                        std::int64_t lease) {
  return database_->write([&](SqliteConnection& db) -> Result<Done> {
    auto grant = find<Grant>(db, scope.customer(), id);
    if (!grant) return no_such("grant");
    if (grant->lease != lease || grant->lease_until == Time{}) return moved_on("grant");
    grant->lease_until = {};
    update(db, *grant);
    return Done{};
  });
}

Result<std::vector<Grant>> SqliteStore::grants_due(Time now, int max) {
  return database_->read([&](SqliteConnection& db) -> Result<std::vector<Grant>> {
    return select<Grant>(db,
                         "WHERE state = 'live' AND refresh_due_at <= ? AND lease_until <= ? "
                         "ORDER BY refresh_due_at, customer_id, id LIMIT ?",
                         now, now, max);
  });
}

}  // namespace herald
