// Who answers a call: the consent page, the token endpoints, the API, the buckets, public pages.
#pragma once

#include "sandbox/reddit/context.h"

namespace herald::sandbox::reddit {

Answer route(Context& x, const Call& call);

}  // namespace herald::sandbox::reddit
