// A wall clock's time in a named zone becomes an instant. IANA zones, by the system's tzdata.
#pragma once

#include <string>

#include "domain/result.h"
#include "domain/time.h"

namespace herald::http {

// `local`: "2026-11-22T09:30" or with seconds. invalid: not a date, no such zone, or a time that
// the zone's clock skips that day (the message names the next one that exists). Of a time that
// comes twice the first is meant.
Result<Time> instant_of(const std::string& local, const std::string& zone);
bool is_zone(const std::string& zone);

}  // namespace herald::http
