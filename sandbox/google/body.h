// Request bodies by the types that the API's schema gives their members.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/google/fault.h"

namespace boost::json {
class object;
class value;
}  // namespace boost::json

namespace herald::sandbox::google {

// bad_json() where the text is no JSON object. An empty text is an empty object.
Checked<boost::json::object> read_object(std::string_view text);

// Reads one object inside a body. The first member of a wrong type becomes fault(); reading goes
// on as if it were absent, so that the caller checks once, at the end.
class Members {
 public:
  // `path` is for messages: "snippet" or "snippet.resourceId". The parent must outlive this.
  Members(const boost::json::object& parent, std::string_view name, std::string path);
  // The body itself.
  explicit Members(const boost::json::object& body);

  bool present() const { return object_ != nullptr; }
  bool has(std::string_view name) const;
  std::optional<std::string> text(std::string_view name);
  std::optional<bool> flag(std::string_view name);
  std::vector<std::string> texts(std::string_view name);
  // JSON text of an object member; empty: absent.
  std::string object_text(std::string_view name);
  Members inside(std::string_view name) const;

  // A member of any other name is a fault.
  Members& only(std::initializer_list<std::string_view> names);
  const std::optional<Fault>& fault() const { return fault_; }

 private:
  const boost::json::value* find(std::string_view name) const;
  void wrong(std::string_view name, std::string_view type, const boost::json::value& value);

  const boost::json::object* object_ = nullptr;
  std::string path_;
  std::optional<Fault> fault_;
};

}  // namespace herald::sandbox::google
