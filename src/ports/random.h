// Chance comes only from here. The real one is the operating system's; it aborts rather than
// repeat.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace herald {

class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(void* bytes, std::size_t size) = 0;

  // `bits` random bits as base64url without padding.
  std::string token(std::size_t bits);
  // prefix + "_" + 128 random bits in lower-case base32.
  std::string id(std::string_view prefix);
  // Uniform in [0, bound); bound > 0.
  std::uint64_t below(std::uint64_t bound);
};

}  // namespace herald
