// Rest.li protocol 2.0.0: how keys and parameters stand in an address. List(a,b) and (key:value)
// are written literally; inside a plain text their signs are percent-encoded, so that a bare urn is
// no text but a fault.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace herald::sandbox::linkedin {

struct Value {
  enum class Kind { text, list, object };
  Kind kind = Kind::text;
  std::string text;
  std::vector<Value> items;        // Of a list or an object.
  std::vector<std::string> names;  // Of an object's items.

  const Value* member(std::string_view name) const;  // Null: absent.
};

// Empty: the syntax is broken.
std::optional<Value> read_value(std::string_view raw);

class Query {
 public:
  // Empty: the syntax of a value is broken.
  static std::optional<Query> read(std::string_view raw);

  const Value* find(std::string_view name) const;               // Null: absent.
  std::string text(std::string_view name) const;                // Empty: absent, or no plain text.
  std::vector<std::string> texts(std::string_view name) const;  // The texts of a list.
  std::int64_t number(std::string_view name, std::int64_t otherwise) const;

 private:
  std::vector<std::pair<std::string, Value>> values_;
};

}  // namespace herald::sandbox::linkedin
