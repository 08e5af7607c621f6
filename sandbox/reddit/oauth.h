// The token endpoint and revocation, on www.reddit.com. Always with Basic; the body is a form.
#pragma once

#include "sandbox/reddit/context.h"

namespace herald::sandbox::reddit {

http::Response token_endpoint(Context& x, const Call& call);   // POST /api/v1/access_token
http::Response revoke_endpoint(Context& x, const Call& call);  // POST /api/v1/revoke_token

}  // namespace herald::sandbox::reddit
