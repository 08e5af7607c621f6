// Every platform that Herald knows, in the order to show them. One that has no adapter yet is a
// card only: its spec names it and its variables, `kinds` is empty and every flow is null.
#pragma once

#include <vector>

#include "ports/platform.h"

namespace herald {

const std::vector<const Platform*>& all_platforms();

// Null when there is none of that id. Lives as long as the program.
const Platform* find_platform(const PlatformId& id);

// True when it can connect and publish.
inline bool is_available(const Platform& platform) { return !platform.spec->kinds.empty(); }

}  // namespace herald
