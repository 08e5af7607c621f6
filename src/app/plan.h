// The request plan: the calls that publishing would make, in order, without making any. Secrets and
// links stand as {names}.
#pragma once

#include <vector>

#include "app/compose.h"
#include "ports/platform.h"

namespace herald {

// Ends early where the platform cannot imagine an answer.
std::vector<PlannedCall> planned_calls(const Platform& platform, Input input);

}  // namespace herald
