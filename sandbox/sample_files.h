// The smallest files that a header reader takes for a picture or a film. Linked by tests only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace herald::sandbox {

inline std::string big_endian_text(std::uint64_t value, int bytes) {
  std::string out;
  for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(value >> (8 * i) & 0xFF);
  return out;
}

inline std::string jpeg_of(unsigned width, unsigned height, std::size_t size = 600) {
  std::string out = "\xFF\xD8\xFF\xE0";
  out += big_endian_text(16, 2) + std::string("JFIF\0\1\1\0\0\1\0\1\0\0", 14);
  out += "\xFF\xC0" + big_endian_text(11, 2) + '\x08' + big_endian_text(height, 2) +
         big_endian_text(width, 2) + std::string("\1\1\x11\0", 4);
  out += "\xFF\xDA";
  out.resize(std::max(size, out.size()), '\x5A');
  return out;
}

inline std::string png_of(unsigned width, unsigned height) {
  return std::string("\x89PNG\r\n\x1A\n", 8) + big_endian_text(13, 4) + "IHDR" +
         big_endian_text(width, 4) + big_endian_text(height, 4) + std::string("\x8\2\0\0\0", 5) +
         std::string(40, 'x');
}

inline std::string box(std::string_view type, const std::string& body) {
  return big_endian_text(body.size() + 8, 4) + std::string(type) + body;
}

struct FilmShape {
  std::int64_t duration_ms = 12'000;
  unsigned width = 1080;
  unsigned height = 1920;
  std::string codec = "avc1";
  bool moov_first = true;
  unsigned frames_per_second = 30;
  std::size_t size = 0;  // Filled up to, if it is more than the film has by itself.
};

inline std::string mp4_of(const FilmShape& shape) {
  const auto zeros = [](std::size_t count) { return std::string(count, '\0'); };
  const auto mvhd = box(
      "mvhd", zeros(12) + big_endian_text(1000, 4) +
                  big_endian_text(static_cast<std::uint64_t>(shape.duration_ms), 4) + zeros(80));
  const auto tkhd = box("tkhd", zeros(76) + big_endian_text(shape.width, 2) + zeros(2) +
                                    big_endian_text(shape.height, 2) + zeros(2));
  const auto hdlr = box("hdlr", zeros(8) + "vide" + zeros(13));
  const auto stsd = box("stsd", zeros(4) + big_endian_text(1, 4) + box(shape.codec, zeros(78)));
  const auto stts = box("stts", zeros(4) + big_endian_text(1, 4) + big_endian_text(100, 4) +
                                    big_endian_text(600 / shape.frames_per_second, 4));
  const auto mdhd = box("mdhd", zeros(12) + big_endian_text(600, 4) + zeros(8));
  const auto trak =
      box("trak", tkhd + box("mdia", mdhd + hdlr + box("minf", box("stbl", stsd + stts))));
  const auto moov = box("moov", mvhd + trak);
  const auto ftyp = box("ftyp", "isom" + zeros(4) + "isommp42");
  const auto head = ftyp.size() + moov.size() + 8;
  const auto frames = shape.size > head + 400 ? shape.size - head : 400;
  const auto mdat = box("mdat", std::string(frames, 'm'));
  return shape.moov_first ? ftyp + moov + mdat : ftyp + mdat + moov;
}

}  // namespace herald::sandbox
