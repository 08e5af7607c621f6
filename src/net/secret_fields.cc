#include "net/secret_fields.h"

#include <boost/json.hpp>

namespace herald {
namespace {

namespace json = boost::json;

using Taken = std::map<std::string, Secret>;

void take(json::value& value, std::string_view pointer, const std::string& name, Taken& taken) {
  if (pointer.empty()) {
    auto* text = value.if_string();
    if (text == nullptr) return;
    taken.insert_or_assign(name, Secret(std::string_view(text->data(), text->size())));
    value = json::string("secret:" + name);
    return;
  }
  pointer.remove_prefix(1);
  const auto end = std::min(pointer.find('/'), pointer.size());
  const auto part = pointer.substr(0, end);
  const auto rest = pointer.substr(end);
  if (auto* array = value.if_array(); array != nullptr && part == "*") {
    for (std::size_t i = 0; i < array->size(); ++i) {
      take((*array)[i], rest, name + "/" + std::to_string(i), taken);
    }
  } else if (auto* object = value.if_object()) {
    if (auto* member = object->if_contains(part)) take(*member, rest, name, taken);
  }
}

}  // namespace

Taken take_secrets(std::string& body, const std::vector<SecretField>& fields) {
  Taken taken;
  if (fields.empty()) return taken;
  boost::system::error_code failed;
  json::value value = json::parse(body, failed);
  if (failed) return taken;
  for (const auto& field : fields) take(value, field.pointer, field.name, taken);
  if (taken.empty()) return taken;
  explicit_bzero(body.data(), body.size());
  body = json::serialize(value);
  return taken;
}

}  // namespace herald
