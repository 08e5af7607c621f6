#include <algorithm>

#include "ports/store_refusals.h"
#include "store/sqlite/account_tables.h"
#include "store/sqlite/database.h"
#include "store/sqlite/sqlite_store.h"

namespace herald {

Result<Done> SqliteStore::begin_flow(const OAuthFlow& flow, int pending_max, Time now) {
  return database_->write([&](SqliteConnection& db) -> Result<Done> {
    if (db.any("SELECT 1 FROM oauth_flows WHERE state_hash = ?", flow.state_hash) ||
        find<OAuthFlow>(db, flow.customer, flow.id)) {
      return exists_already("connection attempt");
    }
    Rows rows = db.query(
        "SELECT count(*) FROM oauth_flows WHERE customer_id = ? AND user_id = ? "
        "AND status = 'waiting' AND expires_at > ?",
        flow.customer, flow.user, now);
    rows.next();
    if (rows.get<int>() >= pending_max) return too_many_flows();
    insert(db, flow);
    return Done{};
  });
}

Result<OAuthFlow> SqliteStore::find_flow(const CustomerScope& scope, const FlowId& id) {
  return database_->read([&](SqliteConnection& db) -> Result<OAuthFlow> {
    auto flow = find<OAuthFlow>(db, scope.customer(), id);
    if (!flow) return no_such("connection attempt");
    return std::move(*flow);
  });
}

Result<OAuthFlow> SqliteStore::consume_flow(const std::string& state_hash,
                                            const PlatformId& platform,
                                            const std::string& registration,
                                            const std::vector<std::string>& nonce_hashes,
                                            Time now) {
  return database_->write([&](SqliteConnection& db) -> Result<OAuthFlow> {
    auto found = select<OAuthFlow>(db,
                                   "WHERE state_hash = ? AND platform = ? AND registration = ? "
                                   "AND status = 'waiting' AND expires_at > ?",
                                   state_hash, platform, registration, now);
    if (found.empty() || std::ranges::count(nonce_hashes, found.front().nonce_hash) == 0) {
      return no_such("connection attempt");
    }
    OAuthFlow& flow = found.front();
    flow.status = FlowStatus::returned;
    flow.version += 1;
    update(db, flow);
    return std::move(flow);
  });
}

Result<OAuthFlow> SqliteStore::save_flow(const OAuthFlow& flow) {
  return database_->write([&](SqliteConnection& db) -> Result<OAuthFlow> {
    const auto stored = find<OAuthFlow>(db, flow.customer, flow.id);
    if (!stored) return no_such("connection attempt");
    if (stored->version != flow.version) return moved_on("connection attempt");
    OAuthFlow row = flow;
    row.state_hash = stored->state_hash;
    row.nonce_hash = stored->nonce_hash;
    row.version += 1;
    update(db, row);
    return row;
  });
}

}  // namespace herald
