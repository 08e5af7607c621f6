#include "sandbox/twitter/metrics.h"

#include "sandbox/growth.h"

namespace herald::sandbox::twitter {

namespace {

constexpr std::int64_t kHalfMs = 6LL * 60 * 60 * 1000;  // By then half of all have seen it.
constexpr std::int64_t kFewest = 150;
constexpr std::int64_t kSpread = 1800;

}  // namespace

Metrics metrics_of(const Context& x, const Post& post, std::int64_t at_ms) {
  const auto chance = chance_of(post.id, x.world.settings.seed);
  const auto all = kFewest + static_cast<std::int64_t>(chance % kSpread);
  const auto seen = grown(all, at_ms - post.at_ms, kHalfMs);
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
