#include "domain/session_rules.h"
#include "ports/store_refusals.h"
#include "store/sqlite/database.h"
#include "store/sqlite/identity_tables.h"
#include "store/sqlite/sqlite_store.h"

namespace herald {
namespace {

std::optional<Session> session_of(SqliteConnection& db, const SessionId& id) {
  auto found = select<Session>(db, "WHERE id = ?", id);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

}  // namespace

Result<Done> SqliteStore::add_customer(const Customer& customer) {
  return database_->write([&](SqliteConnection& db) -> Result<Done> {
    if (find<Customer>(db, customer.id)) return exists_already("customer");
    insert(db, customer);
    return Done{};
  });
}

Result<Customer> SqliteStore::find_customer(const CustomerId& id) {
  return database_->read([&](SqliteConnection& db) -> Result<Customer> {
    auto customer = find<Customer>(db, id);
    if (!customer) return no_such("customer");
    return std::move(*customer);
  });
}

Result<std::vector<Customer>> SqliteStore::list_customers() {
  return database_->read([](SqliteConnection& db) -> Result<std::vector<Customer>> {
    return select<Customer>(db, "ORDER BY created_at, id");
  });
}

Result<Done> SqliteStore::add_user(const User& user) {
  return database_->write([&](SqliteConnection& db) -> Result<Done> {
    if (!find<Customer>(db, user.customer)) return no_such("customer");
    if (db.any("SELECT 1 FROM users WHERE email = ?", user.email)) {
      return exists_already("email address");
    }
    if (find<User>(db, user.customer, user.id)) return exists_already("user");
    insert(db, user);
    return Done{};
  });
}

Result<User> SqliteStore::find_user(const CustomerScope& scope, const UserId& id) {
  return database_->read([&](SqliteConnection& db) -> Result<User> {
    auto user = find<User>(db, scope.customer(), id);
    if (!user) return no_such("user");
    return std::move(*user);
  });
}

Result<User> SqliteStore::find_user_by_email(const std::string& email) {
  return database_->read([&](SqliteConnection& db) -> Result<User> {
    auto found = select<User>(db, "WHERE email = ?", email);
    if (found.empty()) return no_such("user");
    return std::move(found.front());
  });
}

Result<Done> SqliteStore::save_user(const User& user) {
  return database_->write([&](SqliteConnection& db) -> Result<Done> {
    if (!find<User>(db, user.customer, user.id)) return no_such("user");
    update(db, user);
    return Done{};
  });
}

Result<Done> SqliteStore::begin_session(const Session& session) {
  return database_->write([&](SqliteConnection& db) -> Result<Done> {
    if (!find<User>(db, session.customer, session.user)) return no_such("user");
    if (session_of(db, session.id)) return exists_already("session");
    insert(db, session);
    return Done{};
  });
}

Result<Session> SqliteStore::find_session(const SessionId& id) {
  return database_->read([&](SqliteConnection& db) -> Result<Session> {
    auto session = session_of(db, id);
    if (!session) return no_such("session");
    return std::move(*session);
  });
}

Result<Session> SqliteStore::rotate_session(const SessionId& id, const std::string& before,
                                            const std::string& after, Time now, Time expires_at) {
  HERALD_TRY(Session session, database_->write([&](SqliteConnection& db) -> Result<Session> {
    auto stored = session_of(db, id);
    if (!stored || stored->ended || stored->expires_at <= now) {
      return no_such("session");
    }
    if (rotate(*stored, before, after, now, expires_at) != Rotation::kept) update(db, *stored);
    return std::move(*stored);
  }));
  // Refused only here, outside the act: its end of the session shall stay.
  if (session.ended) return moved_on("session");
  return session;
}

Result<Done> SqliteStore::end_session(const SessionId& id) {
  return database_->write([&](SqliteConnection& db) -> Result<Done> {
    auto session = session_of(db, id);
    if (!session) return no_such("session");
    session->ended = true;
    update(db, *session);
    return Done{};
  });
}

}  // namespace herald
