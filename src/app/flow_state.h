// What an OAuth flow keeps sealed between its steps: the verifier, the code, then the tokens and
// the accounts that the person may pick from.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/vault.h"
#include "domain/account.h"
#include "ports/platform.h"
#include "ports/sealer.h"

namespace herald {

struct FlowState {
  Secret code_verifier;
  Secret code;
  Grant grant;  // A draft: scopes, subject, expiries.
  TokenSet tokens;
  std::vector<DiscoveredAccount> found;
  std::vector<Secret> account_tokens;  // One per found account; may be empty.
  bool figures = true;                 // Does the person want them read?
};

Result<std::string> seal(Sealer& sealer, const OAuthFlow& flow, const FlowState& state);
Result<FlowState> open(Sealer& sealer, const OAuthFlow& flow);

}  // namespace herald
