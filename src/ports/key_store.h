// Where wrapped data keys live: one list per customer, newest last. The key that wraps them is
// outside every store.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "domain/ids.h"
#include "domain/result.h"

namespace herald {

struct WrappedKey {
  std::uint32_t number = 0;  // Rises by one per customer.
  std::string wrapped;       // Opaque to the store; names the wrapping key inside.
  std::string commitment;    // Proof that the unwrapped key is the right one.
};

class KeyStore {
 public:
  virtual ~KeyStore() = default;
  virtual Result<std::vector<WrappedKey>> data_keys(const CustomerId& customer) = 0;
  // Adds a key; conflict if that number exists (another process was first: read again).
  virtual Result<Done> add_data_key(const CustomerId& customer, const WrappedKey& key) = 0;
  // Replaces the wrapping of a key (rotation of the outer key). conflict: it changed meanwhile.
  virtual Result<Done> rewrap_data_key(const CustomerId& customer, const WrappedKey& before,
                                       const WrappedKey& after) = 0;
  // Every customer that has keys; for rotation.
  virtual Result<std::vector<CustomerId>> customers_with_keys() = 0;
};

}  // namespace herald
