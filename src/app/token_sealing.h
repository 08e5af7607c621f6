// How a grant's tokens stand in the store: packed, and sealed for the grant.
#pragma once

#include <string>

#include "app/vault.h"

namespace herald {

Result<std::string> seal_tokens(Sealer& sealer, const Grant& grant, const TokenSet& tokens);
// unauthorized: there are none any more.
Result<TokenSet> open_tokens(Sealer& sealer, const Grant& grant);

}  // namespace herald
