// The Range header (RFC 9110 section 14.2), as far as one range goes. Pure.
#pragma once

#include <cstdint>
#include <string_view>

namespace herald::http {

struct RangeAsked {
  enum class Kind {
    whole,    // None, several, or not one that can be read: send everything.
    part,     // `length` bytes from `offset`.
    outside,  // Answer 416.
  };
  Kind kind = Kind::whole;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

RangeAsked read_range(std::string_view header, std::uint64_t size_bytes);

}  // namespace herald::http
