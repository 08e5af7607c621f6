// The side's controls; their verbs stand in side.h.
#pragma once

#include "sandbox/pinterest/context.h"

namespace herald::sandbox::pinterest {

Answer control(Context& x, const Call& call);

}  // namespace herald::sandbox::pinterest
