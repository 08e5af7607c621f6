#include "crypto/data_keys.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "crypto/aead.h"

namespace herald {
namespace {

constexpr std::size_t kMostCustomers = 8192;  // About 3 MB.

std::unexpected<Error> no_key(std::string detail) {
  return fail(ErrorKind::unavailable, "The stored tokens cannot be read just now. Try again later.",
              "data key: " + std::move(detail));
}

}  // namespace

const DataKeys::Slot* DataKeys::Entry::find(std::uint32_t number) const {
  const auto found = std::ranges::find(slots, number, &Slot::number);
  return found == slots.end() ? nullptr : &*found;
}

Result<std::shared_ptr<DataKey>> DataKeys::newest(const CustomerId& customer) {
  HERALD_TRY(auto entry, remembered_or_loaded(customer));
  // Twice, because another process may make the same number first: then its key is ours too.
  for (int attempt = 0; attempt < 2; ++attempt) {
    std::uint32_t last = 0;
    if (!entry->slots.empty()) {
      const auto& slot = entry->slots.back();
      // A newest key that does not unwrap is a wrong configuration. Making another would hide it.
      if (!slot.key || !worn(**slot.key)) return slot.key;
      last = slot.number;
    }
    const auto made = make(customer, last + 1);
    if (!made && made.error().kind != ErrorKind::conflict) return std::unexpected(made.error());
    HERALD_TRY(entry, load(customer));
  }
  if (entry->slots.empty()) return no_key("made, but the store does not give it back");
  return entry->slots.back().key;
}

Result<std::shared_ptr<DataKey>> DataKeys::numbered(const CustomerId& customer,
                                                    std::uint32_t number) {
  const auto entry = remembered(customer);
  const auto* slot = entry ? entry->find(number) : nullptr;
  if (slot != nullptr) return slot->key;
  HERALD_TRY(const auto fresh, load(customer));
  slot = fresh->find(number);
  if (slot == nullptr) return fail(ErrorKind::not_found, "No such key.");
  return slot->key;
}

void DataKeys::forget(const CustomerId& customer) {
  const std::lock_guard lock(mutex_);
  entries_.erase(customer);
}

DataKeys::EntryPtr DataKeys::remembered(const CustomerId& customer) {
  const auto now = clock_.now();
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(customer);
  if (found == entries_.end()) return nullptr;
  const auto age = now - found->second->loaded_at;
  if (age < Duration::zero() || age >= kDataKeyMemory) return nullptr;
  return found->second;
}

Result<DataKeys::EntryPtr> DataKeys::remembered_or_loaded(const CustomerId& customer) {
  if (auto entry = remembered(customer)) return entry;
  return load(customer);
}

Result<DataKeys::EntryPtr> DataKeys::load(const CustomerId& customer) {
  HERALD_TRY(const auto stored, store_.data_keys(customer));
  EntryPtr before;
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = entries_.find(customer); found != entries_.end()) before = found->second;
  }
  auto entry = std::make_shared<Entry>();
  entry->loaded_at = clock_.now();
  for (const auto& wrapped : stored) {
    entry->slots.push_back(unwrap(customer, wrapped, before.get()));
  }
  std::ranges::sort(entry->slots, {}, &Slot::number);
  const std::lock_guard lock(mutex_);
  if (entries_.size() >= kMostCustomers && !entries_.contains(customer)) {
    entries_.erase(entries_.begin());
  }
  return entries_[customer] = std::move(entry);
}

DataKeys::Slot DataKeys::unwrap(const CustomerId& customer, const WrappedKey& wrapped,
                                const Entry* before) const {
  if (before != nullptr) {
    // The same key as before keeps its count of seals.
    const auto* slot = before->find(wrapped.number);
    if (slot != nullptr && slot->key && (*slot->key)->commitment == wrapped.commitment) {
      return *slot;
    }
  }
  auto plain = wrapping_.unwrap(customer, wrapped);
  if (!plain) return {wrapped.number, std::unexpected(std::move(plain).error())};
  auto key = std::make_shared<DataKey>();
  key->number = wrapped.number;
  key->key = std::move(plain->key);
  key->made_at = plain->made_at;
  key->commitment = wrapped.commitment;
  return {wrapped.number, std::move(key)};
}

Result<Done> DataKeys::make(const CustomerId& customer, std::uint32_t number) {
  std::array<char, kAeadKeyBytes> bytes;
  random_.fill(bytes.data(), bytes.size());
  const PlainDataKey key{Secret({bytes.data(), bytes.size()}), clock_.now()};
  explicit_bzero(bytes.data(), bytes.size());
  return store_.add_data_key(customer, wrapping_.wrap(customer, number, key, random_));
}

bool DataKeys::worn(const DataKey& key) const {
  return key.seals >= kSealsPerDataKey || clock_.now() - key.made_at >= kDataKeyLife;
}

}  // namespace herald
