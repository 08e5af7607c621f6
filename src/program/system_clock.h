// The wall clock of this machine.
#pragma once

#include "ports/clock.h"

namespace herald {

class SystemClock final : public Clock {
 public:
  Time now() const override {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  }
};

}  // namespace herald
