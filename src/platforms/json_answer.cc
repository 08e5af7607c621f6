#include "platforms/json_answer.h"

#include <boost/json.hpp>
#include <charconv>

namespace herald {

namespace json = boost::json;

struct JsonAnswer::Tree {
  json::value root;

  const json::value* find(std::string_view pointer) const {
    boost::system::error_code failed;
    const json::value* found = root.find_pointer(pointer, failed);
    return failed ? nullptr : found;
  }
};

namespace {

// Members of the outermost object as they are written, which is more than it has when a key stands
// there twice. The text is valid JSON.
std::size_t written_members(std::string_view text) {
  std::size_t members = 0;
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (c == '}' || c == ']') {
      --depth;
    } else if (c == ':' && depth == 1) {
      ++members;
    }
  }
  return members;
}

std::optional<std::int64_t> whole(const json::value& value) {
  if (const auto* number = value.if_int64()) return *number;
  return std::nullopt;  // Past 2^63 or a fraction: no figure of ours.
}

std::string text_of(const json::value& value) {
  if (const auto* text = value.if_string()) return std::string(*text);
  if (const auto* number = value.if_int64()) return std::to_string(*number);
  if (const auto* number = value.if_uint64()) return std::to_string(*number);
  return {};
}

}  // namespace

JsonAnswer::JsonAnswer(std::string_view body) : tree_(std::make_unique<Tree>()) {
  boost::system::error_code failed;
  tree_->root = json::parse(json::string_view(body.data(), body.size()), failed);
  if (failed) tree_->root = nullptr;
  const auto* object = tree_->root.if_object();
  doubled_keys_ = object != nullptr && written_members(body) != object->size();
}

JsonAnswer::~JsonAnswer() = default;

bool JsonAnswer::is_object() const { return tree_->root.is_object(); }
bool JsonAnswer::is_array() const { return tree_->root.is_array(); }

bool JsonAnswer::has(std::string_view pointer) const { return tree_->find(pointer) != nullptr; }

std::string JsonAnswer::text(std::string_view pointer) const {
  const json::value* found = tree_->find(pointer);
  return found == nullptr ? std::string() : text_of(*found);
}

std::optional<std::int64_t> JsonAnswer::number(std::string_view pointer) const {
  const json::value* found = tree_->find(pointer);
  if (found == nullptr) return std::nullopt;
  const auto* text = found->if_string();
  if (text == nullptr) return whole(*found);
  std::int64_t number = 0;
  const char* end = text->data() + text->size();
  const auto [stopped, error] = std::from_chars(text->data(), end, number);
  if (error != std::errc() || stopped != end) return std::nullopt;
  return number;
}

std::optional<std::int64_t> JsonAnswer::strict_number(std::string_view pointer) const {
  const json::value* found = tree_->find(pointer);
  return found == nullptr ? std::nullopt : whole(*found);
}

std::optional<double> JsonAnswer::decimal(std::string_view pointer) const {
  const json::value* found = tree_->find(pointer);
  if (found == nullptr || !found->is_number()) return std::nullopt;
  return found->to_number<double>();
}

std::optional<bool> JsonAnswer::flag(std::string_view pointer) const {
  const json::value* found = tree_->find(pointer);
  const bool* value = found == nullptr ? nullptr : found->if_bool();
  return value == nullptr ? std::nullopt : std::optional(*value);
}

std::size_t JsonAnswer::size(std::string_view pointer) const {
  const json::value* found = tree_->find(pointer);
  const auto* array = found == nullptr ? nullptr : found->if_array();
  return array == nullptr ? 0 : array->size();
}

std::vector<std::string> JsonAnswer::texts(std::string_view pointer) const {
  std::vector<std::string> items;
  for (std::size_t i = 0; i < size(pointer); ++i) items.push_back(text(at(pointer, i)));
  return items;
}

std::vector<std::pair<std::string, std::string>> JsonAnswer::members(
    std::string_view pointer) const {
  std::vector<std::pair<std::string, std::string>> members;
  const json::value* found = tree_->find(pointer);
  const auto* object = found == nullptr ? nullptr : found->if_object();
  if (object == nullptr) return members;
  for (const auto& member : *object) members.emplace_back(member.key(), text_of(member.value()));
  return members;
}

std::string at(std::string_view array, std::size_t index, std::string_view rest) {
  return std::string(array) + "/" + std::to_string(index) + std::string(rest);
}

std::string json_list(const std::vector<std::string>& items) {
  return json::serialize(json::array(items.begin(), items.end()));
}

}  // namespace herald
