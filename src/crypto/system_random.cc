#include "crypto/system_random.h"

#include <sodium.h>

#include "crypto/sodium_start.h"

namespace herald {

SystemRandom::SystemRandom() { start_sodium(); }

void SystemRandom::fill(void* bytes, std::size_t size) { randombytes_buf(bytes, size); }

}  // namespace herald
