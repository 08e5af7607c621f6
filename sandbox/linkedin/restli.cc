#include "sandbox/linkedin/restli.h"

#include <algorithm>
#include <charconv>

#include "sandbox/call.h"

namespace herald::sandbox::linkedin {

namespace {

std::string decoded(std::string_view raw) {
  const auto fields = parse_form("v=" + std::string(raw));
  return fields.empty() ? std::string() : fields.front().value;
}

class Reader {
 public:
  explicit Reader(std::string_view rest) : rest_(rest) {}

  std::optional<Value> whole() {
    auto value = next(0);
    if (!rest_.empty()) return {};
    return value;
  }

 private:
  static constexpr int kDeepest = 8;

  bool take(std::string_view sign) {
    if (!rest_.starts_with(sign)) return false;
    rest_.remove_prefix(sign.size());
    return true;
  }

  std::string_view take_text() {
    const auto text = rest_.substr(0, rest_.find_first_of("(),:"));
    rest_.remove_prefix(text.size());
    return text;
  }

  std::optional<Value> next(int depth) {
    if (depth > kDeepest) return {};
    if (take("List(")) return list(depth);
    if (take("(")) return object(depth);
    return Value{.text = decoded(take_text())};
  }

  std::optional<Value> list(int depth) {
    Value value{.kind = Value::Kind::list};
    if (take(")")) return value;
    do {
      auto item = next(depth + 1);
      if (!item) return {};
      value.items.push_back(std::move(*item));
    } while (take(","));
    if (!take(")")) return {};
    return value;
  }

  std::optional<Value> object(int depth) {
    Value value{.kind = Value::Kind::object};
    if (take(")")) return value;
    do {
      auto name = decoded(take_text());
      if (!take(":")) return {};
      auto member = next(depth + 1);
      if (!member) return {};
      value.names.push_back(std::move(name));
      value.items.push_back(std::move(*member));
    } while (take(","));
    if (!take(")")) return {};
    return value;
  }

  std::string_view rest_;
};

}  // namespace

const Value* Value::member(std::string_view name) const {
  const auto found = std::ranges::find(names, name);
  return found == names.end() ? nullptr : &items[static_cast<std::size_t>(found - names.begin())];
}

std::optional<Value> read_value(std::string_view raw) { return Reader(raw).whole(); }

std::optional<Query> Query::read(std::string_view raw) {
  Query query;
  while (!raw.empty()) {
    const auto end = std::min(raw.find('&'), raw.size());
    const auto pair = raw.substr(0, end);
    raw.remove_prefix(std::min(end + 1, raw.size()));
    const auto equals = std::min(pair.find('='), pair.size());
    auto value = read_value(pair.substr(std::min(equals + 1, pair.size())));
    if (!value) return {};
    query.values_.emplace_back(decoded(pair.substr(0, equals)), std::move(*value));
  }
  return query;
}

const Value* Query::find(std::string_view name) const {
  for (const auto& [held, value] : values_)
    if (held == name) return &value;
  return nullptr;
}

std::string Query::text(std::string_view name) const {
  const auto* value = find(name);
  return value == nullptr ? std::string() : value->text;
}

std::vector<std::string> Query::texts(std::string_view name) const {
  std::vector<std::string> texts;
  if (const auto* value = find(name))
    for (const auto& item : value->items) texts.push_back(item.text);
  return texts;
}

std::int64_t Query::number(std::string_view name, std::int64_t otherwise) const {
  const auto held = text(name);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(held.data(), held.data() + held.size(), value);
  return error == std::errc() && end == held.data() + held.size() ? value : otherwise;
}

}  // namespace herald::sandbox::linkedin
