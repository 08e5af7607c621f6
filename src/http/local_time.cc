#include "http/local_time.h"

#include <date/tz.h>

#include <sstream>

namespace herald::http {

bool is_zone(const std::string& zone) {
  try {
    return date::locate_zone(zone) != nullptr;
  } catch (const std::exception&) {
    return false;
  }
}

Result<Time> instant_of(const std::string& local, const std::string& zone) {
  std::istringstream in(local);
  date::local_seconds wall;
  in >> date::parse(local.size() > 16 ? "%FT%T" : "%FT%R", wall);
  if (in.fail() || in.peek() != std::istringstream::traits_type::eof()) {
    return fail(ErrorKind::invalid, "\"" + local + "\" is not a date and time.");
  }
  try {
    const date::time_zone* place = date::locate_zone(zone);
    const auto info = place->get_info(wall);
    if (info.result == date::local_info::nonexistent) {
      const auto after = date::make_zoned(place, info.second.begin).get_local_time();
      return fail(ErrorKind::invalid, "That time does not exist in " + zone +
                                          ": the clock goes forward then. The next "
                                          "one is " +
                                          date::format("%H:%M", after) + ".");
    }
    return Time(wall.time_since_epoch() - info.first.offset);
  } catch (const std::exception&) {
    return fail(ErrorKind::invalid, "\"" + zone + "\" is not a time zone.");
  }
}

}  // namespace herald::http
