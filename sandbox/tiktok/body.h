// JSON bodies of TikTok's calls, member by member. Unknown members do no harm there.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/call.h"

namespace boost::json {
class object;
class value;
}  // namespace boost::json

namespace herald::sandbox::tiktok {

class Body {
 public:
  // The whole body; nothing sent is an empty object.
  explicit Body(const Call& call);

  // An empty object where it is absent. Shares the fault.
  Body inside(std::string_view name) const;
  bool has(std::string_view name) const;
  // Of a wrong type: the fault is set, and it reads as absent.
  std::string text(std::string_view name) const;
  bool flag(std::string_view name) const;
  std::optional<std::int64_t> number(std::string_view name) const;
  std::vector<std::string> texts(std::string_view name) const;

  // What was wrong first; empty: nothing so far.
  const std::string& fault() const { return *fault_; }

 private:
  Body() = default;
  const boost::json::value* find(std::string_view name) const;
  void wrong(std::string_view name, std::string_view type) const;

  std::shared_ptr<const boost::json::value> root_;
  const boost::json::object* object_ = nullptr;
  std::shared_ptr<std::string> fault_ = std::make_shared<std::string>();
};

// A string's length as TikTok counts it.
std::size_t utf16_units(std::string_view utf8);

}  // namespace herald::sandbox::tiktok
