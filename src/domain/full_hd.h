// 1080p, the largest picture that some platforms take: up to 1080 by 1920 pixels, either way up.
#pragma once

#include <algorithm>

#include "domain/media.h"

namespace herald {

inline constexpr int kFullHdShort = 1080;
inline constexpr int kFullHdLong = 1920;

inline bool fits_full_hd(const MediaFacts& facts) {
  const auto [shorter, longer] = std::minmax(facts.width, facts.height);
  return shorter <= kFullHdShort && longer <= kFullHdLong;
}

// How wide it may be at most to fit.
inline int full_hd_width(const MediaFacts& facts) {
  const auto [shorter, longer] = std::minmax(facts.width, facts.height);
  if (fits_full_hd(facts)) return facts.width;
  return std::min(facts.width * kFullHdShort / shorter, facts.width * kFullHdLong / longer);
}

}  // namespace herald
