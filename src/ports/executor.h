// Runs work on the worker pool. In the simulation: on one thread, by a simulated clock.
#pragma once

#include <functional>

#include "domain/time.h"

namespace herald {

class Executor {
 public:
  virtual ~Executor() = default;
  virtual void post(std::function<void()> work) = 0;
  virtual void post_after(Duration delay, std::function<void()> work) = 0;
};

}  // namespace herald
