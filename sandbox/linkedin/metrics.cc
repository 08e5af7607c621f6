#include "sandbox/linkedin/metrics.h"

#include <algorithm>

#include "sandbox/growth.h"
#include "sandbox/linkedin/tokens.h"

namespace herald::sandbox::linkedin {

namespace {

constexpr std::int64_t kHalfMs = 9LL * 60 * 60 * 1000;  // By then half of all have seen it.
constexpr std::int64_t kFewest = 90;
constexpr std::int64_t kSpread = 1400;
constexpr std::int64_t kFirstDayMs = 1'788'220'800'000;  // 2026-09-01: the seeded counts are of it.

std::int64_t come_by(std::int64_t at_ms, std::int64_t in_a_day) {
  return (at_ms - kFirstDayMs) / (kDayMs / in_a_day);
}

}  // namespace

Metrics& Metrics::operator+=(const Metrics& other) {
  impressions += other.impressions;
  reached += other.reached;
  clicks += other.clicks;
  likes += other.likes;
  comments += other.comments;
  shares += other.shares;
  saves += other.saves;
  return *this;
}

Metrics Metrics::operator-(const Metrics& other) const {
  return {.impressions = impressions - other.impressions,
          .reached = reached - other.reached,
          .clicks = clicks - other.clicks,
          .likes = likes - other.likes,
          .comments = comments - other.comments,
          .shares = shares - other.shares,
          .saves = saves - other.saves};
}

Metrics metrics_of(const Context& x, const Post& post, std::int64_t at_ms) {
  const auto age = at_ms - post.created_ms;
  const auto chance = chance_of(post.urn, x.world.settings.seed);
  const auto all = kFewest + static_cast<std::int64_t>(chance % kSpread);
  const auto seen = grown(all, age, kHalfMs);
  return {.impressions = seen,
          .reached = seen * 7 / 10,
          .clicks = seen / 19,
          .likes = seen / 28,
          .comments = seen / 130,
          .shares = seen / 210,
          .saves = seen / 160};
}

Metrics metrics_of_author(const Context& x, std::string_view author, std::int64_t at_ms) {
  Metrics sum;
  for (const auto& [urn, post] : x.state.posts)
    if (post.author == author && !post.deleted && post.lifecycle == "PUBLISHED")
      sum += metrics_of(x, post, at_ms);
  return sum;
}

std::int64_t followers_at(const Context& x, std::string_view id, std::int64_t first,
                          std::int64_t at_ms) {
  const auto daily = 1 + static_cast<std::int64_t>(chance_of(id, x.world.settings.seed) % 5);
  return std::max<std::int64_t>(0, first + come_by(at_ms, daily));
}

std::int64_t page_views_at(const Context& x, std::string_view id, std::int64_t at_ms) {
  const auto daily = 8 + static_cast<std::int64_t>(chance_of(id, x.world.settings.seed) % 40);
  return std::max<std::int64_t>(0, 4000 + come_by(at_ms, daily));
}

}  // namespace herald::sandbox::linkedin
