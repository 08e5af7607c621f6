#include "sandbox/reddit/metrics.h"

#include <algorithm>
#include <string_view>

namespace herald::sandbox::reddit {

namespace {

constexpr std::int64_t kHalfMs = 4LL * 60 * 60 * 1000;  // By then half of all have voted.
constexpr std::int64_t kFuzzMs = 60'000;                // The fuzz is drawn anew each minute.
constexpr std::int64_t kFewest = 12;
constexpr std::int64_t kSpread = 400;

// FNV-1a, so that runs agree.
std::uint64_t chance_of(std::string_view id, std::uint64_t seed) {
  std::uint64_t hash = 14695981039346656037ULL ^ seed;
  for (const char c : id) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return hash;
}

std::int64_t true_score(const Context& x, const Post& post) {
  const auto age = std::max<std::int64_t>(0, x.now_ms() - post.at_ms);
  const auto chance = chance_of(post.id, x.world.settings.seed);
  const auto all = kFewest + static_cast<std::int64_t>(chance % kSpread);
  const auto share = static_cast<double>(age) / static_cast<double>(age + kHalfMs);
  return 1 + static_cast<std::int64_t>(static_cast<double>(all) * share);
}

}  // namespace

Metrics metrics_of(const Context& x, const Post& post) {
  const auto score = true_score(x, post);
  const auto minute = static_cast<std::uint64_t>(x.now_ms() / kFuzzMs);
  const auto fuzz = score < 10 ? 0 : static_cast<std::int64_t>(chance_of(post.id, minute) % 3) - 1;
  const auto against = chance_of(post.id, x.world.settings.seed + 1) % 12;
  return {.score = score + fuzz,
          .upvote_ratio = score < 10 ? 1.0 : 1.0 - static_cast<double>(against) / 100,
          .crossposts = score / 150};
}

Karma karma_of(const Context& x, const User& user) {
  Karma karma{.link = user.link_karma, .comment = user.comment_karma};
  for (const auto& [id, post] : x.state.posts)
    if (post.author == user.id && !post.deleted && post.removed_by.empty())
      karma.link += true_score(x, post);
  for (const auto& [id, comment] : x.state.comments)
    if (comment.author == user.id && !comment.deleted) ++karma.comment;
  return karma;
}

}  // namespace herald::sandbox::reddit
