#include "sandbox/google/pacific.h"

#include <date/tz.h>

namespace herald::sandbox::google {

namespace {

const date::time_zone& zone() {
  static const auto* const kZone = date::locate_zone("America/Los_Angeles");
  return *kZone;
}

}  // namespace

std::chrono::sys_days pacific_day(Time time) {
  const auto local = zone().to_local(time);
  return std::chrono::sys_days(std::chrono::floor<std::chrono::days>(local.time_since_epoch()));
}

Time pacific_midnight(std::chrono::sys_days day) {
  const date::local_time<Duration> local{Duration(day.time_since_epoch())};
  return Time(zone().to_sys(local, date::choose::earliest).time_since_epoch());
}

}  // namespace herald::sandbox::google
