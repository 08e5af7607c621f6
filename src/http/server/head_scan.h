// The strict gate before the parser: looks at a request head's raw bytes and refuses whatever two
// HTTP implementations might read differently (RFC 9112 sections 2.2, 3 and 5).
#pragma once

#include <cstddef>
#include <expected>
#include <string_view>

namespace herald::http {

// Why a request is refused. The connection closes after the answer, since what follows the fault
// cannot be trusted to be a request. Both texts are literals.
struct Fault {
  int status = 400;
  const char* code = "";
  const char* message = "";
};

struct HeadLimits {
  std::size_t head_bytes_max = 0;
  std::size_t target_bytes_max = 0;
};

// One per request. Each byte is looked at once, however slowly the head arrives.
class HeadScan {
 public:
  explicit HeadScan(HeadLimits limits) : limits_(limits) {}

  // `received`: everything of this request so far, from its first byte. Returns the size of the
  // complete head with its empty line, or 0 while more is needed.
  std::expected<std::size_t, Fault> look(std::string_view received);

 private:
  std::expected<void, Fault> end_line(std::string_view line);

  HeadLimits limits_;
  std::size_t at_ = 0;          // First byte not looked at.
  std::size_t line_start_ = 0;  // Of the line that at_ is in.
  std::size_t lines_ = 0;
};

}  // namespace herald::http
