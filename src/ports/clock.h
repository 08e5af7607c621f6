// Time comes only from here, so that a simulation can bend it.
#pragma once

#include "domain/time.h"

namespace herald {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Time now() const = 0;  // The wall clock; may jump.
};

}  // namespace herald
