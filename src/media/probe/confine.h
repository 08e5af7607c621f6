// Takes from this process what a decoder does not need, so that one that is taken over by a hostile
// file can do little: no network, no new file or program, bounded memory and time. For good.
#pragma once

#include <cstdint>

#include "domain/result.h"

namespace herald::media {

struct Bounds {
  std::uint64_t memory_bytes = 1ull << 30;
  int cpu_seconds = 2;    // From now on; the process is killed at its end.
  int wall_seconds = 20;  // The same, for a disk that hangs.
};

// internal: the kernel refuses a limit. Where it has no seccomp the limits stand alone.
Result<Done> confine(const Bounds& bounds);

}  // namespace herald::media
