// Chance from the kernel (getrandom), asked anew each time: nothing to repeat after a fork or after
// a restored snapshot. Ends the process rather than give weak bytes (V-21).
#pragma once

#include "ports/random.h"

namespace herald {

// Safe from any thread.
class SystemRandom final : public Random {
 public:
  SystemRandom();
  void fill(void* bytes, std::size_t size) override;
};

}  // namespace herald
