#include "crypto/sodium_start.h"

#include <sodium.h>

#include <cstdlib>

namespace herald {

void start_sodium() {
  static const int started = sodium_init();
  if (started < 0) std::abort();
}

}  // namespace herald
