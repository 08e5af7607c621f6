// What was asked of the platforms lately, with every secret blanked.
#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <string>

#include "sandbox/call.h"

namespace herald::sandbox {

class CallLog {
 public:
  // Returns the call's number, for finish().
  std::uint64_t begin(const Call& call, std::int64_t at_ms);
  // status 0: the connection was closed without an answer.
  void finish(std::uint64_t number, int status, const std::string& fault);
  std::string json() const;  // Oldest first.
  void clear();

 private:
  struct Row {
    std::uint64_t number = 0;
    std::int64_t at_ms = 0;
    std::string shown;  // JSON object members, from the call.
    int status = -1;    // -1: not answered yet.
    std::string fault;
  };

  mutable std::mutex mutex_;
  std::uint64_t last_ = 0;
  std::deque<Row> rows_;
};

}  // namespace herald::sandbox
