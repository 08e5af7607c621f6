#include "sandbox/query.h"

#include <algorithm>

namespace herald::sandbox {

std::string in_query(const Call& call, std::string_view name) {
  const auto found = std::ranges::find(call.query, name, &Field::name);
  return found == call.query.end() ? std::string() : found->value;
}

std::string field_of(const Call& call, std::string_view name) {
  const auto found = std::ranges::find(call.fields, name, &Field::name);
  return found == call.fields.end() ? std::string() : found->value;
}

std::string form_field(const Call& call, std::string_view name) {
  return call.content_type == "application/x-www-form-urlencoded" ? field_of(call, name) : "";
}

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> pieces;
  while (!text.empty()) {
    const auto end = std::min(text.find(at), text.size());
    if (end > 0) pieces.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return pieces;
}

bool fits(std::string_view pattern, std::string_view path, std::string& segment) {
  const auto hole = pattern.find('{');
  if (hole == pattern.npos) return pattern == path;
  const auto head = pattern.substr(0, hole);
  const auto tail = pattern.substr(pattern.find('}') + 1);
  if (path.size() <= head.size() + tail.size()) return false;
  if (!path.starts_with(head) || !path.ends_with(tail)) return false;
  const auto inside = path.substr(head.size(), path.size() - head.size() - tail.size());
  if (inside.find('/') != inside.npos) return false;
  segment = std::string(inside);
  return true;
}

}  // namespace herald::sandbox
