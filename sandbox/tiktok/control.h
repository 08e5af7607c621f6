// The side's own controls; the verbs stand in side.h.
#pragma once

#include "sandbox/tiktok/context.h"

namespace herald::sandbox::tiktok {

Answer control(Context& x, const Call& call);

}  // namespace herald::sandbox::tiktok
