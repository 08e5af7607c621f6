// A clock that stands still until it is told. Safe from any thread.
#pragma once

#include <atomic>

#include "ports/clock.h"

namespace herald::testing {

class FakeClock final : public Clock {
 public:
  explicit FakeClock(Time start = from_ms(1'795'000'000'000)) : now_(start) {}
  Time now() const override { return now_; }
  void set(Time time) { now_ = time; }
  void advance(Duration by) { now_ = now_.load() + by; }

 private:
  std::atomic<Time> now_;
};

}  // namespace herald::testing
