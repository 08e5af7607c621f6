// How long a peer may keep us waiting: a pause of at most `stall_max`, and on average a floor of
// 1 KiB/s, so that one byte now and then does not hold a connection for ever.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>

namespace herald::http {

class Patience {
 public:
  using Duration = std::chrono::steady_clock::duration;

  explicit Patience(Duration stall_max) : stall_max_(stall_max), left_(stall_max) {}

  // How long the next wait may take.
  Duration left() const { return left_; }
  // The wait took `waited` and brought `bytes`.
  void spend(Duration waited, std::size_t bytes) {
    const auto earned = std::chrono::milliseconds(bytes * 1000 / kFloorBytesPerSecond);
    left_ = std::clamp(left_ - waited + earned, Duration::zero(), stall_max_);
  }

 private:
  static constexpr std::size_t kFloorBytesPerSecond = 1024;
  Duration stall_max_;
  Duration left_;
};

}  // namespace herald::http
