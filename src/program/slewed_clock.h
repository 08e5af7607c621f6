// A wall clock that never jumps (O-55). It follows the system's wall clock, but as slowly as a
// clock is slewed: by one part in a hundred at most. What is aged by it ends when it should to a
// hundredth, however the system's clock is set meanwhile, and after hours the two agree again.
#pragma once

#include <functional>
#include <mutex>

#include "ports/clock.h"

namespace herald {

class SlewedClock final : public Clock {
 public:
  // `uptime`: a time that only passes, of any beginning.
  SlewedClock(const Clock& wall, std::function<Duration()> uptime);

  Time now() const override;

 private:
  const Clock& wall_;
  const std::function<Duration()> uptime_;
  mutable std::mutex mutex_;
  mutable Duration asked_at_;  // By uptime_; guarded by mutex_, as is the next.
  mutable Time said_;
};

}  // namespace herald
