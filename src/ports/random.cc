#include "ports/random.h"

#include <array>

namespace herald {
namespace {

// Writes `bits_each` bits a character, most significant first; the last one is filled with zeros.
std::string spell(std::string_view bytes, std::string_view alphabet, unsigned bits_each) {
  std::string text;
  unsigned held = 0;
  unsigned value = 0;
  for (const char byte : bytes) {
    value = (value << 8) | static_cast<unsigned char>(byte);
    held += 8;
    while (held >= bits_each) {
      held -= bits_each;
      text += alphabet[(value >> held) & ((1u << bits_each) - 1)];
      value &= (1u << held) - 1;
    }
  }
  if (held > 0) text += alphabet[(value << (bits_each - held)) & ((1u << bits_each) - 1)];
  return text;
}

}  // namespace

std::string Random::token(std::size_t bits) {
  std::string bytes((bits + 7) / 8, '\0');
  fill(bytes.data(), bytes.size());
  return spell(bytes, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", 6);
}

std::string Random::id(std::string_view prefix) {
  std::array<char, 16> bytes{};
  fill(bytes.data(), bytes.size());
  return std::string(prefix) + "_" +
         spell({bytes.data(), bytes.size()}, "abcdefghijklmnopqrstuvwxyz234567", 5);
}

std::uint64_t Random::below(std::uint64_t bound) {
  const std::uint64_t fair = UINT64_MAX - UINT64_MAX % bound;
  std::uint64_t value = 0;
  do {
    fill(&value, sizeof value);
  } while (value >= fair);
  return value % bound;
}

}  // namespace herald
