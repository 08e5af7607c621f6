// The keys outside every store: each customer's data keys are wrapped by one of these. They live in
// locked memory with guard pages and leave it never.
//
// Text form, one key or many, separated by commas, blanks or lines, '#' to the end of a line:
//   <id>:<32 bytes as base64url without padding>
// The first is the primary: new wrappings use it; the others only open older ones.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "domain/ids.h"
#include "domain/result.h"
#include "domain/secret.h"
#include "domain/time.h"
#include "ports/key_store.h"
#include "ports/random.h"

namespace herald {

// A data key as it was before wrapping.
struct PlainDataKey {
  Secret key;
  Time made_at{};
};

// Error::code of an unwrap() that failed for the keys' sake, not the store's.
inline constexpr const char* kWrongWrappingKey = "wrong_wrapping_key";

class WrappingKeys {
 public:
  // invalid: says which key is wrong and why, never a key. Refused: no key at all, other than 32
  // bytes, all zero and other patterns, one id or one key twice (V-10).
  static Result<WrappingKeys> parse(std::string_view text);
  // Also invalid: what read_private_file() refuses (V-19).
  static Result<WrappingKeys> from_file(const std::string& path);

  const std::string& primary_id() const { return keys_.front().id; }
  bool has(std::string_view id) const { return find(id) != nullptr; }

  // Bound to the customer and the number: a wrapped key moved elsewhere does not open.
  WrappedKey wrap(const CustomerId& customer, std::uint32_t number, const PlainDataKey& key,
                  Random& random) const;
  // unavailable: its wrapping key is not here, or it is damaged, or not this customer's.
  Result<PlainDataKey> unwrap(const CustomerId& customer, const WrappedKey& wrapped) const;

 private:
  using LockedBytes = std::unique_ptr<char, void (*)(void*)>;
  struct Key {
    std::string id;
    LockedBytes bytes;
  };

  WrappingKeys() = default;
  Result<Done> add(std::string_view line);
  const Key* find(std::string_view id) const;
  std::vector<Key> keys_;
};

// The id of the key that a data key is wrapped by; empty when the wrapping cannot be read.
std::string wrapping_key_id(const WrappedKey& wrapped);

// A new key in the text form above, for the operator to keep. `id`: 1 to 32 of [A-Za-z0-9_-].
std::string make_wrapping_key(std::string_view id, Random& random);

}  // namespace herald
