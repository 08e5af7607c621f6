// The side's controls; their verbs stand in side.h.
#pragma once

#include "sandbox/threads/context.h"

namespace herald::sandbox::threads {

Answer control(Context& x, const Call& call);

}  // namespace herald::sandbox::threads
