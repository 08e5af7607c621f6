#include "domain/punycode.h"

#include <algorithm>
#include <cstdint>
#include <string>

namespace herald {
namespace {

constexpr std::size_t kLabelMax = 63;
constexpr std::uint64_t kDigits = 36;
constexpr std::uint64_t kMost = 26;  // Of the thresholds; the least is 1.
constexpr std::uint64_t kSkew = 38;

// A surrogate without its half stays as it is.
std::u32string points_of(std::u16string_view label) {
  std::u32string points;
  for (std::size_t i = 0; i < label.size(); ++i) {
    const char32_t high = label[i];
    const bool pair = high >= 0xD800 && high <= 0xDBFF && i + 1 < label.size() &&
                      label[i + 1] >= 0xDC00 && label[i + 1] <= 0xDFFF;
    points += pair ? 0x10000 + ((high - 0xD800) << 10) + (label[i + 1] - char32_t{0xDC00}) : high;
    i += pair ? 1 : 0;
  }
  return points;
}

std::size_t digits_of(std::uint64_t delta, std::uint64_t bias) {
  std::size_t size = 1;
  for (std::uint64_t step = kDigits;; step += kDigits, ++size) {
    const std::uint64_t least = step <= bias ? 1 : std::min(step - bias, kMost);
    if (delta < least) return size;
    delta = (delta - least) / (kDigits - least);
  }
}

std::uint64_t adapted(std::uint64_t delta, std::uint64_t handled, bool first) {
  delta = first ? delta / 700 : delta / 2;
  delta += delta / handled;
  std::uint64_t bias = 0;
  for (; delta > (kDigits - 1) * kMost / 2; bias += kDigits) delta /= kDigits - 1;
  return bias + kDigits * delta / (delta + kSkew);
}

// Section 6.3, without the digits themselves.
std::size_t encoded_size(const std::u32string& points) {
  const auto basic = static_cast<std::size_t>(
      std::ranges::count_if(points, [](char32_t point) { return point < 0x80; }));
  std::size_t size = 4 + basic + (basic > 0 ? 1 : 0);  // "xn--", and a hyphen behind them.
  std::size_t handled = basic;
  char32_t next = 0x80;
  std::uint64_t delta = 0;
  std::uint64_t bias = 72;
  while (handled < points.size()) {
    char32_t least = 0x10FFFF;
    for (const char32_t point : points) {
      if (point >= next) least = std::min(least, point);
    }
    delta += std::uint64_t{least - next} * (handled + 1);
    for (const char32_t point : points) {
      if (point < least) ++delta;
      if (point != least) continue;
      size += digits_of(delta, bias);
      bias = adapted(delta, handled + 1, handled == basic);
      delta = 0;
      ++handled;
    }
    ++delta;
    next = least + 1;
  }
  return size;
}

}  // namespace

std::size_t encoded_label_size(std::u16string_view label) {
  if (label.size() > 2 * kLabelMax) return kLabelMax + 1;
  const std::u32string points = points_of(label);
  const auto printable = [](char32_t point) { return point >= 0x20 && point <= 0x7E; };
  return std::ranges::all_of(points, printable) ? points.size() : encoded_size(points);
}

}  // namespace herald
