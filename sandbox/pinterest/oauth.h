// POST /v5/oauth/token and its revocation: they have no token but the app's own name and secret.
#pragma once

#include "sandbox/pinterest/refusal.h"

namespace herald::sandbox::pinterest {

Checked<Answer> give_token(Context& x, const Call& call);
Checked<Answer> revoke_token(const Context& x, const Call& call);

}  // namespace herald::sandbox::pinterest
