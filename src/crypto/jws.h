// Compact JSON Web Signatures (RFC 7515), and nothing else of the family: no encryption, no
// compression, no JSON serialisation, no keys from the token. What a token says of itself is only
// compared with what we know.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "crypto/signing_key.h"
#include "crypto/verify_key.h"
#include "domain/result.h"

namespace herald {

constexpr std::size_t kMostTokenBytes = 8 * 1024;

// Read, not yet believed.
struct UncheckedJws {
  std::string algorithm;
  std::optional<std::string> kid;
  std::string type;                // "typ" in lower case; empty: missing.
  std::string_view signing_input;  // Lies in the token.
  std::string payload;
  std::string signature;
};

// unauthorized, the reason in Error::detail.
Result<UncheckedJws> read_jws(std::string_view token);

// The one key that may have signed it: by kid where the token names one, else the only key of its
// algorithm. Null: none, or several. The algorithm must be the key's own.
const VerifyKey* choose_key(const UncheckedJws& jws, std::span<const VerifyKey::Ptr> keys);

// The compact form. `type` becomes the typ header; `payload` is taken as it is.
Result<std::string> sign_jws(const SigningKey& key, std::string_view type,
                             std::string_view payload);

}  // namespace herald
