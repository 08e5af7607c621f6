// What a platform answers, before the way back.
#pragma once

#include <map>
#include <string>

namespace herald::simulation {

struct Reply {
  int status = 200;
  std::map<std::string, std::string> headers;  // Lower-case names.
  std::string body;
};

}  // namespace herald::simulation
