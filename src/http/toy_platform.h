// Stands in for a platform whose adapter is not what a test is about: its own card, and the
// shortest flows that connect one account. For tests.
#pragma once

#include "ports/platform.h"

namespace herald::http {

inline constexpr const char* kToyTokenUrl = "https://toy.test/token";

// Lives as long as the program. `card` names it.
const Platform& toy_platform(const Platform& card);

}  // namespace herald::http
