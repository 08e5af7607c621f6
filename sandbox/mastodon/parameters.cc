#include "sandbox/mastodon/parameters.h"

#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/query.h"

namespace herald::sandbox::mastodon {

namespace json = boost::json;

namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

void flatten(const std::string& name, const json::value& value, Pairs& into) {
  if (const auto* object = value.if_object()) {
    for (const auto& member : *object)
      flatten(
          name.empty() ? std::string(member.key()) : name + "[" + std::string(member.key()) + "]",
          member.value(), into);
  } else if (const auto* array = value.if_array()) {
    for (const auto& item : *array) flatten(name + "[]", item, into);
  } else if (const auto* text = value.if_string()) {
    into.emplace_back(name, std::string(*text));
  } else if (!value.is_null()) {
    into.emplace_back(name, json::serialize(value));
  }
}

}  // namespace

Checked<Parameters> Parameters::read(const Context& x, const Call& call, std::string_view known) {
  const Words words(x, call);
  Pairs sent;
  for (const auto& field : call.query) sent.emplace_back(field.name, field.value);
  if (call.content_type == "application/json" && !call.body->view().empty()) {
    boost::system::error_code error;
    const auto value = json::parse(call.body->view(), error);
    if (error || !value.is_object())
      return Refused(words.error(400, "There was a problem in the JSON you submitted"));
    flatten("", value, sent);
  } else {
    for (const auto& field : call.fields)
      if (field.filename.empty()) sent.emplace_back(field.name, field.value);
  }
  const auto names = split(known, ' ');
  Parameters parameters;
  for (auto& pair : sent) {
    if (std::ranges::count(names, pair.first) > 0)
      parameters.all_.push_back(std::move(pair));
    else if (pair.first != "access_token" && x.on("strict_parameters"))
      return Refused(words.error(400, "param is unknown or misshaped: " + pair.first));
  }
  return parameters;
}

const std::string* Parameters::find(std::string_view name) const {
  const auto found = std::ranges::find(all_, name, &Pairs::value_type::first);
  return found == all_.end() ? nullptr : &found->second;
}

std::string Parameters::get(std::string_view name) const {
  const auto* value = find(name);
  return value == nullptr ? std::string() : *value;
}

bool Parameters::is_true(std::string_view name, bool otherwise) const {
  const auto value = get(name);
  if (value.empty()) return otherwise;
  return value != "false" && value != "0" && value != "off" && value != "f";
}

std::vector<std::string> Parameters::list(std::string_view name) const {
  std::vector<std::string> values;
  for (const auto& [key, value] : all_)
    if (key == name) values.push_back(value);
  return values;
}

}  // namespace herald::sandbox::mastodon
