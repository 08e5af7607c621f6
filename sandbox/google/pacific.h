// Pacific time, by which YouTube counts its days.
#pragma once

#include <chrono>

#include "domain/time.h"

namespace herald::sandbox::google {

// The local date, as if it were a day in UTC.
std::chrono::sys_days pacific_day(Time time);
// When that local date begins.
Time pacific_midnight(std::chrono::sys_days day);

}  // namespace herald::sandbox::google
