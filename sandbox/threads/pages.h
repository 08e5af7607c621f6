// What people see on threads.com: profiles and posts.
#pragma once

#include "sandbox/threads/context.h"

namespace herald::sandbox::threads {

Answer public_page(const Context& x, const Call& call);

}  // namespace herald::sandbox::threads
