// The side's own controls; they stand in side.h.
#pragma once

#include "sandbox/mastodon/context.h"

namespace herald::sandbox::mastodon {

Answer control(Context& x, const Call& call);

}  // namespace herald::sandbox::mastodon
