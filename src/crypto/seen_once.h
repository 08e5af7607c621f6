// Remembers names until they expire, so that each is taken once.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <unordered_set>

#include "domain/time.h"

namespace herald {

// Safe from any thread.
class SeenOnce {
 public:
  enum class Answer { first, again, full };

  explicit SeenOnce(std::size_t most) : most_(most) {}
  // `first` exactly once per name until `expires_at`. `full`: nothing was remembered, because
  // forgetting a living name to make room would let it in twice.
  Answer take(const std::string& name, Time expires_at, Time now);

 private:
  const std::size_t most_;
  std::mutex mutex_;  // Guards both.
  std::unordered_set<std::string> names_;
  std::multimap<Time, std::string> by_expiry_;
};

}  // namespace herald
