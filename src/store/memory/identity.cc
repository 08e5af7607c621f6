#include <algorithm>
#include <tuple>

#include "domain/session_rules.h"
#include "ports/store_refusals.h"
#include "store/memory/memory_store.h"
#include "store/memory/table.h"

namespace herald {

Result<Done> MemoryStore::add_customer(const Customer& customer) {
  const std::scoped_lock lock(mutex_);
  if (!customers_.try_emplace(customer.id, customer).second) return exists_already("customer");
  return Done{};
}

Result<Customer> MemoryStore::find_customer(const CustomerId& id) {
  const std::scoped_lock lock(mutex_);
  const auto found = customers_.find(id);
  if (found == customers_.end()) return no_such("customer");
  return found->second;
}

Result<std::vector<Customer>> MemoryStore::list_customers() {
  const std::scoped_lock lock(mutex_);
  std::vector<Customer> all;
  for (const auto& [id, customer] : customers_) all.push_back(customer);
  std::ranges::sort(all, [](const Customer& a, const Customer& b) {
    return std::tie(a.created_at, a.id) < std::tie(b.created_at, b.id);
  });
  return all;
}

Result<Done> MemoryStore::add_user(const User& user) {
  const std::scoped_lock lock(mutex_);
  if (!customers_.contains(user.customer)) return no_such("customer");
  for (const auto& [key, other] : users_) {
    if (other.email == user.email) return exists_already("email address");
  }
  if (!users_.try_emplace({user.customer, user.id}, user).second) return exists_already("user");
  return Done{};
}

Result<User> MemoryStore::find_user(const CustomerScope& scope, const UserId& id) {
  const std::scoped_lock lock(mutex_);
  const User* user = find_row(users_, scope.customer(), id);
  if (user == nullptr) return no_such("user");
  return *user;
}

Result<User> MemoryStore::find_user_by_email(const std::string& email) {
  const std::scoped_lock lock(mutex_);
  for (const auto& [key, user] : users_) {
    if (user.email == email) return user;
  }
  return no_such("user");
}

Result<Done> MemoryStore::save_user(const User& user) {
  const std::scoped_lock lock(mutex_);
  User* stored = find_row(users_, user.customer, user.id);
  if (stored == nullptr) return no_such("user");
  stored->name = user.name;
  stored->password_hash = user.password_hash;
  stored->role = user.role;
  stored->disabled = user.disabled;
  return Done{};
}

Result<Done> MemoryStore::begin_session(const Session& session) {
  const std::scoped_lock lock(mutex_);
  if (find_row(users_, session.customer, session.user) == nullptr) return no_such("user");
  if (!sessions_.try_emplace(session.id, session).second) return exists_already("session");
  return Done{};
}

Result<Session> MemoryStore::find_session(const SessionId& id) {
  const std::scoped_lock lock(mutex_);
  const auto found = sessions_.find(id);
  if (found == sessions_.end()) return no_such("session");
  return found->second;
}

Result<Session> MemoryStore::rotate_session(const SessionId& id, const std::string& before,
                                            const std::string& after, Time now, Time expires_at) {
  const std::scoped_lock lock(mutex_);
  const auto found = sessions_.find(id);
  if (found == sessions_.end()) return no_such("session");
  Session& session = found->second;
  if (session.ended || session.expires_at <= now) return no_such("session");
  if (rotate(session, before, after, now, expires_at) == Rotation::reused) {
    return moved_on("session");
  }
  return session;
}

Result<Done> MemoryStore::end_session(const SessionId& id) {
  const std::scoped_lock lock(mutex_);
  const auto found = sessions_.find(id);
  if (found == sessions_.end()) return no_such("session");
  found->second.ended = true;
  return Done{};
}

}  // namespace herald
