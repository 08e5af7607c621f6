// Made-up numbers that grow with simulated time, the same for the same seed and post.
#pragma once

#include <cstdint>
#include <string_view>

#include "sandbox/twitter/context.h"

namespace herald::sandbox::twitter {

struct Metrics {
  std::int64_t impressions = 0;
  std::int64_t likes = 0;
  std::int64_t replies = 0;
  std::int64_t reposts = 0;
  std::int64_t quotes = 0;
  std::int64_t bookmarks = 0;
  std::int64_t url_clicks = 0;
  std::int64_t profile_clicks = 0;
  std::int64_t video_views = 0;

  std::int64_t engagements() const {
    return likes + replies + reposts + quotes + bookmarks + url_clicks + profile_clicks;
  }
};

// What has come together since the post was made; nothing before that.
Metrics metrics_of(const Context& x, const Post& post, std::int64_t at_ms);

}  // namespace herald::sandbox::twitter
