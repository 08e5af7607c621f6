// A query string or a form body (application/x-www-form-urlencoded), decoded. Names are plain text:
// "id[$ne]" and "a.b" mean nothing special.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.h"

namespace herald::http {

struct QueryPair {
  std::string name;
  std::string value;
};

class Query {
 public:
  // invalid (malformed_query): a broken escape, a NUL, or bytes that are not UTF-8.
  static Result<Query> parse(std::string_view encoded);

  // The value if the name occurs exactly once, else null.
  const std::string* find(std::string_view name) const;
  std::size_t count(std::string_view name) const;
  const std::vector<QueryPair>& all() const { return all_; }  // In order, duplicates kept.

 private:
  std::vector<QueryPair> all_;
};

}  // namespace herald::http
