// Requests that are in order, made from what docs/openapi.yaml promises.
#pragma once

#include <map>
#include <string>

#include "tests/isolation/belongings.h"

namespace herald::isolation {

using Values = std::map<std::string, std::string, std::less<>>;  // By field.

// Asks as `person`, who has `own`, with `values` in their fields. What else the route must be told
// is the person's own; what it may be told is left out.
http::HttpAnswer ask(const http::DoorRig& rig, const http::Person& person, const Belongings& own,
                     const Promise& promise, const Values& values);

}  // namespace herald::isolation
