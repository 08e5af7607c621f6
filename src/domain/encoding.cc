#include "domain/encoding.h"

#include <array>
#include <cstdint>

namespace herald {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kBase64url =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::int8_t kForeign = -1;

constexpr std::array<std::int8_t, 256> values_of(std::string_view alphabet) {
  std::array<std::int8_t, 256> values{};
  values.fill(kForeign);
  for (std::size_t i = 0; i < alphabet.size(); ++i) {
    values[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
  }
  return values;
}

constexpr auto kHexValues = [] {
  auto values = values_of(kHex);
  for (int i = 0; i < 6; ++i)
    values[static_cast<std::size_t>('A' + i)] = static_cast<std::int8_t>(10 + i);
  return values;
}();
constexpr auto kBase64urlValues = values_of(kBase64url);

}  // namespace

std::string to_hex(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += kHex[byte >> 4];
    text += kHex[byte & 15];
  }
  return text;
}

std::optional<std::string> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  bytes.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = kHexValues[static_cast<unsigned char>(text[i])];
    const int low = kHexValues[static_cast<unsigned char>(text[i + 1])];
    if (high == kForeign || low == kForeign) return std::nullopt;
    bytes += static_cast<char>(high * 16 + low);
  }
  return bytes;
}

std::string to_base64url(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() * 4 + 2) / 3);
  std::uint32_t held_value = 0;
  unsigned held_bits = 0;
  for (const char c : bytes) {
    held_value = (held_value << 8 | static_cast<unsigned char>(c)) & 0xffff;
    held_bits += 8;
    while (held_bits >= 6) {
      held_bits -= 6;
      text += kBase64url[held_value >> held_bits & 63];
    }
  }
  if (held_bits > 0) text += kBase64url[held_value << (6 - held_bits) & 63];
  return text;
}

std::optional<std::string> from_base64url(std::string_view text) {
  if (text.size() % 4 == 1) return std::nullopt;
  std::string bytes;
  bytes.reserve(text.size() * 3 / 4);
  std::uint32_t held_value = 0;
  unsigned held_bits = 0;
  for (const char c : text) {
    const int value = kBase64urlValues[static_cast<unsigned char>(c)];
    if (value == kForeign) return std::nullopt;
    held_value = (held_value << 6 | static_cast<std::uint32_t>(value)) & 0x3fff;
    held_bits += 6;
    if (held_bits >= 8) {
      held_bits -= 8;
      bytes += static_cast<char>(held_value >> held_bits & 0xff);
    }
  }
  if ((held_value & ((1u << held_bits) - 1)) != 0) return std::nullopt;
  return bytes;
}

std::string percent_encode(std::string_view text) {
  static constexpr char kUpperHex[] = "0123456789ABCDEF";
  static constexpr std::string_view kUnreserved =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  std::string encoded;
  for (const char c : text) {
    if (kUnreserved.contains(c)) {
      encoded += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      encoded += '%';
      encoded += kUpperHex[byte >> 4];
      encoded += kUpperHex[byte & 15];
    }
  }
  return encoded;
}

}  // namespace herald
