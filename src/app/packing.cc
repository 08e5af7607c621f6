#include "app/packing.h"

namespace herald {

std::string pack(const std::vector<std::string_view>& parts) {
  std::string packed;
  for (const auto part : parts) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      packed += static_cast<char>((part.size() >> shift) & 0xff);
    }
    packed += part;
  }
  return packed;
}

Result<std::vector<std::string_view>> unpack(std::string_view packed) {
  std::vector<std::string_view> parts;
  while (!packed.empty()) {
    if (packed.size() < 4) return fail(ErrorKind::internal, "A stored value is damaged.");
    std::size_t size = 0;
    for (std::size_t i = 0; i < 4; ++i) size = (size << 8) | static_cast<unsigned char>(packed[i]);
    packed.remove_prefix(4);
    if (packed.size() < size) return fail(ErrorKind::internal, "A stored value is damaged.");
    parts.push_back(packed.substr(0, size));
    packed.remove_prefix(size);
  }
  return parts;
}

}  // namespace herald
