#include <algorithm>

#include "ports/store_refusals.h"
#include "store/memory/memory_store.h"

namespace herald {

Result<std::vector<WrappedKey>> MemoryStore::data_keys(const CustomerId& customer) {
  const std::scoped_lock lock(mutex_);
  std::vector<WrappedKey> rows;
  if (const auto found = keys_.find(customer); found != keys_.end()) {
    for (const auto& [number, key] : found->second) rows.push_back(key);
  }
  return rows;
}

Result<Done> MemoryStore::add_data_key(const CustomerId& customer, const WrappedKey& key) {
  const std::scoped_lock lock(mutex_);
  if (!keys_[customer].try_emplace(key.number, key).second) return exists_already("data key");
  return Done{};
}

Result<Done> MemoryStore::rewrap_data_key(const CustomerId& customer, const WrappedKey& before,
                                          const WrappedKey& after) {
  const std::scoped_lock lock(mutex_);
  const auto keys = keys_.find(customer);
  if (keys == keys_.end() || !keys->second.contains(before.number)) return no_such("data key");
  WrappedKey& stored = keys->second.at(before.number);
  if (after.number != before.number) return rows_do_not_match("data key with another number");
  if (stored.wrapped != before.wrapped || stored.commitment != before.commitment) {
    return moved_on("data key");
  }
  stored = after;
  return Done{};
}

Result<std::vector<CustomerId>> MemoryStore::customers_with_keys() {
  const std::scoped_lock lock(mutex_);
  std::vector<CustomerId> rows;
  for (const auto& [customer, keys] : keys_) rows.push_back(customer);
  return rows;
}

Result<Done> MemoryStore::add_audit(const AuditEvent& event) {
  const std::scoped_lock lock(mutex_);
  audit_.push_back(event);
  return Done{};
}

Result<std::vector<AuditEvent>> MemoryStore::list_audit(const CustomerScope& scope, int max) {
  const std::scoped_lock lock(mutex_);
  std::vector<AuditEvent> rows(audit_.rbegin(), audit_.rend());
  std::erase_if(rows, [&](const AuditEvent& e) { return e.customer != scope.customer(); });
  if (std::ssize(rows) > max) rows.resize(static_cast<std::size_t>(max));
  return rows;
}

}  // namespace herald
