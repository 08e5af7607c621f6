// The token endpoint, revocation, and the app-only token.
//
// A body may be a form or, as the npm client twitter-api-v2 sends it, a JSON object.
#pragma once

#include "sandbox/twitter/context.h"

namespace herald::sandbox::twitter {

http::Response token_endpoint(Context& x, const Call& call);   // POST /2/oauth2/token
http::Response revoke_endpoint(Context& x, const Call& call);  // POST /2/oauth2/revoke
http::Response app_only_token(Context& x, const Call& call);   // POST /oauth2/token

}  // namespace herald::sandbox::twitter
