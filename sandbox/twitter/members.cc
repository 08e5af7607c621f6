#include "sandbox/twitter/members.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

namespace herald::sandbox::twitter {

namespace json = boost::json;

Checked<json::object> read_body(const Call& call) {
  const auto text = call.body->view();
  if (text.empty()) return json::object{};
  if (call.content_type != "application/json")
    return Refused(invalid("Content-Type must be application/json."));
  boost::system::error_code error;
  auto value = json::parse(text, error);
  if (error || !value.is_object()) return Refused(invalid("The body is no JSON object."));
  return std::move(value.get_object());
}

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= 19 &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

const json::value* Members::find(std::string_view name) const { return object_.if_contains(name); }

bool Members::has(std::string_view name) const { return find(name) != nullptr; }

std::string Members::path_of(std::string_view name) const {
  return path_ + "." + std::string(name);
}

void Members::refuse(std::string message) {
  if (!fault_) fault_ = invalid(message);
}

std::optional<std::string> Members::text(std::string_view name) {
  const auto* value = find(name);
  if (value == nullptr) return {};
  if (value->is_string()) return std::string(value->get_string());
  refuse(path_of(name) + ": expected a string");
  return {};
}

std::string Members::text_or(std::string_view name, std::string fallback) {
  return text(name).value_or(std::move(fallback));
}

std::string Members::word(std::string_view name, std::initializer_list<std::string_view> words) {
  const auto held = text(name);
  if (!held) return {};
  if (std::ranges::find(words, *held) != words.end()) return *held;
  refuse(fmt::format("{}: does not have a value in the enumeration [{}]", path_of(name),
                     fmt::join(words, ", ")));
  return {};
}

std::string Members::id(std::string_view name) {
  auto held = text(name);
  if (!held) return {};
  if (!is_id(*held)) refuse(path_of(name) + ": does not match the regex pattern ^[0-9]{1,19}$");
  return *held;
}

bool Members::flag(std::string_view name) {
  const auto* value = find(name);
  if (value == nullptr) return false;
  if (value->is_bool()) return value->get_bool();
  refuse(path_of(name) + ": expected a boolean");
  return false;
}

std::optional<std::int64_t> Members::number(std::string_view name, std::int64_t least,
                                            std::int64_t most) {
  const auto* value = find(name);
  if (value == nullptr) return {};
  if (!value->is_int64()) {
    refuse(path_of(name) + ": expected an integer");
  } else if (value->get_int64() < least || value->get_int64() > most) {
    refuse(fmt::format("{}: must have a value between {} and {}", path_of(name), least, most));
  } else {
    return value->get_int64();
  }
  return {};
}

std::vector<std::string> Members::texts(std::string_view name, std::size_t least,
                                        std::size_t most) {
  const auto* value = find(name);
  if (value == nullptr) return {};
  std::vector<std::string> out;
  if (!value->is_array()) {
    refuse(path_of(name) + ": expected an array");
    return out;
  }
  const auto& items = value->get_array();
  if (items.size() < least)
    refuse(
        fmt::format("{}: there must be a minimum of {} items in the array", path_of(name), least));
  if (items.size() > most)
    refuse(
        fmt::format("{}: there must be a maximum of {} items in the array", path_of(name), most));
  for (const auto& item : items) {
    if (item.is_string()) out.emplace_back(item.get_string());
    if (!item.is_string())
      refuse(fmt::format("{}[{}]: expected a string", path_of(name), out.size()));
  }
  return out;
}

std::vector<std::string> Members::ids(std::string_view name, std::size_t least, std::size_t most) {
  auto out = texts(name, least, most);
  for (std::size_t i = 0; i < out.size(); ++i)
    if (!is_id(out[i]))
      refuse(fmt::format("{}[{}]: does not match the regex pattern ^[0-9]{{1,19}}$", path_of(name),
                         i));
  return out;
}

const json::object* Members::object(std::string_view name) {
  const auto* value = find(name);
  if (value == nullptr) return nullptr;
  if (!value->is_object()) refuse(path_of(name) + ": expected an object");
  return value->if_object();
}

void Members::require(std::initializer_list<std::string_view> names) {
  for (const auto name : names)
    if (!has(name)) refuse(path_of(name) + ": is missing but it is required");
}

void Members::only(std::initializer_list<std::string_view> names) {
  for (const auto& member : object_)
    if (std::ranges::find(names, std::string_view(member.key())) == names.end())
      refuse(path_of(member.key()) +
             ": is not defined in the schema and the schema does not allow additional properties");
}

}  // namespace herald::sandbox::twitter
