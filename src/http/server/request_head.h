// The head of a request that goes on to the door behind, as bytes. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "http/server/message.h"

namespace herald::http {

struct RequestFraming {
  std::optional<std::uint64_t> length_bytes;
  bool chunked = false;     // Neither: there is no body, and no word of one.
  bool asks_first = false;  // Expect: 100-continue
};

// Everything but what belongs to one connection: Host, framing, Expect, and the hop-by-hop headers
// of RFC 9110 section 7.6.1 with those that Connection names.
std::string request_head(const Request& request, std::string_view host,
                         const RequestFraming& framing);

// The same taken out of an answer that goes on to the client.
void strip_hop_headers(Headers& headers);

}  // namespace herald::http
