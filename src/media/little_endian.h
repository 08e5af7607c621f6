// Numbers as Office files and archives write them, least significant byte first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace herald::media {

// Zero past the end.
inline std::uint32_t little_endian(std::string_view bytes, std::size_t offset, std::size_t width) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < width && offset + i < bytes.size(); ++i) {
    value |= std::uint32_t{static_cast<unsigned char>(bytes[offset + i])} << (8 * i);
  }
  return value;
}

}  // namespace herald::media
