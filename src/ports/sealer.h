// Sealing of what must not be read outside. What is sealed for one owner opens for that owner only.
#pragma once

#include <string>
#include <string_view>

#include "domain/ids.h"
#include "domain/result.h"
#include "domain/secret.h"

namespace herald {

// Bound into the ciphertext: a sealed value moved to any other place does not open (V-01).
struct SealContext {
  CustomerId customer;
  std::string purpose;   // "grant", "account_token", "progress", "flow", "cursor", ...
  std::string platform;  // May be empty.
  std::string owner;     // The row: an account, grant, delivery or flow id.
  std::string kind;      // What of it: "access", "refresh", "code_verifier", ...
};

class Sealer {
 public:
  virtual ~Sealer() = default;
  // unavailable: the customer's data key could not be had.
  virtual Result<std::string> seal(const SealContext& context, std::string_view plain) = 0;
  // internal, with one text for a wrong key, wrong place or damaged bytes (V-16).
  virtual Result<Secret> open(const SealContext& context, std::string_view sealed) = 0;
};

}  // namespace herald
