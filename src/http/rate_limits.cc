#include "http/rate_limits.h"

#include <algorithm>
#include <cmath>

namespace herald::http {
namespace {

constexpr std::size_t kKeysMax = 100'000;

}  // namespace

std::chrono::seconds RateLimiter::take(const std::string& key, Time now) {
  if (limit_.count <= 0) return std::chrono::seconds(0);
  const std::lock_guard lock(mutex_);
  if (buckets_.size() >= kKeysMax) forget_full(now);
  const double most = limit_.count;
  const double per_ms = most / static_cast<double>(Duration(limit_.per).count());
  auto [found, fresh] = buckets_.try_emplace(key, Bucket{most, now});
  Bucket& bucket = found->second;
  const auto passed = static_cast<double>(std::max<Duration>(now - bucket.at, Duration{}).count());
  bucket.left = std::min(most, bucket.left + passed * per_ms);
  bucket.at = now;
  if (bucket.left >= 1) {
    bucket.left -= 1;
    return std::chrono::seconds(0);
  }
  return std::chrono::seconds(static_cast<int>(std::ceil((1 - bucket.left) / per_ms / 1000)));
}

// A full bucket says nothing that a new one would not.
void RateLimiter::forget_full(Time now) {
  std::erase_if(buckets_, [&](const auto& entry) { return now - entry.second.at > limit_.per; });
  if (buckets_.size() >= kKeysMax) buckets_.clear();
}

bool RecentlySeen::contains(const std::string& key, Time now) {
  const std::lock_guard lock(mutex_);
  const auto found = seen_.find(key);
  return found != seen_.end() && now - found->second < within_ && now >= found->second;
}

void RecentlySeen::add(const std::string& key, Time now) {
  const std::lock_guard lock(mutex_);
  if (seen_.size() >= kKeysMax) seen_.clear();
  seen_[key] = now;
}

}  // namespace herald::http
