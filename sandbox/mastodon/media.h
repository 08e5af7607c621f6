// Uploaded files on their way to a status.
#pragma once

#include <boost/json/fwd.hpp>

#include "sandbox/mastodon/refusal.h"

namespace herald::sandbox::mastodon {

bool is_ready(const Context& x, const Medium& medium);
// MediaAttachment; its address is null until it is ready.
boost::json::object medium_json(const Context& x, const Call& call, const Medium& medium);
// Where an instance keeps it.
std::string file_path(const Medium& medium);

}  // namespace herald::sandbox::mastodon
