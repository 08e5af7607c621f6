// What publishing a container asks for, for endpoints that publish in their own ways.
#pragma once

#include "sandbox/threads/endpoint.h"

namespace herald::sandbox::threads {

// Scopes, standing and the limits of a day.
Checked<Done> may_publish(const Request& request, const Words& words);
// The post is public from here on; the answer names it.
Answer publish_now(Request& request, Container& container);

}  // namespace herald::sandbox::threads
