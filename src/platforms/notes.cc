#include "platforms/notes.h"

#include <boost/json.hpp>
#include <charconv>

namespace herald {

namespace json = boost::json;

Notes::Notes(const Progress& progress) {
  boost::system::error_code failed;
  const json::value value = json::parse(progress, failed);
  if (failed || !value.is_object()) return;
  for (const auto& member : value.get_object()) {
    const std::string name(member.key());
    if (const auto* text = member.value().if_string()) {
      texts_.emplace(name, std::string(*text));
    } else if (const auto* items = member.value().if_array()) {
      auto& list = lists_[name];
      for (const auto& item : *items) {
        if (const auto* text_item = item.if_string()) list.emplace_back(*text_item);
      }
    }
  }
}

Progress Notes::progress() const {
  json::object object;
  for (const auto& [name, text] : texts_) object[name] = text;
  for (const auto& [name, items] : lists_) {
    object[name] = json::array(items.begin(), items.end());
  }
  return json::serialize(object);
}

std::string Notes::text(std::string_view name) const {
  const auto found = texts_.find(name);
  return found == texts_.end() ? std::string() : found->second;
}

std::int64_t Notes::number(std::string_view name) const {
  const std::string value = text(name);
  std::int64_t number = 0;
  std::from_chars(value.data(), value.data() + value.size(), number);
  return number;
}

const std::vector<std::string>& Notes::list(std::string_view name) const {
  static const std::vector<std::string> kNone;
  const auto found = lists_.find(name);
  return found == lists_.end() ? kNone : found->second;
}

std::map<std::string, std::string> Notes::below(std::string_view prefix) const {
  std::map<std::string, std::string> found;
  for (const auto& [name, text] : texts_) {
    if (name.starts_with(prefix)) found.emplace(name.substr(prefix.size()), text);
  }
  return found;
}

Notes& Notes::set(std::string_view name, std::string text) {
  texts_.insert_or_assign(std::string(name), std::move(text));
  return *this;
}

Notes& Notes::set(std::string_view name, std::int64_t number) {
  return set(name, std::to_string(number));
}

Notes& Notes::count(std::string_view name) { return set(name, number(name) + 1); }

Notes& Notes::add(std::string_view name, std::string item) {
  lists_[std::string(name)].push_back(std::move(item));
  return *this;
}

Notes& Notes::keep_first(std::string_view name, std::size_t items) {
  const auto found = lists_.find(name);
  if (found != lists_.end() && found->second.size() > items) found->second.resize(items);
  return *this;
}

Notes& Notes::erase(std::string_view name) {
  if (const auto found = texts_.find(name); found != texts_.end()) texts_.erase(found);
  if (const auto found = lists_.find(name); found != lists_.end()) lists_.erase(found);
  return *this;
}

}  // namespace herald
