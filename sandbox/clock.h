// The sandbox's time: the wall clock plus an offset that the control API moves.
#pragma once

#include <atomic>
#include <functional>

#include "domain/time.h"

namespace herald::sandbox {

Time wall_time();

class Clock {
 public:
  explicit Clock(std::function<Time()> wall = wall_time) : wall_(std::move(wall)) {}

  Time now() const { return wall_() + Duration{offset_ms_.load()}; }
  void set(Time time) { offset_ms_ = (time - wall_()).count(); }
  void advance(Duration by) { offset_ms_ += by.count(); }

  Duration offset() const { return Duration{offset_ms_.load()}; }
  void set_offset(Duration offset) { offset_ms_ = offset.count(); }

 private:
  std::function<Time()> wall_;
  std::atomic<std::int64_t> offset_ms_{0};
};

}  // namespace herald::sandbox
