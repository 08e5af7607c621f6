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

// Unless an earlier door has given it a name.
inline void name_request(Random& random, Request& head) {
  if (head.id.empty()) head.id = new_request_id(random);
}

}  // namespace herald::http
