// What a parsed head says about its body, its host and its connection. Pure; the second half of
// the strict gate (RFC 9112 sections 3.2, 3.3, 6 and 7).
#pragma once

#include <cstdint>
#include <expected>

#include "http/server/head_scan.h"
#include "http/server/message.h"

namespace herald::http {

struct Framing {
  bool chunked = false;
  std::uint64_t length_bytes = 0;  // Of the body; 0 when chunked.
  bool expects_continue = false;
  bool can_chunk = true;    // The client knows HTTP/1.1.
  bool keep_alive = false;  // The client allows another request on this connection.

  bool has_body() const { return chunked || length_bytes > 0; }
};

// `minor`: 1 for HTTP/1.1, 0 for 1.0. Uses method, target and headers; fills path and query, and
// turns an absolute target into origin form if it names the Host.
std::expected<Framing, Fault> judge(Request& request, int minor);

}  // namespace herald::http
