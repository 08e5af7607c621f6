#include "ports/store_refusals.h"
#include "store/sqlite/database.h"
#include "store/sqlite/sqlite_store.h"

namespace herald {
namespace {

std::vector<WrappedKey> keys_of(SqliteConnection& db, const CustomerId& customer) {
  std::vector<WrappedKey> keys;
  Rows rows = db.query(
      "SELECT number, wrapped, commitment FROM data_keys WHERE customer_id = ? ORDER BY number",
      customer);
  while (rows.next()) {
    WrappedKey& key = keys.emplace_back();
    rows.read(key.number);
    rows.read(key.wrapped);
    rows.read(key.commitment);
  }
  return keys;
}

std::optional<WrappedKey> key_of(SqliteConnection& db, const CustomerId& customer,
                                 std::uint32_t number) {
  for (WrappedKey& key : keys_of(db, customer)) {
    if (key.number == number) return std::move(key);
  }
  return std::nullopt;
}

}  // namespace

Result<std::vector<WrappedKey>> SqliteStore::data_keys(const CustomerId& customer) {
  return database_->read([&](SqliteConnection& db) -> Result<std::vector<WrappedKey>> {
    return keys_of(db, customer);
  });
}

Result<Done> SqliteStore::add_data_key(const CustomerId& customer, const WrappedKey& key) {
  return database_->write([&](SqliteConnection& db) -> Result<Done> {
    if (key_of(db, customer, key.number)) return exists_already("data key");
    db.run("INSERT INTO data_keys VALUES (?, ?, ?, ?)", customer, key.number, bytes(key.wrapped),
           bytes(key.commitment));
    return Done{};
  });
}

Result<Done> SqliteStore::rewrap_data_key(const CustomerId& customer, const WrappedKey& before,
                                          const WrappedKey& after) {
  return database_->write([&](SqliteConnection& db) -> Result<Done> {
    const auto stored = key_of(db, customer, before.number);
    if (!stored) return no_such("data key");
    if (after.number != before.number) return rows_do_not_match("data key with another number");
    if (stored->wrapped != before.wrapped || stored->commitment != before.commitment) {
      return moved_on("data key");
    }
    db.run("UPDATE data_keys SET wrapped = ?, commitment = ? WHERE customer_id = ? AND number = ?",
           bytes(after.wrapped), bytes(after.commitment), customer, after.number);
    return Done{};
  });
}

Result<std::vector<CustomerId>> SqliteStore::customers_with_keys() {
  return database_->read([](SqliteConnection& db) -> Result<std::vector<CustomerId>> {
    std::vector<CustomerId> customers;
    Rows rows = db.query("SELECT DISTINCT customer_id FROM data_keys ORDER BY customer_id");
    while (rows.next()) rows.read(customers.emplace_back());
    return customers;
  });
}

Result<Done> SqliteStore::add_audit(const AuditEvent& event) {
  return database_->write([&](SqliteConnection& db) -> Result<Done> {
    db.run(
        "INSERT INTO audit (customer_id, user_id, action, subject, note, at) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        event.customer, event.user, event.action, event.subject, event.note, event.at);
    return Done{};
  });
}

Result<std::vector<AuditEvent>> SqliteStore::list_audit(const CustomerScope& scope, int max) {
  return database_->read([&](SqliteConnection& db) -> Result<std::vector<AuditEvent>> {
    std::vector<AuditEvent> events;
    Rows rows = db.query(
        "SELECT customer_id, user_id, action, subject, note, at FROM audit "
        "WHERE customer_id = ? ORDER BY id DESC LIMIT ?",
        scope.customer(), max);
    while (rows.next()) {
      AuditEvent& event = events.emplace_back();
      rows.read(event.customer);
      rows.read(event.user);
      rows.read(event.action);
      rows.read(event.subject);
      rows.read(event.note);
      rows.read(event.at);
    }
    return events;
  });
}

}  // namespace herald
