#include "domain/normal_form.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "domain/normal_form_tables.h"

namespace herald {
namespace {

using namespace normal_form;

constexpr char32_t kFirstAffected = 0x300;  // What stands below is the same in every form.

// Korean syllables are computed (The Unicode Standard, 3.12).
constexpr char32_t kSyllables = 0xAC00;
constexpr char32_t kLeads = 0x1100;
constexpr char32_t kVowels = 0x1161;
constexpr char32_t kTails = 0x11A7;
constexpr char32_t kLeadCount = 19;
constexpr char32_t kVowelCount = 21;
constexpr char32_t kTailCount = 28;
constexpr char32_t kSyllableCount = kLeadCount * kVowelCount * kTailCount;

int order_of(char32_t point) {
  if (point < kFirstAffected) return 0;
  const auto after = std::ranges::upper_bound(marks(), point, {}, &Marks::first);
  if (after == marks().begin()) return 0;
  const Marks& found = *(after - 1);
  return point <= found.last ? found.order : 0;
}

const Pair* pair_in(std::span<const Pair> table, char32_t whole) {
  const auto found = std::ranges::lower_bound(table, whole, {}, &Pair::whole);
  return found != table.end() && found->whole == whole ? &*found : nullptr;
}

char32_t single_for(char32_t point) {
  const auto after = std::ranges::upper_bound(runs(), point, {}, &Run::first);
  if (after == runs().begin()) return 0;
  const Run& found = *(after - 1);
  const char32_t place = point - found.first;
  return place < found.size ? others()[found.begin + place] : 0;
}

void take_apart(char32_t point, std::u32string& parts) {
  if (point >= kSyllables && point < kSyllables + kSyllableCount) {
    const char32_t index = point - kSyllables;
    parts += kLeads + index / (kVowelCount * kTailCount);
    parts += kVowels + index % (kVowelCount * kTailCount) / kTailCount;
    if (index % kTailCount != 0) parts += kTails + index % kTailCount;
    return;
  }
  const Pair* pair = pair_in(pairs(), point);
  if (pair == nullptr) pair = pair_in(one_way_pairs(), point);
  if (pair != nullptr) {
    take_apart(pair->first, parts);
    parts += pair->second;  // Is never made of others itself.
  } else if (const char32_t other = single_for(point)) {
    take_apart(other, parts);
  } else {
    parts += point;
  }
}

// Marks behind a letter, in their canonical order; those of one class stay as they were.
void put_in_order(std::u32string& parts) {
  std::vector<std::tuple<int, std::size_t, char32_t>> marks_here;
  for (std::size_t i = 0; i <= parts.size(); ++i) {
    const int order = i < parts.size() ? order_of(parts[i]) : 0;
    if (order != 0) {
      marks_here.emplace_back(order, i, parts[i]);
      continue;
    }
    std::ranges::sort(marks_here);
    std::size_t place = i - marks_here.size();
    for (const auto& one : marks_here) parts[place++] = std::get<char32_t>(one);
    marks_here.clear();
  }
}

// 0: they stay two.
char32_t together(char32_t first, char32_t second) {
  if (first >= kLeads && first < kLeads + kLeadCount && second >= kVowels &&
      second < kVowels + kVowelCount) {
    return kSyllables + ((first - kLeads) * kVowelCount + (second - kVowels)) * kTailCount;
  }
  const bool open = first >= kSyllables && first < kSyllables + kSyllableCount &&
                    (first - kSyllables) % kTailCount == 0;
  if (open && second > kTails && second < kTails + kTailCount) return first + (second - kTails);
  static const auto kWholes = [] {
    std::map<std::pair<char32_t, char32_t>, char32_t> wholes;
    for (const auto& pair : pairs()) wholes.emplace(std::pair(pair.first, pair.second), pair.whole);
    return wholes;
  }();
  const auto found = kWholes.find({first, second});
  return found == kWholes.end() ? 0 : found->second;
}

std::u32string put_together(const std::u32string& parts) {
  std::u32string text;
  std::size_t letter = std::u32string::npos;  // The last character that marks belong to.
  int last_order = 0;                         // Of what stands between it and here.
  for (const char32_t point : parts) {
    const int order = order_of(point);
    const bool adjacent = letter != text.npos && letter + 1 == text.size();
    const bool reaches = letter != text.npos && (adjacent || last_order < order);
    const char32_t whole = reaches ? together(text[letter], point) : 0;
    if (whole != 0) {
      text[letter] = whole;
      continue;
    }
    if (order == 0) letter = text.size();
    last_order = order;
    text += point;
  }
  return text;
}

}  // namespace

std::u32string to_normal_form(std::u32string_view text) {
  if (std::ranges::all_of(text, [](char32_t point) { return point < kFirstAffected; })) {
    return std::u32string(text);
  }
  std::u32string parts;
  for (const char32_t point : text) take_apart(point, parts);
  put_in_order(parts);
  return put_together(parts);
}

}  // namespace herald
