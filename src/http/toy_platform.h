// Stands in for a platform whose adapter is not what a test is about: its name, and the shortest
// flows that connect one account. For tests.
#pragma once

#include <atomic>

#include "ports/platform.h"

namespace herald::http {

inline constexpr const char* kToyTokenUrl = "https://toy.test/token";

// Whose place it takes in the rig of the doors.
inline constexpr const char* kToyPlatform = "reddit";

// Its sign-ins open two accounts from here on, so that there is something to choose.
inline std::atomic<bool> toy_opens_two = false;

// Lives as long as the program.
const Platform& toy_platform(const Platform& instead_of);

}  // namespace herald::http
