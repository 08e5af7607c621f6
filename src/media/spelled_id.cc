#include "media/spelled_id.h"

#include <algorithm>
#include <charconv>

namespace herald::media {

std::string spell_id(std::string_view id, char escape) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string name;
  for (const char c : id) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-') {
      name += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      name += escape;
      name += kDigits[byte >> 4];
      name += kDigits[byte & 15];
    }
  }
  return name.empty() ? std::string(1, escape) : name;
}

std::optional<std::string> read_spelled(std::string_view name, char escape) {
  const bool is_empty_id = name == std::string_view(&escape, 1);
  std::string id;
  for (std::size_t i = 0; i < name.size() && !is_empty_id; ++i) {
    if (name[i] != escape) {
      id += name[i];
      continue;
    }
    unsigned byte = 0;
    const char* digits = name.data() + i + 1;
    const char* end = name.data() + std::min(i + 3, name.size());
    if (std::from_chars(digits, end, byte, 16).ptr != digits + 2) return std::nullopt;
    id += static_cast<char>(byte);
    i += 2;
  }
  return spell_id(id, escape) == name ? std::optional(id) : std::nullopt;
}

}  // namespace herald::media
