// A request's name, for its answer and the log.
#pragma once

#include <array>

#include "domain/encoding.h"
#include "http/server/message.h"
#include "ports/random.h"

namespace herald::http {

// 128 random bits in hex, unless an earlier door has given it one.
inline void name_request(Random& random, Request& head) {
  if (!head.id.empty()) return;
  std::array<char, 16> bits{};
  random.fill(bits.data(), bits.size());
  head.id = to_hex({bits.data(), bits.size()});
}

}  // namespace herald::http
