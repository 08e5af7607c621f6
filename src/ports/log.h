// One line for the operator. Callers pass ids and codes, never secrets, bodies or URLs with
// queries.
#pragma once

#include <string_view>

namespace herald {

enum class LogLevel { debug, info, warning, error };

class Log {
 public:
  virtual ~Log() = default;
  virtual void write(LogLevel level, std::string_view line) = 0;
};

}  // namespace herald
