// Made-up counters of posts and accounts, from the seed; they grow with simulated time.
#pragma once

#include <cstdint>

#include "sandbox/tiktok/context.h"

namespace herald::sandbox::tiktok {

struct PostCounts {
  std::int64_t views = 0;
  std::int64_t likes = 0;
  std::int64_t comments = 0;
  std::int64_t shares = 0;
};

struct AccountCounts {
  std::int64_t followers = 0;
  std::int64_t following = 0;
  std::int64_t likes = 0;
  std::int64_t videos = 0;  // Public ones.
};

PostCounts counts_of(const Context& x, const Post& post);
AccountCounts counts_of(const Context& x, const User& user);

}  // namespace herald::sandbox::tiktok
