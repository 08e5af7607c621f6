// Log lines on standard error, one each, with time and level; control characters are escaped, and a
// line is cut at 4 KiB (D-04).
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "ports/log.h"

namespace herald {

class OperatorLog final : public Log {
 public:
  // `level`: debug, info, warning or error.
  explicit OperatorLog(std::string_view level);
  ~OperatorLog() override;
  void write(LogLevel level, std::string_view line) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace herald
