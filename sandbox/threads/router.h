// Which of Threads' endpoints or pages a call is for.
#pragma once

#include "sandbox/threads/context.h"

namespace herald::sandbox::threads {

Answer route(Context& x, const Call& call);

}  // namespace herald::sandbox::threads
