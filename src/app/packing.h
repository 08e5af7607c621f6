// Lists of byte strings as one byte string: what is sealed is packed with it. Lengths come first,
// so that no content can be mistaken for structure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/result.h"

namespace herald {

std::string pack(const std::vector<std::string_view>& parts);
// The parts point into `packed`. internal: it is not what pack() writes.
Result<std::vector<std::string_view>> unpack(std::string_view packed);

}  // namespace herald
