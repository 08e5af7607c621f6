// Reddit's own controls under /_sandbox/reddit/; listed in side.h.
#pragma once

#include "sandbox/reddit/context.h"

namespace herald::sandbox::reddit {

Answer control(Context& x, const Call& call);

}  // namespace herald::sandbox::reddit
