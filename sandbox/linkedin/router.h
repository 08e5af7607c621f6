// From a call to its answer: which host, which resource and method, whose token, how often.
#pragma once

#include "sandbox/linkedin/context.h"

namespace herald::sandbox::linkedin {

Answer route(Context& x, const Call& call);

// The token that a call carries, as a bearer or in a body of the OAuth endpoints; empty: none.
std::string carried_token(const Call& call);
std::string bearer_of(const Call& call);

}  // namespace herald::sandbox::linkedin
