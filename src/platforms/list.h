// Every platform that Herald knows, in the order to show them; one that people sign in to in two
// ways stands there twice, "main" first. One that has no adapter yet is a card only: its spec names
// it and its variables, `kinds` is empty and every flow is null.
#pragma once

#include <string_view>
#include <vector>

#include "ports/platform.h"

namespace herald {

const std::vector<const Platform*>& all_platforms();

// Null when there is none of that id and sign-in. Lives as long as the program.
const Platform* find_platform(const PlatformId& id, std::string_view registration = "main");

// True when it can connect and publish.
inline bool is_available(const Platform& platform) { return !platform.spec->kinds.empty(); }

}  // namespace herald
