// Whose token is it: tokeninfo, userinfo, ID tokens and the keys they are signed with.
#pragma once

#include "sandbox/google/tokens.h"

namespace herald::sandbox::google {

// The claims of an ID token, as JSON text (OpenID Connect Core, section 2).
std::string id_claims(const Context& google, const Token& token, const std::string& access_token,
                      const std::string& nonce);

// /tokeninfo: by access_token, by id_token, or by the bearer header.
Answer token_info(Context& google, const Call& call);
// /oauth2/v2/userinfo; the v3 and OpenID Connect forms use other member names.
Answer user_info(Context& google, const Call& call);
Answer signing_keys(Context& google, const Call& call);  // /oauth2/v1/certs and /oauth2/v3/certs
Answer openid_configuration(Context& google, const Call& call);

}  // namespace herald::sandbox::google
