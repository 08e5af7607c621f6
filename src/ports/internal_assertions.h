// What the gateway tells the uploader about one request, signed: who asks, and for exactly what.
// It lives 30 seconds and is good once per process.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/result.h"
#include "domain/scope.h"
#include "domain/time.h"

namespace herald {

// What the gateway knows of a request and the uploader goes by.
struct PassedOn {
  std::optional<Caller> caller;   // Nothing: nobody has shown who they are.
  std::string peer;               // Whose address the request counts for.
  std::string request_id;         // As the first door named it.
  Time good_until = Time::max();  // When what the caller has shown expires; to the second.
};

struct AssertedBody {
  bool streamed = false;   // The body was still flowing when this was signed.
  std::string sha256_hex;  // Of the whole body (an empty one has a hash too), or of the stream's
                           // terms.
};

struct InternalAssertion {
  PassedOn request;
  AssertedBody body;
};

// Safe from any thread.
class InternalAssertions {
 public:
  virtual ~InternalAssertions() = default;

  // `method` and `target` as they will stand in the request line.
  virtual std::string sign(const PassedOn& request, std::string_view method,
                           std::string_view target, std::string_view body) = 0;
  // `terms`: all that is known of the body before it flows, such as how long it is and where it
  // belongs.
  virtual std::string sign_streamed(const PassedOn& request, std::string_view method,
                                    std::string_view target, std::string_view terms) = 0;

  // Judges everything but the body, which comes later, and burns the assertion: a second verify()
  // of the same one fails. unauthorized, with one text for every reason. unavailable: too many
  // assertions are alive to remember one more.
  virtual Result<InternalAssertion> verify(std::string_view token, std::string_view method,
                                           std::string_view target) = 0;
  // unauthorized when the whole body is not what was signed, or the assertion was for a stream.
  virtual Result<Done> check_body(const InternalAssertion& assertion, std::string_view body) = 0;
  // unauthorized when the stream's terms are others, or the assertion was for a whole body.
  virtual Result<Done> check_stream(const InternalAssertion& assertion, std::string_view terms) = 0;
};

}  // namespace herald
