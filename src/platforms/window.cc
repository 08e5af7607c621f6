#include "platforms/window.h"

namespace herald {

Age age_of(const Input& input, Time made) {
  const auto start = window_start(input);
  if (start && made < *start) return Age::before;
  return made < input.begun_at.value_or(input.now) - kClockSkew ? Age::doubtful : Age::since;
}

std::optional<Time> window_start(const Input& input) {
  if (!input.platform_time) return std::nullopt;
  return *input.platform_time - kClockSkew;
}

}  // namespace herald
