// How a post or an account of Meta's fares: first the counters, which cost nothing, then all
// metrics in one call. One bad metric fails them all; then they are asked for one by one. Source:
// developers.facebook.com/docs/graph-api/reference/insights, checked 2026-11-22.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platforms/graph.h"

namespace herald::graph {

struct Figure {
  std::string_view theirs;  // A metric's name; of a counter, where it stands: "/like_count".
  const char* ours;
};

struct Figures {
  std::string id;      // Of the post or account.
  const char* fields;  // Which hold the counters.
  std::span<const Figure> counters;
  std::span<const Figure> metrics;
  std::vector<Field> query;  // Of the metrics' call, beside their names.
};

Step figures_next(const Input& input, const Progress& progress, const Figures& wanted);

// Whether the reading is over with this fault, and goes on another time.
bool ends_figures(const Fault& fault);
// `fault`: what fault_in() makes of the answer, by the product's rules; none that ends it.
Absorbed figures_absorb(const Progress& progress, const Answer& answer, std::optional<Fault> fault,
                        const Figures& wanted);

}  // namespace herald::graph
