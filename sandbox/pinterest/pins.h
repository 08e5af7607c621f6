// Pins as they are kept, shown and taken away.
#pragma once

#include <string>
#include <vector>

#include "sandbox/pinterest/endpoint.h"

namespace herald::sandbox::pinterest {

// "2026-11-22T10:00:03", with a zone where the switch wants one.
std::string moment(const Context& x, std::int64_t at_ms);

// All that lists show by now, in their order.
std::vector<const Pin*> listed_pins(const Context& x);
boost::json::object pin_json(const Request& request, const Pin& pin);
std::string pin_path(const Pin& pin);  // "/pin/813744226420795884/"

// Gives it an id, and lets the audience see it.
const Pin& add_pin(Context& x, Pin pin);
void take_away(Context& x, const std::string& id);

}  // namespace herald::sandbox::pinterest
