// Posts that a platform refused though Herald's rules allow them: a limit has changed there. The
// server counts them while it runs (herald_rule_drift_total); `herald doctor` tells of them.
#pragma once

#include <string>
#include <string_view>

#include "config/config.h"
#include "domain/result.h"

namespace herald {

// A line for each platform and code that a server's metrics count, or that there is none.
std::string drift_in(std::string_view metrics);

// As the running server has it; or that none runs.
std::string drift_report(const Config& config);

}  // namespace herald
