// From a call to its answer: which host, which endpoint, whose token, how often, with what scopes.
#pragma once

#include "sandbox/twitter/context.h"

namespace herald::sandbox::twitter {

Answer route(Context& x, const Call& call);

// The token that a call carries, as a bearer or in a body of the OAuth endpoints; empty: none.
std::string carried_token(const Call& call);

}  // namespace herald::sandbox::twitter
