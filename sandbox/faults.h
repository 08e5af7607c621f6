// Scripted faults: what goes wrong, for which calls, how often. The first that matches acts.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.h"

namespace herald::sandbox {

struct Fault {
  std::uint64_t id = 0;
  // Whom it hits; empty: any.
  std::string host;
  std::string method;
  std::string path;        // Beginning of the path behind the host.
  std::string pattern;     // Regular expression (ECMAScript) found anywhere in that path.
  std::int64_t skip = 0;   // Matching calls to let pass first.
  std::int64_t times = 1;  // How often it acts; -1: always.
  // What it does:
  //   refuse         answers, carries nothing out
  //   slow           waits delay_ms, then goes on as always
  //   slow_after     carries out, then waits delay_ms with the answer
  //   drip           carries out, then answers drip_bytes every drip_ms
  //   cut_before     closes the connection, carries nothing out
  //   cut_after      carries out, then closes without an answer (also: a lost rotation)
  //   error_after    carries out, then answers with the error
  //   rate_limit     the platform's own limit answer, with Retry-After if retry_after_s is given
  //   garbage        carries out, then answers 200 with something that is no answer
  //   expire_token   the call's token expires first; then it goes on as always
  //   revoke_token   the person takes the grant back first; then it goes on as always
  std::string action;
  std::int64_t delay_ms = 0;  // Of every action: how long it waits before it begins.
  std::int64_t status = 500;
  std::string body;  // Of refuse and error_after.
  std::string content_type = "application/json; charset=UTF-8";
  std::string answer;  // A side's scripted answer instead of status and body: "IG-20".
  std::int64_t retry_after_s = -1;
  std::int64_t drip_bytes = 16;
  std::int64_t drip_ms = 100;
};

// From the control API's JSON. invalid: an unknown member or action, or a broken pattern.
Result<Fault> fault_from(std::string_view json);

class Faults {
 public:
  std::uint64_t add(Fault fault);
  // The fault that hits this call, if any; counts it.
  std::optional<Fault> take(std::string_view host, std::string_view method, std::string_view path);
  void clear();
  // JSON array of what is still armed.
  std::string list() const;

 private:
  mutable std::mutex mutex_;
  std::uint64_t last_id_ = 0;
  std::vector<Fault> armed_;
};

}  // namespace herald::sandbox
