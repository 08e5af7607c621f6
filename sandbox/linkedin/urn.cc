#include "sandbox/linkedin/urn.h"

#include <algorithm>

namespace herald::sandbox::linkedin {

namespace {

bool is_word(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  });
}

}  // namespace

std::optional<Urn> read_urn(std::string_view text) {
  constexpr std::string_view kRoot = "urn:li:";
  if (!text.starts_with(kRoot)) return {};
  text.remove_prefix(kRoot.size());
  const auto colon = text.find(':');
  if (colon == text.npos) return {};
  const auto type = text.substr(0, colon);
  const auto id = text.substr(colon + 1);
  const bool nested = id.starts_with('(') && id.ends_with(')');
  if (!is_word(type) || (!nested && !is_word(id))) return {};
  return Urn{.type = std::string(type), .id = std::string(id)};
}

}  // namespace herald::sandbox::linkedin
