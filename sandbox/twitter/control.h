// X's own controls under /_sandbox/twitter/; listed in side.h.
#pragma once

#include "sandbox/twitter/context.h"

namespace herald::sandbox::twitter {

Answer control(Context& x, const Call& call);

}  // namespace herald::sandbox::twitter
