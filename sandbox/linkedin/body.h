// Request bodies by Rest.li's schemas, which forbid what they do not know.
#pragma once

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "sandbox/call.h"
#include "sandbox/linkedin/context.h"
#include "sandbox/linkedin/refusal.h"

namespace herald::sandbox::linkedin {

// The body as a JSON object.
Checked<boost::json::object> read_body(const Call& call);

// UTF-16 units or code points, by the switch length_unit.
std::size_t length_of(const Context& x, std::string_view text);

// Reads one object inside a body. The first member that breaks the schema becomes `fault`; reading
// goes on as if it were absent, so that the caller checks once, at the end. All arguments must
// outlive this.
class Members {
 public:
  Members(const Context& x, const boost::json::object& object, std::string path,
          std::optional<http::Response>& fault)
      : x_(x), object_(object), path_(std::move(path)), fault_(fault) {}

  std::string text(std::string_view name);       // Empty: absent.
  std::string need_text(std::string_view name);  // A fault where it is absent.
  std::string short_text(std::string_view name, std::size_t most);
  // One of these words.
  std::string word(std::string_view name, std::initializer_list<std::string_view> words);
  bool flag(std::string_view name);
  std::int64_t need_number(std::string_view name);
  const boost::json::object* object(std::string_view name);       // Null: absent or none.
  const boost::json::object* need_object(std::string_view name);  // A fault where it is absent.
  const boost::json::array* need_array(std::string_view name);

  bool has(std::string_view name) const;
  void only(std::initializer_list<std::string_view> names);  // Any other member is a fault.
  void refuse(http::Response response);                      // Kept if it is the first.
  std::string path_of(std::string_view name) const;

 private:
  const boost::json::value* need(std::string_view name);

  const Context& x_;
  const boost::json::object& object_;
  std::string path_;
  std::optional<http::Response>& fault_;
};

}  // namespace herald::sandbox::linkedin
