// Which endpoint answers a call to one of Google's hosts.
#pragma once

#include "sandbox/google/context.h"

namespace herald::sandbox::google {

Answer route(Context& google, const Call& call);

}  // namespace herald::sandbox::google
