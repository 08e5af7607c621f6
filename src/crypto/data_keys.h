// Each customer's data keys: made on first use, kept wrapped in the store, remembered unwrapped for
// a few minutes. Forgetting the stored ones is forgetting all that they sealed.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

#include "crypto/wrapping_keys.h"
#include "ports/clock.h"
#include "ports/key_store.h"

namespace herald {

// One key seals at most this often (counted per process) and this long; then a new one is made.
// XChaCha20-Poly1305 would bear far more: it is the damage of one lost key that this bounds.
constexpr std::uint32_t kSealsPerDataKey = 1u << 20;
constexpr Duration kDataKeyLife = std::chrono::days(90);
// How long another process may go on using keys that were deleted, or not see newer ones.
constexpr Duration kDataKeyMemory = std::chrono::minutes(5);

struct DataKey {
  std::uint32_t number = 0;
  Secret key;
  Time made_at{};
  std::string commitment;
  std::atomic<std::uint32_t> seals = 0;
};

// Safe from any thread; calls may block for the store, never while they hold the lock.
class DataKeys {
 public:
  DataKeys(KeyStore& store, const WrappingKeys& wrapping, const Clock& clock, Random& random)
      : store_(store), wrapping_(wrapping), clock_(clock), random_(random) {}

  // The key to seal with, made if need be.
  Result<std::shared_ptr<DataKey>> newest(const CustomerId& customer);
  // not_found: this customer has no such key (any more).
  Result<std::shared_ptr<DataKey>> numbered(const CustomerId& customer, std::uint32_t number);
  // After the customer's keys were deleted from the store.
  void forget(const CustomerId& customer);

 private:
  // One stored key: unwrapped, or why not.
  struct Slot {
    std::uint32_t number = 0;
    Result<std::shared_ptr<DataKey>> key;
  };
  struct Entry {
    std::vector<Slot> slots;  // By rising number.
    Time loaded_at{};
    const Slot* find(std::uint32_t number) const;
  };
  using EntryPtr = std::shared_ptr<const Entry>;

  EntryPtr remembered(const CustomerId& customer);
  Result<EntryPtr> load(const CustomerId& customer);
  Result<EntryPtr> remembered_or_loaded(const CustomerId& customer);
  Slot unwrap(const CustomerId& customer, const WrappedKey& wrapped, const Entry* before) const;
  Result<Done> make(const CustomerId& customer, std::uint32_t number);
  bool worn(const DataKey& key) const;

  KeyStore& store_;
  const WrappingKeys& wrapping_;
  const Clock& clock_;
  Random& random_;
  std::mutex mutex_;
  std::unordered_map<CustomerId, EntryPtr> entries_;  // Guarded by mutex_.
};

}  // namespace herald
