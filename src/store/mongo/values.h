// How values of the domain stand in documents: ids, text and enum names as strings, numbers as
// 64-bit integers, times and days as dates, lengths of time as milliseconds, sealed bytes as
// binary, an absent value as null. What is structured stands as a document or an array; a map as an
// array of {name, value}, because names may hold dots and dollars.
//
// put() adds a field; take() reads one and is false where it has another type.
#pragma once

#include <concepts>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "domain/capability.h"
#include "domain/measurement.h"
#include "domain/post.h"
#include "ports/stored_names.h"
#include "store/mongo/bson.h"

namespace herald::mongo {

// Marks bytes that are not text.
template <class String>
struct Bytes {
  String& bytes;
};
template <class String>
Bytes<String> bytes(String& value) {
  return {value};
}

template <class E>
concept Enum = std::is_enum_v<E>;

// ---------------------------------------------------------------- Writing

inline void put(Bson& into, std::string_view name, std::string_view value) {
  into.add_text(name, value);
}
inline void put(Bson& into, std::string_view name, const std::string& value) {
  into.add_text(name, value);
}
inline void put(Bson& into, std::string_view name, const char* value) {
  into.add_text(name, value);
}
template <std::integral T>
void put(Bson& into, std::string_view name, T value) {
  if constexpr (std::is_same_v<T, bool>) {
    into.add_bool(name, value);
  } else {
    into.add_integer(name, static_cast<std::int64_t>(value));
  }
}
inline void put(Bson& into, std::string_view name, double value) { into.add_number(name, value); }
inline void put(Bson& into, std::string_view name, std::nullopt_t) { into.add_null(name); }
inline void put(Bson& into, std::string_view name, Time value) {
  into.add_date(name, to_ms(value));
}
inline void put(Bson& into, std::string_view name, Day value) { put(into, name, Time(value)); }
inline void put(Bson& into, std::string_view name, Duration value) {
  into.add_integer(name, value.count());
}
inline void put(Bson& into, std::string_view name, const Bson& value) {
  into.add_document(name, value);
}
template <class Tag>
void put(Bson& into, std::string_view name, const Id<Tag>& id) {
  into.add_text(name, id.value);
}
template <Enum E>
void put(Bson& into, std::string_view name, E value) {
  into.add_text(name, stored_name(value));
}
template <class String>
void put(Bson& into, std::string_view name, const Bytes<String>& value) {
  into.add_binary(name, value.bytes);
}
void put(Bson& into, std::string_view name, const MediaFacts& facts);
void put(Bson& into, std::string_view name, const Meter& meter);
void put(Bson& into, std::string_view name, const Fence& fence);
void put(Bson& into, std::string_view name, const MediaUse& use);
void put(Bson& into, std::string_view name, const Target& target);
void put(Bson& into, std::string_view name, const OptionChoice& choice);
void put(Bson& into, std::string_view name, const OptionValue& option);

template <class T>
void put(Bson& into, std::string_view name, const std::vector<T>& list) {
  Bson items;
  for (std::size_t i = 0; i < list.size(); ++i) put(items, std::to_string(i), list[i]);
  into.add_array(name, items);
}
template <class T>
void put(Bson& into, std::string_view name, const std::map<std::string, T>& map) {
  Bson items;
  int index = 0;
  for (const auto& [key, value] : map) {
    Bson pair;
    put(pair, "name", key);
    put(pair, "value", value);
    items.add_document(std::to_string(index++), pair);
  }
  into.add_array(name, items);
}
template <class T>
void put(Bson& into, std::string_view name, const std::optional<T>& value) {
  if (value) {
    put(into, name, *value);
  } else {
    into.add_null(name);
  }
}

inline void put_all(Bson&) {}
template <class T, class... Rest>
void put_all(Bson& into, std::string_view name, const T& value, const Rest&... rest) {
  put(into, name, value);
  put_all(into, rest...);
}
// document("state", "waiting", "expires_at", document("$gt", now))
template <class... NamesAndValues>
Bson document(const NamesAndValues&... fields) {
  Bson made;
  put_all(made, fields...);
  return made;
}

inline void put(Bson& into, std::string_view name, const std::vector<Bson>& list) {
  Bson items;
  for (std::size_t i = 0; i < list.size(); ++i) items.add_document(std::to_string(i), list[i]);
  into.add_array(name, items);
}
// documents(document(...), document(...)): an array, as "$or" takes it.
template <class... Documents>
std::vector<Bson> documents(Documents&&... some) {
  std::vector<Bson> list;
  (list.push_back(std::forward<Documents>(some)), ...);
  return list;
}

// ---------------------------------------------------------------- Reading

inline bool take(const Value& value, std::string& into) {
  into = value.bytes;
  return value.type == Value::Type::text;
}
inline bool take(const Value& value, bool& into) {
  into = value.integer != 0;
  return value.type == Value::Type::boolean;
}
template <std::integral T>
bool take(const Value& value, T& into) {
  into = static_cast<T>(value.integer);
  return value.type == Value::Type::integer;
}
inline bool take(const Value& value, double& into) {
  into = value.type == Value::Type::integer ? static_cast<double>(value.integer) : value.number;
  return value.type == Value::Type::number || value.type == Value::Type::integer;
}
inline bool take(const Value& value, Time& into) {
  into = from_ms(value.integer);
  return value.type == Value::Type::date;
}
inline bool take(const Value& value, Day& into) {
  into = std::chrono::floor<std::chrono::days>(from_ms(value.integer));
  return value.type == Value::Type::date;
}
inline bool take(const Value& value, Duration& into) {
  into = Duration(value.integer);
  return value.type == Value::Type::integer;
}
template <class Tag>
bool take(const Value& value, Id<Tag>& into) {
  return take(value, into.value);
}
template <Enum E>
bool take(const Value& value, E& into) {
  const auto known = enum_named<E>(value.bytes);
  if (known) into = *known;
  return known && value.type == Value::Type::text;
}
inline bool take(const Value& value, Bytes<std::string> into) {
  into.bytes = value.bytes;
  return value.type == Value::Type::binary;
}
bool take(const Value& value, MediaFacts& facts);
bool take(const Value& value, Meter& meter);
bool take(const Value& value, Fence& fence);
bool take(const Value& value, MediaUse& use);
bool take(const Value& value, Target& target);
bool take(const Value& value, OptionChoice& choice);
bool take(const Value& value, OptionValue& option);

template <class T>
bool take(const Value& value, std::vector<T>& list) {
  list.clear();
  if (value.type != Value::Type::array) return false;
  for (const Field& item : fields_of(value.bytes)) {
    if (!take(item.value, list.emplace_back())) return false;
  }
  return true;
}
template <class T>
bool take(const Value& value, std::map<std::string, T>& map) {
  map.clear();
  if (value.type != Value::Type::array) return false;
  for (const Field& item : fields_of(value.bytes)) {
    if (item.value.type != Value::Type::document) return false;
    std::string key;
    T one{};
    for (const Field& part : fields_of(item.value.bytes)) {
      if (part.name == "name" && !take(part.value, key)) return false;
      if (part.name == "value" && !take(part.value, one)) return false;
    }
    map.insert_or_assign(std::move(key), std::move(one));
  }
  return true;
}
template <class T>
bool take(const Value& value, std::optional<T>& into) {
  into.reset();
  return value.type == Value::Type::null || take(value, into.emplace());
}

}  // namespace herald::mongo
