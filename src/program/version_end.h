// A pinned API version ends one day, and with it every call; an operator wants to hear of it in
// time.
#pragma once

#include <optional>
#include <string>

#include "domain/time.h"
#include "ports/platform.h"

namespace herald {

inline constexpr int kVersionWarningDays = 60;

// "Instagram's API v25.0 ends on 2026-12-01, in 9 days: update Herald."; nothing while there is
// time, or when no end is known.
std::optional<std::string> version_warning(const PlatformSpec& spec, Time now);

}  // namespace herald
