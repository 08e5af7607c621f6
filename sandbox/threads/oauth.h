// The token endpoints of graph.threads.net, which carry no version in their paths.
#pragma once

#include "sandbox/threads/refusal.h"

namespace herald::sandbox::threads {

Checked<Answer> exchange_code(Context& x, const Call& call);      // /oauth/access_token
Checked<Answer> exchange_for_long(Context& x, const Call& call);  // /access_token
Checked<Answer> refresh_long(Context& x, const Call& call);       // /refresh_access_token

}  // namespace herald::sandbox::threads
