// Can this process do its work? Judged from plain values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/result.h"
#include "domain/time.h"
#include "http/operations.h"

namespace herald {

struct Vitals {
  Time now{};
  bool stopping = false;
  bool works = true;                   // Whether this process has workers.
  std::optional<Error> store_fault;    // Of a read just now.
  Time last_pass{};                    // When the worker last got an answer from the store.
  Time last_measuring_pass{};          // The same of the one that reads figures.
  std::optional<Error> key_set_fault;  // Of the trusted issuers' keys.
  std::vector<std::string> warnings;   // Things to do before long; they do not count.
};

std::vector<http::Check> checks_of(const Vitals& vitals);

}  // namespace herald
