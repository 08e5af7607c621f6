// The token endpoint, introspection and revocation. All take a form, the client's secret in it.
#pragma once

#include "sandbox/linkedin/context.h"

namespace herald::sandbox::linkedin {

http::Response token_endpoint(Context& x, const Call& call);       // POST /oauth/v2/accessToken
http::Response introspect_endpoint(Context& x, const Call& call);  // POST /oauth/v2/introspectToken
http::Response revoke_endpoint(Context& x, const Call& call);      // POST /oauth/v2/revoke

}  // namespace herald::sandbox::linkedin
