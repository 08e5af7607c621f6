// Unicode's canonical equivalences and the order of marks, as data for normal_form.cc alone. The
// standard library has none, and the domain may use nothing else.
#pragma once

#include <cstdint>
#include <span>

namespace herald::normal_form {

struct Pair {
  char32_t whole;
  char32_t first;
  char32_t second;
};

// Characters that each are one other: `first` is others()[begin], and so on.
struct Run {
  char32_t first;
  std::uint16_t size;
  std::uint16_t begin;
};

struct Marks {
  char32_t first;
  char32_t last;
  std::uint8_t order;  // The canonical combining class.
};

// Each sorted by its first member.
std::span<const Pair> pairs();
std::span<const Pair> one_way_pairs();  // Never put together again.
std::span<const Run> runs();
std::span<const char32_t> others();
std::span<const Marks> marks();

}  // namespace herald::normal_form
