// Which endpoint a call to one of TikTok's hosts means.
#pragma once

#include "sandbox/tiktok/context.h"
#include "sandbox/tiktok/limits.h"

namespace herald::sandbox::tiktok {

Answer route(Context& x, Limits& limits, const Call& call);

// The token that a call carries, as a Bearer or as a parameter; empty: none.
std::string carried_token(const Call& call);

}  // namespace herald::sandbox::tiktok
