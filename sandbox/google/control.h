// The verbs of POST /_sandbox/google/<verb>; google_side.h describes them.
#pragma once

#include "sandbox/google/context.h"

namespace herald::sandbox::google {

Answer control(Context& google, const Call& call);

}  // namespace herald::sandbox::google
