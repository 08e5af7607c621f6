// The regular expression that finds links, put together as twitter-text publishes its parts.
#pragma once

#include <string>

namespace herald::sandbox::twitter {

// For ICU, without regard to case. Groups: 1 what stands before, 2 the link, 3 its scheme, 4 its
// host, 5 what follows the host's port.
const std::string& link_pattern();
// Hosts of ASCII and accented Latin letters, for links without a scheme.
const std::string& plain_host_pattern();

}  // namespace herald::sandbox::twitter
