// Which of an instance's endpoints or pages a call is for.
#pragma once

#include "sandbox/mastodon/context.h"

namespace herald::sandbox::mastodon {

Answer route(Context& x, const Call& call);

// The platform's own words for "too many calls".
http::Response limit_answer(const Context& x, const Call& call);

}  // namespace herald::sandbox::mastodon
