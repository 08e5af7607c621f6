#include "program/guide_words.h"

#include <fmt/core.h>

namespace herald::guide {

std::string row(const std::vector<std::string>& cells) {
  std::string text = "|";
  for (const auto& cell : cells) text += cell.empty() ? " |" : " " + cell + " |";
  return text + "\n";
}

std::string table_head(const std::vector<std::string>& cells) {
  return "\n" + row(cells) + row(std::vector<std::string>(cells.size(), "---"));
}

std::string joined(const std::vector<std::string>& words, std::string_view between) {
  std::string text;
  for (const auto& word : words) text.append(text.empty() ? "" : between).append(word);
  return text;
}

std::string prose(std::string_view words) {
  std::string text;
  for (const char c : words) {
    if (std::string_view("|<*[").contains(c)) text += '\\';
    text += c;
  }
  return text;
}

std::string named(std::string_view label, std::string_view id) {
  return fmt::format("{} (`{}`)", prose(label), id);
}

std::string checked(const Source& source) {
  return source.where.empty() ? "" : fmt::format("[{}]({})", source.checked_on, source.where);
}

std::string grouped(std::int64_t number) {
  std::string text = std::to_string(number);
  for (int at = static_cast<int>(text.size()) - 3; at > 0; at -= 3) {
    text.insert(static_cast<std::size_t>(at), ",");
  }
  return text;
}

std::string at_most(std::int64_t max, Counting counted_as) {
  if (max <= 0) return {};
  constexpr const char* kUnits[] = {"characters",
                                    "UTF-16 units",
                                    "bytes of UTF-8",
                                    "weighted characters",
                                    "characters, emoji as their bytes",
                                    "characters, of which a link takes 23"};
  return fmt::format("at most {} {}", grouped(max), kUnits[static_cast<int>(counted_as)]);
}

std::string range(const std::string& min, const std::string& max) {
  if (min.empty()) return max.empty() ? "" : "at most " + max;
  if (max.empty()) return "at least " + min;
  return min == max ? min : min + " to " + max;
}

// Platforms mean now this, now that by "MB"; here each is told from the other.
std::string bytes(std::uint64_t size) {
  if (size == 0) return {};
  struct Unit {
    std::uint64_t size;
    const char* name;
  };
  for (const auto& unit : {Unit{1U << 30, "GiB"}, {1U << 20, "MiB"}, {1'000'000, "MB"}}) {
    if (size % unit.size == 0) return fmt::format("{} {}", size / unit.size, unit.name);
  }
  return grouped(static_cast<std::int64_t>(size)) + " bytes";
}

std::string duration(std::int64_t ms) {
  if (ms <= 0) return {};
  if (ms % 3'600'000 == 0) return fmt::format("{} h", ms / 3'600'000);
  if (ms % 60'000 == 0) return fmt::format("{} min", ms / 60'000);
  return fmt::format("{:g} s", static_cast<double>(ms) / 1000);
}

}  // namespace herald::guide
