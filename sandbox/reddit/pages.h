// What anybody may open: posts, profiles and communities on www.reddit.com, pictures and films, and
// what a websocket would say.
#pragma once

#include "sandbox/reddit/context.h"

namespace herald::sandbox::reddit {

Answer public_page(const Context& x, const Call& call);

}  // namespace herald::sandbox::reddit
