#include "crypto/key_rotation.h"

namespace herald {

Result<RewrapCount> rewrap_data_keys(KeyStore& store, const WrappingKeys& keys, Random& random) {
  RewrapCount count;
  HERALD_TRY(const auto customers, store.customers_with_keys());
  for (const auto& customer : customers) {
    HERALD_TRY(const auto stored, store.data_keys(customer));
    for (const auto& before : stored) {
      if (wrapping_key_id(before) == keys.primary_id()) {
        ++count.already;
        continue;
      }
      HERALD_TRY(const auto plain, keys.unwrap(customer, before));
      const auto after = keys.wrap(customer, before.number, plain, random);
      const auto replaced = store.rewrap_data_key(customer, before, after);
      if (replaced) {
        ++count.rewrapped;
      } else if (replaced.error().kind == ErrorKind::conflict) {
        ++count.already;
      } else {
        return std::unexpected(replaced.error());
      }
    }
  }
  return count;
}

Result<std::map<std::string, std::size_t>> count_by_wrapping_key(KeyStore& store) {
  std::map<std::string, std::size_t> counts;
  HERALD_TRY(const auto customers, store.customers_with_keys());
  for (const auto& customer : customers) {
    HERALD_TRY(const auto stored, store.data_keys(customer));
    for (const auto& key : stored) ++counts[wrapping_key_id(key)];
  }
  return counts;
}

Result<Done> check_may_drop(KeyStore& store, std::string_view wrapping_key_id) {
  HERALD_TRY(auto counts, count_by_wrapping_key(store));
  const auto held = counts[std::string(wrapping_key_id)];
  if (held == 0) return Done{};
  return fail(ErrorKind::conflict, "Wrapping key \"" + std::string(wrapping_key_id) +
                                       "\" is still needed by " + std::to_string(held) +
                                       " data keys. Rotate first.");
}

Result<Done> check_wrapping_keys_complete(KeyStore& store, const WrappingKeys& keys) {
  HERALD_TRY(const auto counts, count_by_wrapping_key(store));
  for (const auto& [id, held] : counts) {
    if (keys.has(id)) continue;
    return fail(ErrorKind::conflict,
                std::to_string(held) + " data keys need the wrapping key \"" + id +
                    "\", which is not configured. Was an older key file restored, or the key "
                    "removed before \"herald keys rotate\" was done?");
  }
  return Done{};
}

}  // namespace herald
