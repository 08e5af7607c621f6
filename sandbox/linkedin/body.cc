#include "sandbox/linkedin/body.h"

#include <algorithm>
#include <boost/json.hpp>

namespace herald::sandbox::linkedin {

namespace json = boost::json;

Checked<json::object> read_body(const Call& call) {
  if (call.content_type != "application/json")
    return Refused(refusal(415, "UNSUPPORTED_MEDIA_TYPE", "Content-Type must be application/json"));
  boost::system::error_code error;
  auto value = json::parse(call.body->view(), error);
  if (error || !value.is_object()) return Refused(illegal("The body is no JSON object"));
  return std::move(value.get_object());
}

std::size_t length_of(const Context& x, std::string_view text) {
  std::size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) != 0x80) ++units;
    // Four bytes of UTF-8 are two units of UTF-16.
    if (byte >= 0xF0 && x.choice("length_unit") == "utf16") ++units;
  }
  return units;
}

std::string Members::path_of(std::string_view name) const {
  return path_ + "/" + std::string(name);
}

bool Members::has(std::string_view name) const { return object_.contains(name); }

void Members::refuse(http::Response response) {
  if (!fault_) fault_ = std::move(response);
}

const json::value* Members::need(std::string_view name) {
  const auto* value = object_.if_contains(name);
  if (value == nullptr) refuse(missing_field(x_, path_of(name)));
  return value;
}

std::string Members::text(std::string_view name) {
  const auto* value = object_.if_contains(name);
  if (value == nullptr) return {};
  if (value->is_string()) return std::string(value->get_string());
  refuse(wrong_schema(path_of(name), json::serialize(*value) + " cannot be coerced to String"));
  return {};
}

std::string Members::need_text(std::string_view name) {
  return need(name) == nullptr ? std::string() : text(name);
}

std::string Members::short_text(std::string_view name, std::size_t most) {
  auto held = text(name);
  if (length_of(x_, held) > most) refuse(too_long(path_of(name), most));
  return held;
}

std::string Members::word(std::string_view name, std::initializer_list<std::string_view> words) {
  auto held = need_text(name);
  if (has(name) && std::ranges::find(words, held) == words.end())
    refuse(invalid_value(path_of(name), held));
  return held;
}

bool Members::flag(std::string_view name) {
  const auto* value = object_.if_contains(name);
  if (value == nullptr) return false;
  if (value->is_bool()) return value->get_bool();
  refuse(wrong_schema(path_of(name), json::serialize(*value) + " cannot be coerced to Boolean"));
  return false;
}

std::int64_t Members::need_number(std::string_view name) {
  const auto* value = need(name);
  if (value == nullptr) return 0;
  if (value->is_int64()) return value->get_int64();
  refuse(wrong_schema(path_of(name), json::serialize(*value) + " cannot be coerced to Long"));
  return 0;
}

const json::object* Members::object(std::string_view name) {
  const auto* value = object_.if_contains(name);
  if (value == nullptr) return nullptr;
  if (!value->is_object())
    refuse(wrong_schema(path_of(name), "record type is not backed by a map"));
  return value->if_object();
}

const json::object* Members::need_object(std::string_view name) {
  return need(name) == nullptr ? nullptr : object(name);
}

const json::array* Members::need_array(std::string_view name) {
  const auto* value = need(name);
  if (value == nullptr) return nullptr;
  if (!value->is_array()) refuse(wrong_schema(path_of(name), "array type is not backed by a list"));
  return value->if_array();
}

void Members::only(std::initializer_list<std::string_view> names) {
  for (const auto& member : object_)
    if (std::ranges::find(names, std::string_view(member.key())) == names.end())
      refuse(wrong_schema(path_of(member.key()), "unrecognized field found but not allowed"));
}

}  // namespace herald::sandbox::linkedin
