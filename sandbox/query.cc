#include "sandbox/query.h"

#include <algorithm>

namespace herald::sandbox {

std::string in_query(const Call& call, std::string_view name) {
  const auto found = std::ranges::find(call.query, name, &Field::name);
  return found == call.query.end() ? std::string() : found->value;
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

}  // namespace herald::sandbox
