#include <algorithm>
#include <tuple>

#include "domain/grant_rules.h"
#include "ports/store_refusals.h"
#include "store/memory/memory_store.h"
#include "store/memory/table.h"

namespace herald {

Result<std::vector<Grant>> MemoryStore::grants_of_subject(const PlatformId& platform,
                                                          const std::string& subject) {
  const std::scoped_lock lock(mutex_);
  std::vector<Grant> rows;
  if (subject.empty()) return rows;
  const auto stands_on = [&](const Grant& grant) {
    return std::ranges::any_of(accounts_, [&](const auto& entry) {
      const Account& account = entry.second;
      return account.customer == grant.customer && account.grant == grant.id &&
             account.remote_id == subject;
    });
  };
  for (const auto& [key, grant] : grants_) {
    if (grant.platform != platform) continue;
    if (grant.subject == subject || stands_on(grant)) rows.push_back(grant);
  }
  return rows;
}

Result<Grant> MemoryStore::find_grant(const CustomerScope& scope, const GrantId& id) {
  const std::scoped_lock lock(mutex_);
  const Grant* grant = find_row(grants_, scope.customer(), id);
  if (grant == nullptr) return no_such("grant");
  return *grant;
}

Result<Grant> MemoryStore::lease_grant(const CustomerScope& scope, const GrantId& id,
                                       std::int64_t version, Time now, Duration lease) {
  const std::scoped_lock lock(mutex_);
  Grant* grant = find_row(grants_, scope.customer(), id);
  if (grant == nullptr) return no_such("grant");
  if (grant->version != version || is_held(*grant, now)) return moved_on("grant");
  grant->lease += 1;
  grant->lease_until = now + lease;
  return *grant;
}

Result<Done> MemoryStore::begin_refresh(const CustomerScope& scope, const GrantId& id,
                                        std::int64_t version, std::int64_t lease, Time now) {
  const std::scoped_lock lock(mutex_);
  Grant* grant = find_row(grants_, scope.customer(), id);
  if (grant == nullptr) return no_such("grant");
  if (grant->version != version || grant->lease != lease || !is_held(*grant, now)) {
    return moved_on("grant");
  }
  grant->refresh_begun_version = version;
  grant->refresh_begun_at = now;
  return Done{};
}

Result<Grant> MemoryStore::save_grant(const Grant& grant, std::int64_t version) {
  const std::scoped_lock lock(mutex_);
  Grant* stored = find_row(grants_, grant.customer, grant.id);
  if (stored == nullptr) return no_such("grant");
  if (stored->version != version || stored->state == GrantState::revoked) return moved_on("grant");
  *stored = refreshed(*stored, grant);
  return *stored;
}

Result<Done> MemoryStore::release_grant(const CustomerScope& scope, const GrantId& id,
                                        std::int64_t lease) {
  const std::scoped_lock lock(mutex_);
  Grant* grant = find_row(grants_, scope.customer(), id);
  if (grant == nullptr) return no_such("grant");
  if (grant->lease != lease || grant->lease_until == Time{}) return moved_on("grant");
  grant->lease_until = {};
  return Done{};
}

Result<std::vector<Grant>> MemoryStore::grants_due(Time now, int max) {
  const std::scoped_lock lock(mutex_);
  std::vector<Grant> rows;
  for (const auto& [key, grant] : grants_) {
    if (is_due(grant, now)) rows.push_back(grant);
  }
  std::ranges::sort(rows, [](const Grant& a, const Grant& b) {
    return std::tie(a.refresh_due_at, a.customer, a.id) <
           std::tie(b.refresh_due_at, b.customer, b.id);
  });
  if (std::ssize(rows) > max) rows.resize(static_cast<std::size_t>(max));
  return rows;
}

}  // namespace herald
