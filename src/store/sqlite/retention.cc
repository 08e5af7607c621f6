#include "domain/delivery.h"
#include "store/sqlite/database.h"
#include "store/sqlite/sqlite_store.h"

namespace herald {

Result<int> SqliteStore::forget_sessions(Time before, int max) {
  return database_->write([&](SqliteConnection& db) -> Result<int> {
    return db.run(
        "DELETE FROM sessions WHERE id IN "
        "(SELECT id FROM sessions WHERE expires_at < ? ORDER BY expires_at, id LIMIT ?)",
        before, max);
  });
}

Result<int> SqliteStore::forget_flows(Time before, int max) {
  return database_->write([&](SqliteConnection& db) -> Result<int> {
    return db.run(
        "DELETE FROM oauth_flows WHERE (customer_id, id) IN "
        "(SELECT customer_id, id FROM oauth_flows WHERE expires_at < ? "
        "ORDER BY expires_at, customer_id, id LIMIT ?)",
        before, max);
  });
}

Result<int> SqliteStore::forget_steps(Time before, int max) {
  return database_->write([&](SqliteConnection& db) -> Result<int> {
    // An edit replaces deliveries, so that there may be none any more.
    return db.run(
        "DELETE FROM attempts WHERE (customer_id, id) IN "
        "(SELECT customer_id, id FROM attempts AS step "
        "WHERE visible = 0 AND started_at < ? AND step.step <> ? AND NOT EXISTS "
        "(SELECT 1 FROM deliveries WHERE deliveries.customer_id = step.customer_id "
        "AND deliveries.id = step.delivery_id "
        "AND state NOT IN ('published', 'failed', 'cancelled', 'missed')) "
        "ORDER BY started_at, customer_id, id LIMIT ?)",
        before, kSettledByHand, max);
  });
}

Result<int> SqliteStore::forget_follow_ups(Time before, int max) {
  return database_->write([&](SqliteConnection& db) -> Result<int> {
    return db.run(
        "DELETE FROM follow_ups WHERE (customer_id, delivery_id, kind) IN "
        "(SELECT customer_id, delivery_id, kind FROM follow_ups "
        "WHERE state IN ('done', 'failed') AND updated_at < ? "
        "ORDER BY updated_at, customer_id, delivery_id, kind LIMIT ?)",
        before, max);
  });
}

Result<int> SqliteStore::forget_audit(Time before, int max) {
  return database_->write([&](SqliteConnection& db) -> Result<int> {
    return db.run(
        "DELETE FROM audit WHERE id IN (SELECT id FROM audit WHERE at < ? ORDER BY at, id LIMIT ?)",
        before, max);
  });
}

Result<int> SqliteStore::forget_keys(Time before, int max) {
  return database_->write([&](SqliteConnection& db) -> Result<int> {
    return db.run(
        "UPDATE posts SET idempotency_key = NULL, fingerprint = NULL WHERE (customer_id, id) IN "
        "(SELECT customer_id, id FROM posts WHERE idempotency_key IS NOT NULL AND created_at < ? "
        "ORDER BY created_at, customer_id, id LIMIT ?)",
        before, max);
  });
}

Result<int> SqliteStore::forget_facts(Time before, int max) {
  return database_->write([&](SqliteConnection& db) -> Result<int> {
    return db.run(
        "DELETE FROM account_facts WHERE (customer_id, account_id, target_key) IN "
        "(SELECT customer_id, account_id, target_key FROM account_facts WHERE asked_at < ? "
        "ORDER BY asked_at, customer_id, account_id, target_key LIMIT ?)",
        before, max);
  });
}

Result<int> SqliteStore::forget_figures(Time before, int max) {
  return database_->write([&](SqliteConnection& db) -> Result<int> {
    return db.run(
        "DELETE FROM figures WHERE (customer_id, account_id, delivery_id, day, kept_max) IN "
        "(SELECT customer_id, account_id, delivery_id, day, kept_max FROM figures WHERE day < ? "
        "ORDER BY day, customer_id, account_id, delivery_id, kept_max LIMIT ?)",
        std::chrono::floor<std::chrono::days>(before), max);
  });
}

Result<int> SqliteStore::forget_expired_figures(Time now, int max) {
  return database_->write([&](SqliteConnection& db) -> Result<int> {
    return db.run(
        "DELETE FROM figures WHERE (customer_id, account_id, delivery_id, day, kept_max) IN "
        "(SELECT customer_id, account_id, delivery_id, day, kept_max FROM figures "
        "WHERE expires_at <= ? "
        "ORDER BY expires_at, customer_id, account_id, delivery_id, day, kept_max LIMIT ?)",
        now, max);
  });
}

}  // namespace herald
