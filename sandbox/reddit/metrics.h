// Made-up numbers that grow with time; scores are fuzzed a little, as Reddit's are.
#pragma once

#include <cstdint>

#include "sandbox/reddit/context.h"

namespace herald::sandbox::reddit {

struct Metrics {
  std::int64_t score = 1;
  double upvote_ratio = 1;
  std::int64_t crossposts = 0;
};

Metrics metrics_of(const Context& x, const Post& post);

struct Karma {
  std::int64_t link = 0;
  std::int64_t comment = 0;
};

Karma karma_of(const Context& x, const User& user);

}  // namespace herald::sandbox::reddit
