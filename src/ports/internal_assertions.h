// What the gateway tells the uploader about one request, signed: who asks, and for exactly what.
// It lives 30 seconds and is good once per process.
#pragma once

#include <string>
#include <string_view>

#include "domain/result.h"
#include "domain/scope.h"

namespace herald {

struct AssertedBody {
  bool streamed = false;   // The body was still flowing when this was signed: nothing is said.
  std::string sha256_hex;  // Of the whole body otherwise; an empty body has a hash too.
};

struct InternalAssertion {
  Caller caller;
  AssertedBody body;
};

// Safe from any thread.
class InternalAssertions {
 public:
  virtual ~InternalAssertions() = default;

  // `method` and `target` as they will stand in the request line.
  virtual std::string sign(const Caller& caller, std::string_view method, std::string_view target,
                           std::string_view body) = 0;
  virtual std::string sign_streamed(const Caller& caller, std::string_view method,
                                    std::string_view target) = 0;

  // Judges everything but the body, which comes later, and burns the assertion: a second verify()
  // of the same one fails. unauthorized, with one text for every reason. unavailable: too many
  // assertions are alive to remember one more.
  virtual Result<InternalAssertion> verify(std::string_view token, std::string_view method,
                                           std::string_view target) = 0;
  // unauthorized when the whole body is not what was signed, or the assertion was for a stream.
  virtual Result<Done> check_body(const InternalAssertion& assertion, std::string_view body) = 0;
};

}  // namespace herald
