// LinkedIn's own controls under /_sandbox/linkedin/; listed in side.h.
#pragma once

#include "sandbox/linkedin/context.h"

namespace herald::sandbox::linkedin {

Answer control(Context& x, const Call& call);

}  // namespace herald::sandbox::linkedin
