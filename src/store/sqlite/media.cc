#include <algorithm>
#include <iterator>

#include "ports/store_refusals.h"
#include "store/sqlite/database.h"
#include "store/sqlite/media_table.h"
#include "store/sqlite/sqlite_store.h"

namespace herald {
namespace {

int open_uploads(SqliteConnection& db, const CustomerId& customer, const UserId& user) {
  Rows rows = db.query(
      "SELECT count(*) FROM media WHERE customer_id = ? AND user_id = ? AND status = 'uploading'",
      customer, user);
  rows.next();
  return rows.get<int>();
}

}  // namespace

Result<Done> SqliteStore::add_medium(const CustomerScope& scope, const Medium& medium,
                                     int uploads_max) {
  return database_->write([&](SqliteConnection& db) -> Result<Done> {
    if (medium.customer != scope.customer()) {
      return rows_do_not_match("medium of another customer");
    }
    if (open_uploads(db, medium.customer, medium.user) >= uploads_max) return too_many_uploads();
    if (find<Medium>(db, medium.customer, medium.id)) return exists_already("file");
    insert(db, medium);
    return Done{};
  });
}

Result<Medium> SqliteStore::find_medium(const CustomerScope& scope, const MediaId& id) {
  return database_->read([&](SqliteConnection& db) -> Result<Medium> {
    auto medium = find<Medium>(db, scope.customer(), id);
    if (!medium) return no_such("file");
    return std::move(*medium);
  });
}

Result<Done> SqliteStore::save_medium(const CustomerScope& scope, const Medium& medium) {
  return database_->write([&](SqliteConnection& db) -> Result<Done> {
    if (medium.customer != scope.customer()) {
      return rows_do_not_match("medium of another customer");
    }
    if (!find<Medium>(db, medium.customer, medium.id)) return no_such("file");
    update(db, medium);
    return Done{};
  });
}

Result<Done> SqliteStore::touch_medium(const CustomerScope& scope, const MediaId& id, Time now) {
  return database_->write([&](SqliteConnection& db) -> Result<Done> {
    if (!find<Medium>(db, scope.customer(), id)) return no_such("file");
    db.run(
        "UPDATE media SET touched_at = ? WHERE customer_id = ? AND id = ? "
        "AND status = 'uploading'",
        now, scope.customer(), id);
    return Done{};
  });
}

Result<PageOf<Medium>> SqliteStore::list_media(const CustomerScope& scope,
                                               const std::optional<UserId>& user,
                                               const PageRequest& page) {
  // Numbered as in list_posts().
  std::string sql = "WHERE customer_id = ?1";
  if (user) sql += " AND user_id = ?2";
  if (page.before) sql += " AND (created_at, id) < (?3, ?4)";
  sql += " ORDER BY created_at DESC, id DESC LIMIT ?5";
  return database_->read([&](SqliteConnection& db) -> Result<PageOf<Medium>> {
    const auto [time, id] = page.before.value_or(std::pair<Time, std::string>{});
    return page_of(select<Medium>(db, sql, scope.customer(), user, time, id, rows_to_read(page)),
                   page);
  });
}

Result<Done> SqliteStore::remove_medium(const CustomerScope& scope, const MediaId& id) {
  return database_->write([&](SqliteConnection& db) -> Result<Done> {
    const CustomerId& customer = scope.customer();
    if (!find<Medium>(db, customer, id)) return no_such("file");
    if (db.any("SELECT 1 FROM post_media CROSS JOIN deliveries USING (customer_id, post_id) "
               "WHERE customer_id = ? AND medium_id = ? "
               "AND state NOT IN ('published', 'failed', 'cancelled', 'missed')",
               customer, id)) {
      return media_in_use();
    }
    if (db.any("SELECT 1 FROM post_media CROSS JOIN deliveries USING (customer_id, post_id) "
               "CROSS JOIN follow_ups ON follow_ups.customer_id = deliveries.customer_id "
               "AND follow_ups.delivery_id = deliveries.id "
               "WHERE post_media.customer_id = ? AND medium_id = ? "
               "AND follow_ups.state NOT IN ('done', 'failed')",
               customer, id)) {
      return media_in_use();
    }
    db.run("DELETE FROM post_media WHERE customer_id = ? AND medium_id = ?", customer, id);
    db.run("DELETE FROM media WHERE customer_id = ? AND id = ?", customer, id);
    return Done{};
  });
}

Result<std::uint64_t> SqliteStore::media_bytes(const CustomerScope& scope) {
  return database_->read([&](SqliteConnection& db) -> Result<std::uint64_t> {
    Rows rows = db.query("SELECT coalesce(sum(received_bytes), 0) FROM media WHERE customer_id = ?",
                         scope.customer());
    rows.next();
    return rows.get<std::uint64_t>();
  });
}

Result<std::vector<Medium>> SqliteStore::unfinished_media(Time before, int max) {
  return database_->read([&](SqliteConnection& db) -> Result<std::vector<Medium>> {
    std::vector<Medium> rows = select<Medium>(
        db, "WHERE status = 'processing' ORDER BY created_at, customer_id, id LIMIT ?", max);
    std::vector<Medium> uploads = select<Medium>(db,
                                                 "WHERE status = 'uploading' AND touched_at < ? "
                                                 "ORDER BY touched_at, customer_id, id LIMIT ?",
                                                 before, max - static_cast<int>(rows.size()));
    std::ranges::move(uploads, std::back_inserter(rows));
    return rows;
  });
}

Result<std::vector<Medium>> SqliteStore::media_after(
    const std::optional<std::pair<CustomerId, MediaId>>& place, int max) {
  const auto [customer, id] = place.value_or(std::pair<CustomerId, MediaId>{});
  return database_->read([&](SqliteConnection& db) -> Result<std::vector<Medium>> {
    return select<Medium>(db, "WHERE (customer_id, id) > (?, ?) ORDER BY customer_id, id LIMIT ?",
                          customer, id, max);
  });
}

}  // namespace herald
