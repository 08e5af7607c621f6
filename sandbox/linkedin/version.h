// Which monthly versions of the API answer on a day.
#pragma once

#include <string_view>

#include "sandbox/linkedin/context.h"

namespace herald::sandbox::linkedin {

// `month` is "202608". The present month's version comes up some days into it (switch
// newest_version_day); each lives for a year and a little more: 202507 was gone on 2026-09-16.
bool is_active(const Context& x, std::string_view month);

}  // namespace herald::sandbox::linkedin
