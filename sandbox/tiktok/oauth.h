// open.tiktokapis.com/v2/oauth/: codes for tokens, tokens for tokens, and their end.
#pragma once

#include "sandbox/tiktok/context.h"

namespace herald::sandbox::tiktok {

http::Response token_endpoint(Context& x, const Call& call);
http::Response revoke_endpoint(Context& x, const Call& call);

// An OAuth error with the status that the switch says, as scripts ask for it ("TT6").
http::Response oauth_refusal(const Context& x, std::string_view error,
                             std::string_view description);

}  // namespace herald::sandbox::tiktok
