#include "sandbox/image_facts.h"

#include <cstdint>

namespace herald::sandbox {

namespace {

std::uint32_t big_endian(std::string_view bytes, std::size_t at, std::size_t count) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < count; ++i)
    value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

// Markers up to the frame header (ITU-T T.81, B.2).
std::optional<ImageFacts> jpeg_facts(std::string_view bytes) {
  ImageFacts facts{.format = "jpeg"};
  std::size_t at = 2;
  while (at + 4 <= bytes.size()) {
    if (static_cast<unsigned char>(bytes[at]) != 0xFF) return std::nullopt;
    const auto marker = static_cast<unsigned char>(bytes[at + 1]);
    if (marker == 0xFF) {
      ++at;
      continue;
    }
    const auto size = big_endian(bytes, at + 2, 2);
    const auto body = bytes.substr(at + 4);
    if (marker == 0xE2 && body.starts_with(std::string_view("MPF\0", 4))) facts.format = "mpo";
    const bool frame =
        marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    if (frame && body.size() >= 5) {
      facts.height = static_cast<int>(big_endian(body, 1, 2));
      facts.width = static_cast<int>(big_endian(body, 3, 2));
      return facts;
    }
    if (frame || marker == 0xDA || size < 2) return std::nullopt;
    at += 2 + size;
  }
  return std::nullopt;
}

}  // namespace

std::optional<ImageFacts> image_facts(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xD8")) return jpeg_facts(bytes);
  if (bytes.starts_with("\x89PNG\r\n\x1A\n") && bytes.size() >= 24)
    return ImageFacts{.format = "png",
                      .width = static_cast<int>(big_endian(bytes, 16, 4)),
                      .height = static_cast<int>(big_endian(bytes, 20, 4))};
  if (bytes.starts_with("GIF8")) return ImageFacts{.format = "gif"};
  if (bytes.size() >= 12 && bytes.starts_with("RIFF") && bytes.substr(8, 4) == "WEBP")
    return ImageFacts{.format = "webp"};
  return std::nullopt;
}

}  // namespace herald::sandbox
