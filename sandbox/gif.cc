#include "sandbox/gif.h"

#include <algorithm>

namespace herald::sandbox {

namespace {

constexpr std::size_t kScreen = 13;      // Signature and logical screen.
constexpr std::size_t kDescriptor = 10;  // Of an image.

unsigned byte_at(std::string_view bytes, std::size_t at) {
  return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0;
}

std::size_t table_size(unsigned flags) { return (flags & 0x80) == 0 ? 0 : 3U << ((flags & 7) + 1); }

// Behind a chain of sub-blocks.
std::size_t behind_blocks(std::string_view bytes, std::size_t at) {
  while (byte_at(bytes, at) != 0) at += byte_at(bytes, at) + 1;
  return at + 1;
}

}  // namespace

std::optional<GifFacts> gif_facts(std::string_view bytes) {
  if (!bytes.starts_with("GIF8") || bytes.size() < kScreen) return {};
  GifFacts facts{.width = static_cast<int>(byte_at(bytes, 6) | byte_at(bytes, 7) << 8),
                 .height = static_cast<int>(byte_at(bytes, 8) | byte_at(bytes, 9) << 8)};
  auto at = kScreen + table_size(byte_at(bytes, 10));
  while (at < bytes.size()) {
    const auto kind = byte_at(bytes, at);
    if (kind == 0x21) {
      at = behind_blocks(bytes, at + 2);
    } else if (kind == 0x2C) {
      ++facts.frames;
      at = behind_blocks(bytes, at + kDescriptor + table_size(byte_at(bytes, at + 9)) + 1);
    } else {
      break;
    }
  }
  if (facts.frames == 0) return {};
  return facts;
}

}  // namespace herald::sandbox
