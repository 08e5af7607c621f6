// Recordings as they lie on disk, and what one folder takes over of another.
#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "testing/recorded_exchange.h"

namespace herald {
namespace {

namespace json = boost::json;
namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string text_in(const json::object& object, const char* name) {
  const auto* value = object.if_contains(name);
  return value == nullptr || !value->is_string() ? "" : std::string(value->get_string());
}

RecordedExchange exchange_in(const json::value& item, const fs::path& file,
                             const std::string& shared) {
  const auto& object = item.as_object();
  RecordedExchange exchange{file.filename().string(),
                            text_in(object, "vector"),
                            text_in(object, "says"),
                            {},
                            text_in(object, "flow"),
                            json::serialize(item),
                            shared};
  if (const auto* covers = object.if_contains("covers")) {
    for (const auto& cover : covers->as_array()) exchange.covers.emplace_back(cover.as_string());
  }
  return exchange;
}

// The folder's own, without what it takes over.
std::vector<RecordedExchange> own_exchanges(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  const std::string shared = read(folder / "shared.json");
  std::vector<RecordedExchange> exchanges;
  for (const auto& file : files) {
    if (file.filename() == "shared.json") continue;
    boost::system::error_code failed;
    const json::value list = json::parse(read(file), failed);
    if (failed || !list.is_array()) throw std::runtime_error("not a JSON list: " + file.string());
    for (const auto& item : list.get_array()) exchanges.push_back(exchange_in(item, file, shared));
  }
  return exchanges;
}

void remove_field(json::value& value, std::string_view name) {
  if (auto* object = value.if_object()) {
    object->erase(name);
    for (auto& member : *object) remove_field(member.value(), name);
  } else if (auto* array = value.if_array()) {
    for (auto& item : *array) remove_field(item, name);
  }
}

std::string changed(const std::string& text, const json::object& terms) {
  json::value value = json::parse(text);
  for (const auto& name : terms.at("without").as_array()) remove_field(value, name.as_string());
  std::string changed = json::serialize(value);
  for (const auto& [from, to] : terms.at("with").as_object()) {
    const std::string_view with = to.as_string();
    for (auto at = changed.find(from); at != changed.npos; at = changed.find(from, at)) {
      changed.replace(at, from.size(), with);
      at += with.size();
    }
  }
  return changed;
}

std::vector<RecordedExchange> taken_over(const fs::path& folder, const json::object& terms) {
  const auto& flows = terms.at("flows").as_array();
  const auto& left_out = terms.at("left_out").as_object();
  std::vector<RecordedExchange> taken;
  std::size_t missed = left_out.size();
  for (auto& exchange : own_exchanges(folder.parent_path() / text_in(terms, "folder"))) {
    if (std::ranges::find(flows, json::value(exchange.flow)) == flows.end()) continue;
    if (left_out.contains(exchange.vector)) {
      --missed;
      continue;
    }
    exchange.text = changed(exchange.text, terms);
    exchange.shared = changed(exchange.shared, terms);
    taken.push_back(std::move(exchange));
  }
  if (missed != 0) throw std::runtime_error("left out, and not there: " + folder.string());
  return taken;
}

}  // namespace

std::vector<RecordedExchange> exchanges_in(const std::string& folder) {
  auto exchanges = own_exchanges(folder);
  const json::object shared = json::parse(read(fs::path(folder) / "shared.json")).as_object();
  if (const auto* terms = shared.if_contains("as_recorded_of")) {
    auto taken = taken_over(folder, terms->as_object());
    exchanges.insert(exchanges.end(), std::make_move_iterator(taken.begin()),
                     std::make_move_iterator(taken.end()));
  }
  return exchanges;
}

}  // namespace herald
