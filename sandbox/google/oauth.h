// oauth2.googleapis.com: codes and refresh tokens become access tokens, and die.
#pragma once

#include "sandbox/google/context.h"

namespace herald::sandbox::google {

// POST /token. The client is authenticated by the form or by HTTP Basic.
Answer exchange(Context& google, const Call& call);

// GET or POST /revoke, `token` in the form or the query: ends all that the person gave the app.
Answer revoke(Context& google, const Call& call);

}  // namespace herald::sandbox::google
