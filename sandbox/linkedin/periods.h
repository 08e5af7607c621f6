// Stretches of time as statistics are asked for.
#pragma once

#include <cstdint>
#include <vector>

#include "sandbox/linkedin/endpoint.h"

namespace herald::sandbox::linkedin {

struct Period {
  std::int64_t from_ms = 0;
  std::int64_t until_ms = 0;
};

// timeIntervals=(timeRange:(start:..,end:..),timeGranularityType:DAY), of the last twelve months at
// most; empty: none asked for. 400: not understood.
Checked<std::vector<Period>> read_intervals(const Request& request);

// dateRange=(start:(day:1,month:9,year:2026),end:(...)), day by day, the end left out. Empty: none
// asked for. 400: not understood.
Checked<std::vector<Period>> read_days(const Request& request);

}  // namespace herald::sandbox::linkedin
