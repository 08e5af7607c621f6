#include "tests/isolation/yaml.h"

#include <boost/json.hpp>
#include <cstddef>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace herald::isolation {
namespace {

namespace json = boost::json;

struct Line {
  std::size_t number = 0;
  std::size_t indent = 0;
  std::string text;
};

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

class Reader {
 public:
  explicit Reader(std::string_view text) {
    for (std::size_t number = 1; !text.empty(); ++number) {
      const auto end = std::min(text.find('\n'), text.size());
      const auto line = text.substr(0, end);
      text.remove_prefix(std::min(end + 1, text.size()));
      const auto first = line.find_first_not_of(' ');
      if (first == line.npos || line[first] == '#') continue;
      lines_.push_back({number, first, std::string(line.substr(first))});
    }
  }

  json::value document() {
    json::value all = block();
    if (at_ < lines_.size()) refuse("not expected here");
    return all;
  }

 private:
  [[noreturn]] void refuse(const std::string& why) const {
    const Line& line = lines_[std::min(at_, lines_.size() - 1)];
    throw std::runtime_error("line " + std::to_string(line.number) + ": " + why + ": " + line.text);
  }

  bool goes_on(std::size_t indent) const {
    return at_ < lines_.size() && lines_[at_].indent == indent;
  }

  // Everything that stands as far in as the next line, or further.
  json::value block() {
    if (at_ == lines_.size()) return nullptr;
    const std::size_t indent = lines_[at_].indent;
    if (lines_[at_].text.starts_with("- ")) {
      json::array list;
      while (goes_on(indent) && lines_[at_].text.starts_with("- ")) list.push_back(item());
      return list;
    }
    if (lines_[at_].text.find_first_of("{[") == 0) {
      const std::string text = lines_[at_++].text;
      return scalar_or_flow(text);
    }
    json::object map;
    while (goes_on(indent)) {
      std::string_view rest = lines_[at_].text;
      const std::string key = key_of(rest);
      const std::string value(trimmed(rest));
      ++at_;
      map[key] = value_of(value, indent);
    }
    return map;
  }

  // "- name: x" begins a mapping two further in.
  json::value item() {
    Line& line = lines_[at_];
    const std::string text(trimmed(std::string_view(line.text).substr(2)));
    const bool mapping =
        text.find_first_of("{[\"'*") != 0 && (text.contains(": ") || text.ends_with(':'));
    if (!mapping) {
      ++at_;
      return scalar_or_flow(text);
    }
    line.indent += 2;
    line.text = text;
    return block();
  }

  // Takes "key:" from the front.
  std::string key_of(std::string_view& text) {
    const char quote = text.front();
    if (quote == '"' || quote == '\'') {
      std::string key = quoted(text);
      if (!text.starts_with(':')) refuse("a key ends in ':'");
      text.remove_prefix(1);
      return key;
    }
    auto end = text.find(": ");
    if (end == text.npos && text.ends_with(':')) end = text.size() - 1;
    if (end == text.npos) refuse("a key ends in ':'");
    std::string key(text.substr(0, end));
    text.remove_prefix(end + 1);
    return key;
  }

  json::value value_of(std::string text, std::size_t indent) {
    std::string anchor;
    if (text.starts_with('&')) anchor = text.substr(1), text.clear();
    json::value value;
    if (text.empty()) {
      if (at_ < lines_.size() && lines_[at_].indent > indent) value = block();
    } else if (text.starts_with('|') || text.starts_with('>')) {
      while (at_ < lines_.size() && lines_[at_].indent > indent) ++at_;
      value = "";
    } else {
      value = scalar_or_flow(text);
    }
    if (!anchor.empty()) anchors_[anchor] = value;
    return value;
  }

  json::value scalar_or_flow(std::string_view text) {
    if (text.starts_with('*')) {
      const auto known = anchors_.find(std::string(text.substr(1)));
      if (known == anchors_.end()) refuse("no such anchor");
      return known->second;
    }
    if (text.find_first_of("{[\"'") != 0) return json::value(text);
    json::value value = flow(text);
    if (!trimmed(text).empty()) refuse("more than one value in a line");
    return value;
  }

  // Takes one value from the front.
  json::value flow(std::string_view& text) {
    text = trimmed(text);
    if (text.starts_with('"') || text.starts_with('\'')) return json::value(quoted(text));
    if (text.starts_with('{')) return flow_map(text);
    if (text.starts_with('[')) return flow_list(text);
    const auto end = std::min(text.find_first_of(",}]"), text.size());
    const std::string word(trimmed(text.substr(0, end)));
    text.remove_prefix(end);
    return json::value(word);
  }

  json::value flow_map(std::string_view& text) {
    json::object map;
    text = trimmed(text.substr(1));
    while (!text.starts_with('}')) {
      const std::string key = key_of(text);
      map[key] = flow(text);
      separate(text, '}');
    }
    text.remove_prefix(1);
    return map;
  }

  json::value flow_list(std::string_view& text) {
    json::array list;
    text = trimmed(text.substr(1));
    while (!text.starts_with(']')) {
      list.push_back(flow(text));
      separate(text, ']');
    }
    text.remove_prefix(1);
    return list;
  }

  void separate(std::string_view& text, char end) const {
    text = trimmed(text);
    if (text.starts_with(',')) {
      text = trimmed(text.substr(1));
    } else if (!text.starts_with(end)) {
      refuse(std::string("',' or '") + end + "' is missing");
    }
  }

  std::string quoted(std::string_view& text) const {
    const char quote = text.front();
    std::string value;
    std::size_t at = 1;
    for (; at < text.size() && text[at] != quote; ++at) {
      if (quote == '"' && text[at] == '\\') ++at;
      if (at < text.size()) value += text[at];
    }
    if (at >= text.size()) refuse("a quote is not closed");
    text.remove_prefix(at + 1);
    return value;
  }

  std::vector<Line> lines_;
  std::size_t at_ = 0;
  std::map<std::string, json::value> anchors_;
};

}  // namespace

boost::json::value read_yaml(std::string_view text) { return Reader(text).document(); }

}  // namespace herald::isolation
