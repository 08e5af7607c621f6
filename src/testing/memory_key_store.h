// A key store in memory, as small as its contract.
#pragma once

#include <map>
#include <mutex>

#include "ports/key_store.h"

namespace herald::testing {

class MemoryKeyStore : public KeyStore {
 public:
  Result<std::vector<WrappedKey>> data_keys(const CustomerId& customer) override {
    const std::lock_guard lock(mutex_);
    return keys_[customer];
  }
  Result<Done> add_data_key(const CustomerId& customer, const WrappedKey& key) override {
    const std::lock_guard lock(mutex_);
    for (const auto& other : keys_[customer]) {
      if (other.number == key.number) return fail(ErrorKind::conflict, "That number exists.");
    }
    keys_[customer].push_back(key);
    return Done{};
  }
  Result<Done> rewrap_data_key(const CustomerId& customer, const WrappedKey& before,
                               const WrappedKey& after) override {
    const std::lock_guard lock(mutex_);
    for (auto& key : keys_[customer]) {
      if (key.number != before.number || key.wrapped != before.wrapped) continue;
      key = after;
      return Done{};
    }
    return fail(ErrorKind::conflict, "It changed meanwhile.");
  }
  Result<std::vector<CustomerId>> customers_with_keys() override {
    const std::lock_guard lock(mutex_);
    std::vector<CustomerId> customers;
    for (const auto& [customer, keys] : keys_) {
      if (!keys.empty()) customers.push_back(customer);
    }
    return customers;
  }
  void remove(const CustomerId& customer) {
    const std::lock_guard lock(mutex_);
    keys_.erase(customer);
  }

 private:
  std::mutex mutex_;
  std::map<CustomerId, std::vector<WrappedKey>> keys_;
};

}  // namespace herald::testing
