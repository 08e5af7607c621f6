// Instants are UTC milliseconds since 1970. A local time exists only together with its IANA zone,
// and only at the doors.
#pragma once

#include <chrono>
#include <cstdint>

namespace herald {

using Time = std::chrono::sys_time<std::chrono::milliseconds>;
using Duration = std::chrono::milliseconds;

inline std::int64_t to_ms(Time time) { return time.time_since_epoch().count(); }
inline Time from_ms(std::int64_t ms) { return Time{Duration{ms}}; }

}  // namespace herald
