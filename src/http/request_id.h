// A request's name, for its answer and the log.
#pragma once

#include <array>
#include <string>

#include "domain/encoding.h"
#include "http/server/message.h"
#include "ports/random.h"

namespace herald::http {

// 128 random bits in hex.
inline std::string new_request_id(Random& random) {
  std::array<char, 16> bits{};
  random.fill(bits.data(), bits.size());
  return to_hex({bits.data(), bits.size()});
}

constexpr const char* kRequestId = "X-Request-Id";

// As the door before this one has named it. Only for requests that came from there.
inline void adopt_request_id(Request& head) {
  const auto* id = head.headers.find(kRequestId);
  const auto bytes = id == nullptr ? std::nullopt : from_hex(*id);
  if (bytes && bytes->size() == 16) head.id = *id;
}

// Unless an earlier door has given it a name.
inline void name_request(Random& random, Request& head) {
  if (head.id.empty()) head.id = new_request_id(random);
}

}  // namespace herald::http
