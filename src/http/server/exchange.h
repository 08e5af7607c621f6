// One request and its answer, shared between the session and the worker that handles it. They
// take turns; a hand-over always goes through the loop's or the workers' queue.
#pragma once

#include <cstdint>
#include <optional>

#include "http/server/message.h"
#include "http/server/request_parser.h"

namespace herald::http {

struct Exchange {
  explicit Exchange(HeadLimits limits) : parser(limits) {}

  RequestParser parser;
  Request request;
  Framing framing;
  bool head_only = false;  // A HEAD request.
  Admission admission;
  std::uint64_t body_bytes = 0;  // Received so far, decoded.
  bool sink_takes_more = true;
  // Written on the loop thread.
  bool admitted = false;
  std::optional<Response> answer;
};

// How an answer has to be written.
struct Terms {
  bool head_only = false;
  bool can_chunk = true;    // The client knows HTTP/1.1.
  bool keep_alive = false;  // The connection is good for another request.
};

}  // namespace herald::http
