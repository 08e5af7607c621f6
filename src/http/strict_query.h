// A query string that may hold only what its route names, each name once. A misspelt or smuggled
// name is refused instead of ignored.
#pragma once

#include <initializer_list>
#include <string_view>

#include "domain/result.h"
#include "http/server/query.h"

namespace herald::http {

// malformed_query (400): it cannot be read, or holds another name, or one of `names` twice.
Result<Query> strict_query(std::string_view encoded, std::initializer_list<std::string_view> names);

}  // namespace herald::http
