// The two answers about a member that need no version header.
#pragma once

#include "sandbox/linkedin/context.h"
#include "sandbox/linkedin/refusal.h"

namespace herald::sandbox::linkedin {

Checked<Answer> user_info(Context& x, const Call& call, const Grant& grant);  // GET /v2/userinfo
Checked<Answer> member_profile(Context& x, const Grant& grant);               // GET /v2/me

}  // namespace herald::sandbox::linkedin
