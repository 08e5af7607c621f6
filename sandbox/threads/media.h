// Pictures and films, which the platform fetches by itself from an address.
#pragma once

#include "sandbox/threads/endpoint.h"

namespace herald::sandbox::threads {

// Whether the platform would fetch from there at all.
bool fetchable(const Context& x, const std::string& url);
// A picture is looked at when the container is made: a bad one is refused.
Checked<Done> take_image(const Request& request, Container& container, const std::string& url);
// A film later: a bad one ends the container's processing with an error.
void take_video(const Context& x, Container& container, const Fetched& file);

}  // namespace herald::sandbox::threads
