// Statuses becoming visible, and going away.
#pragma once

#include "sandbox/mastodon/context.h"

namespace herald::sandbox::mastodon {

// Stores it under its id, with what it attaches, and shows it to its audience.
const Status& add_status(Context& x, Status status);
// Its media can be attached again.
void take_away(Context& x, const std::string& id);
// Schedules that have come due.
void post_scheduled(Context& x);

std::string status_path(const State& state, const Status& status);  // "/@bluebakery/1156.."
// Whether that account, null for anybody, may see it.
bool visible_to(const Status& status, const Account* reader);

}  // namespace herald::sandbox::mastodon
