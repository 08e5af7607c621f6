#include "sandbox/clock.h"

namespace herald::sandbox {

Time wall_time() { return std::chrono::floor<Duration>(std::chrono::system_clock::now()); }

}  // namespace herald::sandbox
