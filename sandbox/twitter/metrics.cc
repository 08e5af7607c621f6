#include "sandbox/twitter/metrics.h"

#include <algorithm>

namespace herald::sandbox::twitter {

namespace {

constexpr std::int64_t kHalfMs = 6LL * 60 * 60 * 1000;  // By then half of all have seen it.
constexpr std::int64_t kFewest = 150;
constexpr std::int64_t kSpread = 1800;

// FNV-1a, so that runs agree.
std::uint64_t chance_of(std::string_view id, std::uint64_t seed) {
  std::uint64_t hash = 14695981039346656037ULL ^ seed;
  for (const char c : id) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return hash;
}

}  // namespace

Metrics metrics_of(const Context& x, const Post& post, std::int64_t at_ms) {
  const auto age = std::max<std::int64_t>(0, at_ms - post.at_ms);
  const auto chance = chance_of(post.id, x.world.settings.seed);
  const auto all = kFewest + static_cast<std::int64_t>(chance % kSpread);
  const auto share = static_cast<double>(age) / static_cast<double>(age + kHalfMs);
  const auto seen = static_cast<std::int64_t>(static_cast<double>(all) * share);
  return {.impressions = seen,
          .likes = seen / 31,
          .replies = seen / 240,
          .reposts = seen / 190,
          .quotes = seen / 800,
          .bookmarks = seen / 170,
          .url_clicks = post.links.empty() ? 0 : seen / 80,
          .profile_clicks = seen / 120,
          .video_views = seen * 3 / 5};
}

}  // namespace herald::sandbox::twitter
