// The token a browser or program shows at the public door: a JWT, ours or a trusted issuer's.
#pragma once

#include <string>
#include <string_view>

#include "domain/result.h"
#include "domain/scope.h"
#include "domain/time.h"

namespace herald {

struct AccessClaims {
  Caller caller;
  Time expires_at{};
};

// Safe from any thread.
class AccessTokens {
 public:
  virtual ~AccessTokens() = default;
  // unauthorized, with one text for every reason; Error::detail says which. Never goes out to the
  // network and opens no file that the token names.
  virtual Result<AccessClaims> verify(std::string_view token) = 0;
  // A token that verify() accepts for `lifetime`. unavailable: no signing key is configured.
  virtual Result<std::string> issue(const Caller& caller, Duration lifetime) = 0;
};

}  // namespace herald
