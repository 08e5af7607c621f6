#include "http/server/query.h"

#include <algorithm>

#include "http/server/url.h"

namespace herald::http {
namespace {

std::optional<std::string> decode(std::string_view text) {
  std::string spaced(text);
  std::ranges::replace(spaced, '+', ' ');
  return decode_percent(spaced);
}

}  // namespace

Result<Query> Query::parse(std::string_view encoded) {
  Query query;
  while (!encoded.empty()) {
    const auto piece = encoded.substr(0, encoded.find('&'));
    encoded.remove_prefix(std::min(encoded.size(), piece.size() + 1));
    if (piece.empty()) continue;
    const auto equals = std::min(piece.find('='), piece.size());
    auto name = decode(piece.substr(0, equals));
    auto value = decode(piece.substr(std::min(equals + 1, piece.size())));
    if (!name || !value) {
      return std::unexpected(Error{ErrorKind::invalid,
                                   "The query is not valid percent-encoded UTF-8. Encode it again.",
                                   {},
                                   {},
                                   "malformed_query"});
    }
    query.all_.push_back({std::move(*name), std::move(*value)});
  }
  return query;
}

const std::string* Query::find(std::string_view name) const {
  const std::string* found = nullptr;
  for (const auto& pair : all_) {
    if (pair.name != name) continue;
    if (found != nullptr) return nullptr;
    found = &pair.value;
  }
  return found;
}

std::size_t Query::count(std::string_view name) const {
  return static_cast<std::size_t>(std::ranges::count(all_, name, &QueryPair::name));
}

}  // namespace herald::http
