#include "sandbox/google/body.h"

#include <algorithm>
#include <boost/json.hpp>

namespace herald::sandbox::google {

namespace json = boost::json;

Checked<json::object> read_object(std::string_view text) {
  if (text.find_first_not_of(" \t\r\n") == text.npos) return json::object{};
  boost::system::error_code error;
  auto value = json::parse(text, error);
  if (error) return std::unexpected(bad_json("Parse error: " + error.message()));
  if (!value.is_object()) return std::unexpected(bad_json("Root element must be a message."));
  return std::move(value.get_object());
}

Members::Members(const json::object& parent, std::string_view name, std::string path)
    : path_(std::move(path)) {
  const auto* value = parent.if_contains(name);
  if (value == nullptr || value->is_null()) return;
  object_ = value->if_object();
  if (object_ == nullptr) fault_ = wrong_type(path_, "OBJECT", json::serialize(*value));
}

Members::Members(const json::object& body) : object_(&body) {}

const json::value* Members::find(std::string_view name) const {
  const auto* value = object_ != nullptr ? object_->if_contains(name) : nullptr;
  return value == nullptr || value->is_null() ? nullptr : value;
}

void Members::wrong(std::string_view name, std::string_view type, const json::value& value) {
  const auto path = path_.empty() ? std::string(name) : path_ + "." + std::string(name);
  if (!fault_) fault_ = wrong_type(path, type, json::serialize(value));
}

bool Members::has(std::string_view name) const { return find(name) != nullptr; }

std::optional<std::string> Members::text(std::string_view name) {
  const auto* value = find(name);
  if (value == nullptr) return {};
  if (value->is_string()) return std::string(value->get_string());
  wrong(name, "TYPE_STRING", *value);
  return {};
}

std::optional<bool> Members::flag(std::string_view name) {
  const auto* value = find(name);
  if (value == nullptr) return {};
  if (value->is_bool()) return value->get_bool();
  if (value->is_string() && value->get_string() == "true") return true;
  if (value->is_string() && value->get_string() == "false") return false;
  wrong(name, "TYPE_BOOL", *value);
  return {};
}

std::vector<std::string> Members::texts(std::string_view name) {
  const auto* value = find(name);
  if (value == nullptr) return {};
  std::vector<std::string> out;
  const auto* array = value->if_array();
  if (array == nullptr || !std::ranges::all_of(*array, [](const auto& v) { return v.is_string(); }))
    wrong(name, "TYPE_STRING", *value);
  else
    for (const auto& item : *array) out.emplace_back(item.get_string());
  return out;
}

std::string Members::object_text(std::string_view name) {
  const auto* value = find(name);
  if (value == nullptr) return {};
  if (!value->is_object()) wrong(name, "OBJECT", *value);
  return value->is_object() ? json::serialize(*value) : std::string();
}

Members Members::inside(std::string_view name) const {
  static const json::object kNone;
  return {object_ != nullptr ? *object_ : kNone, name,
          path_.empty() ? std::string(name) : path_ + "." + std::string(name)};
}

Members& Members::only(std::initializer_list<std::string_view> names) {
  if (object_ == nullptr) return *this;
  for (const auto& member : *object_)
    if (!fault_ && std::ranges::find(names, std::string_view(member.key())) == names.end())
      fault_ = unknown_field(path_, member.key());
  return *this;
}

}  // namespace herald::sandbox::google
