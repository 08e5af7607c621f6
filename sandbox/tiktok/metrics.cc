#include "sandbox/tiktok/metrics.h"

#include <algorithm>

#include "sandbox/growth.h"
#include "sandbox/tiktok/tasks.h"

namespace herald::sandbox::tiktok {

namespace {

constexpr std::int64_t kHourMs = 60LL * 60 * 1000;
constexpr std::int64_t kHalfMs = 9 * kHourMs;
constexpr std::int64_t kFewest = 400;
constexpr std::int64_t kSpread = 9000;
constexpr std::int64_t kOpenedMs = 1'767'225'600'000;  // 2026-01-01, the accounts' first day.

}  // namespace

PostCounts counts_of(const Context& x, const Post& post) {
  const auto all =
      kFewest + static_cast<std::int64_t>(chance_of(post.id, x.world.settings.seed) % kSpread);
  const auto views = grown(all, x.now_ms() - post.public_ms, kHalfMs);
  return {.views = views, .likes = views / 14, .comments = views / 160, .shares = views / 210};
}

AccountCounts counts_of(const Context& x, const User& user) {
  const auto hours = std::max<std::int64_t>(0, x.now_ms() - kOpenedMs) / kHourMs;
  const auto pace = 4 + static_cast<std::int64_t>(chance_of(user.id, x.world.settings.seed) % 9);
  AccountCounts counts{.followers = user.followers + hours / pace, .following = user.following};
  for (const auto& [id, post] : x.state.posts) {
    if (post.author != user.id || !is_public(x, post)) continue;
    ++counts.videos;
    counts.likes += counts_of(x, post).likes;
  }
  return counts;
}

}  // namespace herald::sandbox::tiktok
