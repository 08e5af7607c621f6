// Request bodies by X's schema, which forbids what it does not know.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/call.h"
#include "sandbox/twitter/problem.h"

namespace boost::json {
class object;
class value;
}  // namespace boost::json

namespace herald::sandbox::twitter {

// The body as a JSON object; an empty body is an empty object.
Checked<boost::json::object> read_body(const Call& call);

bool is_id(std::string_view text);  // ^[0-9]{1,19}$

// Reads one object inside a body. The first member that breaks the schema becomes `fault`; reading
// goes on as if it were absent, so that the caller checks once, at the end.
class Members {
 public:
  // `path` is for messages: "$" or "$.media". What is referred to must outlive this.
  Members(const boost::json::object& object, std::string path, std::optional<http::Response>& fault)
      : object_(object), path_(std::move(path)), fault_(fault) {}

  bool has(std::string_view name) const;
  std::optional<std::string> text(std::string_view name);
  std::string text_or(std::string_view name, std::string fallback = {});
  // One of these words; empty: absent.
  std::string word(std::string_view name, std::initializer_list<std::string_view> words);
  std::string id(std::string_view name);
  bool flag(std::string_view name);
  std::optional<std::int64_t> number(std::string_view name, std::int64_t least, std::int64_t most);
  std::vector<std::string> texts(std::string_view name, std::size_t least, std::size_t most);
  std::vector<std::string> ids(std::string_view name, std::size_t least, std::size_t most);
  // Null: absent or no object.
  const boost::json::object* object(std::string_view name);
  std::string path_of(std::string_view name) const;

  void require(std::initializer_list<std::string_view> names);
  // A member of any other name is a fault.
  void only(std::initializer_list<std::string_view> names);
  void refuse(std::string message);

 private:
  const boost::json::value* find(std::string_view name) const;

  const boost::json::object& object_;
  std::string path_;
  std::optional<http::Response>& fault_;
};

}  // namespace herald::sandbox::twitter
