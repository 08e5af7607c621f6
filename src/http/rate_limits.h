// How often, in memory of this process. Bounded: the oldest keys are forgotten first.
#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>

#include "domain/time.h"

namespace herald::http {

struct RateLimit {
  int count = 0;  // 0: no limit.
  std::chrono::seconds per{60};
};

// A token bucket per key: `count` at once, refilled evenly over `per`. Safe from any thread.
class RateLimiter {
 public:
  explicit RateLimiter(RateLimit limit) : limit_(limit) {}
  // Zero: go ahead. Else: how long to wait.
  std::chrono::seconds take(const std::string& key, Time now);

 private:
  struct Bucket {
    double left = 0;
    Time at{};
  };
  void forget_full(Time now);

  RateLimit limit_;
  std::mutex mutex_;
  std::unordered_map<std::string, Bucket> buckets_;
};

// Keys seen within a time. Safe from any thread.
class RecentlySeen {
 public:
  explicit RecentlySeen(Duration within) : within_(within) {}
  bool contains(const std::string& key, Time now);
  void add(const std::string& key, Time now);

 private:
  Duration within_;
  std::mutex mutex_;
  std::unordered_map<std::string, Time> seen_;
};

}  // namespace herald::http
