// The clocks of this machine.
#pragma once

#include <ctime>

#include "ports/clock.h"

namespace herald {

class SystemClock final : public Clock {
 public:
  Time now() const override {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  }
};

// Since the machine began; never set, and the machine's sleep counts (unlike steady_clock's).
inline Duration machine_uptime() {
  timespec up{};
  clock_gettime(CLOCK_BOOTTIME, &up);
  return std::chrono::seconds(up.tv_sec) +
         std::chrono::floor<Duration>(std::chrono::nanoseconds(up.tv_nsec));
}

}  // namespace herald
