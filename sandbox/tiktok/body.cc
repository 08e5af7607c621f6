#include "sandbox/tiktok/body.h"

#include <boost/json.hpp>

namespace herald::sandbox::tiktok {

namespace json = boost::json;

Body::Body(const Call& call) {
  const auto text = call.body->view();
  if (text.empty()) return;
  if (call.content_type != "application/json") {
    *fault_ = "Content-Type must be application/json.";
    return;
  }
  boost::system::error_code error;
  auto parsed = json::parse(text, error);
  if (error || !parsed.is_object()) {
    *fault_ = "The request body is not a JSON object.";
    return;
  }
  root_ = std::make_shared<const json::value>(std::move(parsed));
  object_ = &root_->get_object();
}

const json::value* Body::find(std::string_view name) const {
  const auto* found = object_ == nullptr ? nullptr : object_->if_contains(name);
  return found == nullptr || found->is_null() ? nullptr : found;
}

void Body::wrong(std::string_view name, std::string_view type) const {
  if (fault_->empty()) *fault_ = std::string(name) + " must be " + std::string(type) + ".";
}

Body Body::inside(std::string_view name) const {
  Body inner;
  inner.root_ = root_;
  inner.fault_ = fault_;
  const auto* found = find(name);
  if (found != nullptr && found->is_object()) inner.object_ = &found->get_object();
  if (found != nullptr && !found->is_object()) wrong(name, "an object");
  return inner;
}

bool Body::has(std::string_view name) const { return find(name) != nullptr; }

std::string Body::text(std::string_view name) const {
  const auto* found = find(name);
  if (found != nullptr && found->is_string()) return std::string(found->get_string());
  if (found != nullptr) wrong(name, "a string");
  return {};
}

bool Body::flag(std::string_view name) const {
  const auto* found = find(name);
  if (found != nullptr && found->is_bool()) return found->get_bool();
  if (found != nullptr) wrong(name, "a boolean");
  return false;
}

std::optional<std::int64_t> Body::number(std::string_view name) const {
  const auto* found = find(name);
  if (found != nullptr && found->is_int64()) return found->get_int64();
  if (found != nullptr) wrong(name, "an integer");
  return {};
}

std::vector<std::string> Body::texts(std::string_view name) const {
  const auto* found = find(name);
  std::vector<std::string> out;
  if (found == nullptr) return out;
  if (!found->is_array()) {
    wrong(name, "a list of strings");
    return out;
  }
  for (const auto& item : found->get_array()) {
    if (item.is_string())
      out.emplace_back(item.get_string());
    else
      wrong(name, "a list of strings");
  }
  return out;
}

std::size_t utf16_units(std::string_view utf8) {
  std::size_t units = 0;
  for (const char c : utf8) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) != 0x80) ++units;
    if (byte >= 0xF0) ++units;  // Beyond the basic plane: a pair.
  }
  return units;
}

}  // namespace herald::sandbox::tiktok
