#include "net/secret_fields.h"

#include <boost/json.hpp>
#include <cstring>
#include <utility>

#include "net/wipe.h"

namespace herald {
namespace {

namespace json = boost::json;

// A field that is looked for from here on.
struct Wanted {
  std::string_view rest;  // Of its pointer: "" is this value, "/data/*/token" one further in.
  std::string name;
};
using Wants = std::vector<Wanted>;

struct Place {
  std::size_t begin = 0;  // Of the string with its quotes.
  std::size_t end = 0;
  std::string name;
};

// Those of `wants` that go on inside the member or item named `part`.
Wants inside(const Wants& wants, std::string_view part, const std::string& index = {}) {
  Wants inner;
  for (const auto& [rest, name] : wants) {
    if (rest.empty()) continue;
    const auto end = std::min(rest.find('/', 1), rest.size());
    if (rest.substr(1, end - 1) != part) continue;
    inner.push_back({rest.substr(end), index.empty() ? name : name + "/" + index});
  }
  return inner;
}

json::string decoded(std::string_view quoted) { return json::parse(quoted).as_string(); }

// Walks a text that the parser has found to be JSON, and so checks nothing itself.
class Walk {
 public:
  explicit Walk(std::string_view text) : text_(text) {}

  std::vector<Place> run(const Wants& wants) {
    value(wants);
    return std::move(places_);
  }

 private:
  void value(const Wants& wants) {
    skip_space();
    if (text_[at_] == '{') return object(wants);
    if (text_[at_] == '[') return array(wants);
    if (text_[at_] != '"') {
      at_ = std::min(text_.find_first_of(",]} \t\r\n", at_), text_.size());
      return;
    }
    const auto begin = at_;
    skip_string();
    for (const auto& one : wants) {
      if (one.rest.empty()) return places_.push_back({begin, at_, one.name});
    }
  }

  void object(const Wants& wants) {
    while (next_item('}')) {
      const auto begin = at_;
      skip_string();
      const auto key = text_.substr(begin, at_ - begin);
      skip_space();
      ++at_;  // The colon.
      value(wants.empty() ? wants : inside(wants, decoded(key)));
    }
  }

  void array(const Wants& wants) {
    for (std::size_t i = 0; next_item(']'); ++i) {
      value(wants.empty() ? wants : inside(wants, "*", std::to_string(i)));
    }
  }

  // Past the bracket or comma to the next item; false: past the closing bracket.
  bool next_item(char close) {
    skip_space();
    if (text_[at_] != close) ++at_;
    skip_space();
    if (text_[at_] != close) return true;
    ++at_;
    return false;
  }

  void skip_space() { at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size()); }

  void skip_string() {
    for (++at_; text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\\') ++at_;
    }
    ++at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Place> places_;
};

bool is_json(std::string_view text) {
  boost::system::error_code failed;
  json::parse(text, failed);
  return !failed;
}

}  // namespace

std::map<std::string, Secret> take_secrets(std::string& body,
                                           const std::vector<SecretField>& fields) {
  std::map<std::string, Secret> taken;
  if (fields.empty() || !is_json(body)) return taken;
  Wants wants;
  for (const auto& field : fields) wants.push_back({field.pointer, field.name});
  const auto places = Walk(body).run(wants);
  if (places.empty()) return taken;

  std::string rest;
  std::size_t at = 0;
  for (const auto& place : places) {
    auto text = decoded(std::string_view(body).substr(place.begin, place.end - place.begin));
    taken.insert_or_assign(place.name, Secret({text.data(), text.size()}));
    explicit_bzero(text.data(), text.size());
    rest.append(body, at, place.begin - at);
    rest.append(json::serialize("secret:" + place.name));
    at = place.end;
  }
  rest.append(body, at);
  wipe(body);
  body = std::move(rest);
  return taken;
}

}  // namespace herald
