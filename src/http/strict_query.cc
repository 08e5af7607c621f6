#include "http/strict_query.h"

#include <algorithm>

namespace herald::http {
namespace {

std::unexpected<Error> malformed(std::string message) {
  return std::unexpected(Error{ErrorKind::invalid, std::move(message), {}, {}, "malformed_query"});
}

}  // namespace

Result<Query> strict_query(std::string_view encoded,
                           std::initializer_list<std::string_view> names) {
  HERALD_TRY(Query query, Query::parse(encoded));
  for (const auto& pair : query.all()) {
    if (std::ranges::find(names, pair.name) == names.end()) {
      return malformed("\"" + pair.name + "\" does not belong here.");
    }
    if (query.count(pair.name) > 1) return malformed("\"" + pair.name + "\" is given twice.");
  }
  return query;
}

}  // namespace herald::http
