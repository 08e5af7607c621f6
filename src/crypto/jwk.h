// A JSON Web Key Set (RFC 7517): the public keys of a token issuer.
#pragma once

#include <string_view>
#include <vector>

#include "crypto/verify_key.h"
#include "domain/result.h"

namespace herald {

// RSA (RS256), EC P-256 (ES256) and OKP Ed25519 (EdDSA), for signatures. Keys for other uses,
// algorithms and curves are passed over. The whole set is refused (invalid; the reason in
// Error::detail) when it holds a symmetric or private key, one kid twice, a weak or broken key that
// claims to be one of ours, or no usable key at all: that is a mistake somebody should hear of.
Result<std::vector<VerifyKey::Ptr>> read_jwk_set(std::string_view text);

}  // namespace herald
