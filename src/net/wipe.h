// Overwrites a text that held a secret, so that it does not lie in memory that was given back
// (V-12).
#pragma once

#include <string>

namespace herald {

void wipe(std::string& text);

}  // namespace herald
