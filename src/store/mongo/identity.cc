#include "domain/session_rules.h"
#include "ports/store_refusals.h"
#include "store/mongo/database.h"
#include "store/mongo/errors.h"
#include "store/mongo/identity_fields.h"
#include "store/mongo/mongo_store.h"
#include "store/mongo/rows.h"

namespace herald {

using mongo::Act;
using mongo::document;
using mongo::is_duplicate;
using mongo::Rows;

namespace {

Result<std::optional<Session>> session_of(Act& act, const SessionId& id) {
  return Rows<Session>::of_all(act).find_one(document("id", id));
}

Result<Done> or_exists(Result<Done> inserted, std::string_view what) {
  if (!inserted && is_duplicate(inserted.error())) return exists_already(what);
  return inserted;
}

}  // namespace

Result<Done> MongoStore::add_customer(const Customer& customer) {
  return database_->run([&](Act& act) -> Result<Done> {
    return or_exists(Rows<Customer>(act, customer.id).insert(customer), "customer");
  });
}

Result<Customer> MongoStore::find_customer(const CustomerId& id) {
  return database_->run([&](Act& act) -> Result<Customer> {
    HERALD_TRY(auto customer, Rows<Customer>(act, id).find_one({}));
    if (!customer) return no_such("customer");
    return std::move(*customer);
  });
}

Result<std::vector<Customer>> MongoStore::list_customers() {
  return database_->run([](Act& act) -> Result<std::vector<Customer>> {
    return Rows<Customer>::of_all(act).find(
        {}, {.sort = document("created_at", 1, mongo::kCustomerField, 1)});
  });
}

// Customers and users never go, so that one found stays.
Result<Done> MongoStore::add_user(const User& user) {
  HERALD_CHECK(find_customer(user.customer));
  return database_->run([&](Act& act) -> Result<Done> {
    const Rows<User> users(act, user.customer);
    auto inserted = users.insert(user);
    if (inserted || !is_duplicate(inserted.error())) return inserted;
    HERALD_TRY(const auto taken, Rows<User>::of_all(act).find_one(document("email", user.email)));
    return exists_already(taken ? "email address" : "user");
  });
}

Result<User> MongoStore::find_user(const CustomerScope& scope, const UserId& id) {
  return database_->run([&](Act& act) -> Result<User> {
    HERALD_TRY(auto user, Rows<User>(act, scope.customer()).find_one(document("id", id)));
    if (!user) return no_such("user");
    return std::move(*user);
  });
}

Result<User> MongoStore::find_user_by_email(const std::string& email) {
  return database_->run([&](Act& act) -> Result<User> {
    HERALD_TRY(auto user, Rows<User>::of_all(act).find_one(document("email", email)));
    if (!user) return no_such("user");
    return std::move(*user);
  });
}

Result<Done> MongoStore::save_user(const User& user) {
  return database_->run([&](Act& act) -> Result<Done> {
    HERALD_TRY(const bool found, Rows<User>(act, user.customer).update(user));
    if (!found) return no_such("user");
    return Done{};
  });
}

Result<Done> MongoStore::begin_session(const Session& session) {
  return database_->run([&](Act& act) -> Result<Done> {
    HERALD_TRY(const auto user,
               Rows<User>(act, session.customer).find_one(document("id", session.user)));
    if (!user) return no_such("user");
    HERALD_TRY(const auto known, session_of(act, session.id));
    if (known) return exists_already("session");
    return or_exists(Rows<Session>(act, session.customer).insert(session), "session");
  });
}

Result<Session> MongoStore::find_session(const SessionId& id) {
  return database_->run([&](Act& act) -> Result<Session> {
    HERALD_TRY(auto session, session_of(act, id));
    if (!session) return no_such("session");
    return std::move(*session);
  });
}

Result<Session> MongoStore::rotate_session(const SessionId& id, const std::string& before,
                                           const std::string& after, Time now, Time expires_at) {
  return database_->run([&](Act& act) -> Result<Session> {
    for (;;) {
      HERALD_TRY(auto stored, session_of(act, id));
      if (!stored || stored->ended || stored->expires_at <= now) return no_such("session");
      const auto as_it_was = document("refresh_hash", stored->refresh_hash, "previous_hash",
                                      stored->previous_hash, "ended", false);
      if (rotate(*stored, before, after, now, expires_at) != Rotation::kept) {
        HERALD_TRY(const bool first,
                   Rows<Session>(act, stored->customer).update(*stored, as_it_was));
        if (!first) continue;  // Another request came between: judged anew.
      }
      if (stored->ended) return moved_on("session");
      return std::move(*stored);
    }
  });
}

Result<Done> MongoStore::end_session(const SessionId& id) {
  return database_->run([&](Act& act) -> Result<Done> {
    HERALD_TRY(const auto session, session_of(act, id));
    if (!session) return no_such("session");
    HERALD_CHECK(mongo::Documents(act, "sessions", session->customer)
                     .update_one(document("id", id), document("$set", document("ended", true))));
    return Done{};
  });
}

}  // namespace herald
