// Made-up numbers that grow with simulated time, the same for the same seed.
#pragma once

#include <cstdint>
#include <string_view>

#include "sandbox/linkedin/context.h"

namespace herald::sandbox::linkedin {

struct Metrics {
  std::int64_t impressions = 0;
  std::int64_t reached = 0;  // People.
  std::int64_t clicks = 0;
  std::int64_t likes = 0;
  std::int64_t comments = 0;
  std::int64_t shares = 0;
  std::int64_t saves = 0;

  Metrics& operator+=(const Metrics& other);
  Metrics operator-(const Metrics& other) const;
};

// What has come together since the post was made; nothing before that.
Metrics metrics_of(const Context& x, const Post& post, std::int64_t at_ms);
// The sum over an author's posts.
Metrics metrics_of_author(const Context& x, std::string_view author, std::int64_t at_ms);

// `now` is the seeded number of the first day.
std::int64_t followers_at(const Context& x, std::string_view id, std::int64_t first,
                          std::int64_t at_ms);
std::int64_t page_views_at(const Context& x, std::string_view id, std::int64_t at_ms);

}  // namespace herald::sandbox::linkedin
