// Which of the posts in a listing may be the one in doubt, by their age. A platform dates them by
// its own clock. When the call began is known by ours, which may be wrong, and by what the
// platform's clock had said last (Input::platform_time), if it had said anything.
#pragma once

#include <chrono>
#include <optional>

#include "ports/platform.h"

namespace herald {

// Of the clocks of one platform among each other, and of ours where it is right.
inline constexpr Duration kClockSkew = std::chrono::minutes(2);

enum class Age {
  before,    // It was there before the call began: the platform's own clock says so.
  doubtful,  // By our clock alone it was. What is alike may be the one in doubt, or another.
  since,
};
Age age_of(const Input& input, Time made);

// From when on the post in doubt may be dated. Nothing: a look is complete only when it has seen
// everything that is there.
std::optional<Time> window_start(const Input& input);

}  // namespace herald
