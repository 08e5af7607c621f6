// How values of the domain stand in columns: ids, text and enum names as TEXT, sealed bytes as
// BLOB, times as milliseconds, days by their number, structured parts as JSON text.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "domain/ids.h"
#include "domain/measurement.h"
#include "domain/time.h"
#include "store/sqlite/json_columns.h"
#include "store/sqlite/names.h"

namespace herald {

// A value on its way into or out of a column; text and bytes are borrowed.
struct Sql {
  enum class Type { null, integer, text, blob };

  Type type = Type::null;
  std::int64_t integer = 0;
  std::string_view text;
};

// Marks bytes that are not text.
template <class String>
struct Bytes {
  String& bytes;
};
template <class String>
Bytes<String> bytes(String& value) {
  return {value};
}

// Marks what is kept as JSON.
template <class T>
struct Json {
  T& value;
};
template <class T>
Json<T> json(T& value) {
  return {value};
}

template <class E>
concept Enum = std::is_enum_v<E>;

inline Sql to_sql(std::string_view value) { return {Sql::Type::text, 0, value}; }
inline Sql to_sql(const std::string& value) { return to_sql(std::string_view(value)); }
inline Sql to_sql(const char* value) { return to_sql(std::string_view(value)); }
inline Sql to_sql(std::integral auto value) {
  return {Sql::Type::integer, static_cast<std::int64_t>(value), {}};
}
inline Sql to_sql(Time value) { return to_sql(to_ms(value)); }
inline Sql to_sql(Duration value) { return to_sql(value.count()); }
inline Sql to_sql(Day value) { return to_sql(value.time_since_epoch().count()); }
template <class Tag>
Sql to_sql(const Id<Tag>& id) {
  return to_sql(id.value);
}
inline Sql to_sql(Enum auto value) { return to_sql(stored_name(value)); }
template <class String>
Sql to_sql(const Bytes<String>& value) {
  return {Sql::Type::blob, 0, value.bytes};
}
template <class T>
Sql to_sql(const std::optional<T>& value) {
  return value ? to_sql(*value) : Sql{};
}

inline void from_sql(const Sql& sql, std::string& value) { value = sql.text; }
template <class Tag>
void from_sql(const Sql& sql, Id<Tag>& value) {
  value.value = sql.text;
}
template <std::integral T>
void from_sql(const Sql& sql, T& value) {
  value = static_cast<T>(sql.integer);
}
inline void from_sql(const Sql& sql, Time& value) { value = from_ms(sql.integer); }
inline void from_sql(const Sql& sql, Duration& value) { value = Duration(sql.integer); }
inline void from_sql(const Sql& sql, Day& value) { value = Day(std::chrono::days(sql.integer)); }
template <Enum E>
void from_sql(const Sql& sql, E& value) {
  value = enum_of<E>(sql.text);
}
template <class T>
void from_sql(const Sql& sql, std::optional<T>& value) {
  value.reset();
  if (sql.type != Sql::Type::null) from_sql(sql, value.emplace());
}
inline void from_sql(const Sql& sql, Bytes<std::string> value) { value.bytes = sql.text; }
template <class T>
void from_sql(const Sql& sql, Json<T> value) {
  if (sql.type == Sql::Type::null) {
    value.value = T{};
  } else {
    from_json_text(sql.text, value.value);
  }
}

}  // namespace herald
