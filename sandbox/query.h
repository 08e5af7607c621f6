// Parameters of an address, and lists inside them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sandbox/call.h"

namespace herald::sandbox {

std::string in_query(const Call& call, std::string_view name);   // Empty: absent.
std::vector<std::string> split(std::string_view text, char at);  // Without empty pieces.

}  // namespace herald::sandbox
