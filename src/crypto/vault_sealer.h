// Seals with the customer's data key. A record:
//   magic "HS", version 1, suite 1, number of the data key (u32), nonce (24), ciphertext, tag (16)
// The plaintext is padded to the next multiple of 32 bytes, so its length tells little (V-06); the
// record's head and all of the SealContext are bound into it (V-01).
#pragma once

#include "crypto/data_keys.h"
#include "ports/sealer.h"

namespace herald {

// Safe from any thread. seal() and open() may block for the store when a customer's keys are not
// remembered.
class VaultSealer final : public Sealer {
 public:
  VaultSealer(KeyStore& store, const WrappingKeys& wrapping, const Clock& clock, Random& random)
      : keys_(store, wrapping, clock, random), random_(random) {}

  Result<std::string> seal(const SealContext& context, std::string_view plain) override;
  Result<Secret> open(const SealContext& context, std::string_view sealed) override;
  // After the customer's data keys were deleted: nothing that they sealed opens from here on.
  void forget(const CustomerId& customer) { keys_.forget(customer); }

 private:
  DataKeys keys_;
  Random& random_;
};

}  // namespace herald
