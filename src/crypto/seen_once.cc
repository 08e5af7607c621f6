#include "crypto/seen_once.h"

namespace herald {

SeenOnce::Answer SeenOnce::take(const std::string& name, Time expires_at, Time now) {
  const std::lock_guard lock(mutex_);
  while (!by_expiry_.empty() && by_expiry_.begin()->first <= now) {
    names_.erase(by_expiry_.begin()->second);
    by_expiry_.erase(by_expiry_.begin());
  }
  if (names_.contains(name)) return Answer::again;
  if (names_.size() >= most_) return Answer::full;
  names_.insert(name);
  by_expiry_.emplace(expires_at, name);
  return Answer::first;
}

}  // namespace herald
