#include "domain/text.h"

#include "domain/clustered_text.h"
#include "domain/emoji.h"
#include "domain/weighted_text.h"

namespace herald {
namespace {

// Bytes of the sequence that begins `text`; 0: not UTF-8. RFC 3629, table 3-7 of Unicode.
int sequence_size(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto between = [&](std::size_t i, unsigned low, unsigned high) {
    return i < text.size() && byte(i) >= low && byte(i) <= high;
  };
  const auto tail = [&](std::size_t i) { return between(i, 0x80, 0xBF); };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return tail(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const unsigned low = first == 0xE0 ? 0xA0 : 0x80;
    const unsigned high = first == 0xED ? 0x9F : 0xBF;
    return between(1, low, high) && tail(2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const unsigned low = first == 0xF0 ? 0x90 : 0x80;
    const unsigned high = first == 0xF4 ? 0x8F : 0xBF;
    return between(1, low, high) && tail(2) && tail(3) ? 4 : 0;
  }
  return 0;
}

// From U+1F000 to U+1FFFF pictures stand, also those that are newer than our table of emoji.
bool begins_picture(char16_t unit) { return unit >= 0xD83C && unit <= 0xD83F; }

// Of one UTF-16 unit; the halves of a pair share four.
std::int64_t bytes_of(char16_t unit) {
  const bool half = unit >= 0xD800 && unit <= 0xDFFF;
  return unit < 0x80 ? 1 : unit < 0x800 || half ? 2 : 3;
}

std::int64_t length_with_emoji_as_bytes(std::string_view text) {
  const std::u16string units = to_utf16(code_points_of(text));
  std::int64_t count = 0;
  for (std::size_t i = 0; i < units.size();) {
    std::size_t size = emoji_size(units, i);
    if (size == 0 && begins_picture(units[i])) size = 2;
    if (size == 0) {
      const bool pair = units[i] >= 0xD800 && units[i] <= 0xDBFF;
      ++count;
      i += pair ? 2 : 1;
    }
    for (const std::size_t end = i + size; i < end; ++i) count += bytes_of(units[i]);
  }
  return count;
}

}  // namespace

std::optional<std::int64_t> length(std::string_view text, Counting counted_as) {
  const std::string_view whole = text;
  std::int64_t code_points = 0;
  std::int64_t utf16_units = 0;
  const auto bytes = static_cast<std::int64_t>(text.size());
  while (!text.empty()) {
    const int size = sequence_size(text);
    if (size == 0) return std::nullopt;
    ++code_points;
    utf16_units += size == 4 ? 2 : 1;
    text.remove_prefix(static_cast<std::size_t>(size));
  }
  switch (counted_as) {
    case Counting::code_points:
      return code_points;
    case Counting::utf16_units:
      return utf16_units;
    case Counting::utf8_bytes:
      return bytes;
    case Counting::weighted:
      return weighted_length(whole);
    case Counting::emoji_bytes:
      return length_with_emoji_as_bytes(whole);
    case Counting::clusters:
      return clustered_length(whole);
  }
  return std::nullopt;
}

bool is_utf8(std::string_view text) { return length(text, Counting::utf8_bytes).has_value(); }

std::u32string code_points_of(std::string_view text) {
  std::u32string points;
  while (!text.empty()) {
    const int size = sequence_size(text);
    if (size > 0) {
      const auto byte = [&](int i) { return static_cast<unsigned char>(text[std::size_t(i)]); };
      char32_t point = size == 1 ? byte(0) : byte(0) & (0x7Fu >> size);
      for (int i = 1; i < size; ++i) point = point << 6 | (byte(i) & 0x3Fu);
      points += point;
    }
    text.remove_prefix(size > 0 ? static_cast<std::size_t>(size) : 1);
  }
  return points;
}

std::u16string to_utf16(std::u32string_view points) {
  std::u16string units;
  for (const char32_t point : points) {
    if (point > 0xFFFF) units += static_cast<char16_t>(0xD7C0 + (point >> 10));
    units += static_cast<char16_t>(point > 0xFFFF ? 0xDC00 + (point & 0x3FF) : point);
  }
  return units;
}

std::string to_utf8(std::u32string_view points) {
  std::string text;
  for (const char32_t point : points) {
    const int more = point < 0x80 ? 0 : point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
    constexpr unsigned kFirst[] = {0, 0xC0, 0xE0, 0xF0};
    text += static_cast<char>(kFirst[more] | point >> (6 * more));
    for (int i = more - 1; i >= 0; --i) text += static_cast<char>(0x80 | (point >> (6 * i) & 0x3F));
  }
  return text;
}

const char* unit_of(Counting counted_as) {
  return counted_as == Counting::utf8_bytes ? "bytes" : "characters";
}

}  // namespace herald
