// What a project may use in a day: 100 video inserts and, apart from them, 10,000 units. Days end
// at midnight Pacific. https://developers.google.com/youtube/v3/determine_quota_cost
#pragma once

#include <string>

#include "sandbox/google/context.h"

namespace herald::sandbox::google {

// False: the day's share is used up; nothing was charged.
bool charge_insert(Context& google, const std::string& app);
bool charge_units(Context& google, const std::string& app, int units);

// The channel's own cap on uploads, which has nothing to do with the project's.
bool charge_channel(Context& google, const std::string& channel);

}  // namespace herald::sandbox::google
