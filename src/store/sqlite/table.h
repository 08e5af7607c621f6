// One description of each table (which column holds which member) serves reading, inserting and
// updating.
//
//   template <> struct Table<Thing> {
//     static constexpr const char* kName = "things";
//     static constexpr int kKeys = 2;  // So many of the first fixed columns are the primary key.
//     template <class Row, class Column> static void fixed(Row& row, Column&& column);   // Never
//     template <class Row, class Column> static void moving(Row& row, Column&& column);  //
//     updated.
//   };
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ports/post_store.h"
#include "store/sqlite/connection.h"

namespace herald {

template <class T>
struct Table;

// A column that is not a member of the row.
template <class T>
struct Also {
  std::string_view column;
  const T& value;
};
template <class T>
Also<T> also(std::string_view column, const T& value) {
  return {column, value};
}

// "a, b, c" and how many they are.
struct ColumnNames {
  std::string text;
  int count = 0;

  void add(std::string_view name) {
    if (count++ > 0) text += ", ";
    text += name;
  }
  std::string marks() const {
    std::string marks = "?";
    for (int i = 1; i < count; ++i) marks += ", ?";
    return marks;
  }
};

template <class T>
ColumnNames moving_columns() {
  ColumnNames names;
  const T row{};
  Table<T>::moving(row, [&](std::string_view name, const auto&) { names.add(name); });
  return names;
}

template <class T>
ColumnNames all_columns() {
  ColumnNames names;
  const T row{};
  const auto add = [&](std::string_view name, const auto&) { names.add(name); };
  Table<T>::fixed(row, add);
  Table<T>::moving(row, add);
  return names;
}

// " WHERE a = ? AND b = ?" of the primary key.
template <class T>
std::string key_condition() {
  std::string text;
  int left = Table<T>::kKeys;
  const T row{};
  Table<T>::fixed(row, [&](std::string_view name, const auto&) {
    if (left-- > 0) text.append(text.empty() ? " WHERE " : " AND ").append(name).append(" = ?");
  });
  return text;
}

template <class T>
T read_row(Rows& rows) {
  T row{};
  const auto read = [&](std::string_view, auto&& member) { rows.read(member); };
  Table<T>::fixed(row, read);
  Table<T>::moving(row, read);
  return row;
}

// The rows that `from` ("things WHERE ... ORDER BY ...") gives.
template <class T, class... Values>
std::vector<T> select_from(SqliteConnection& connection, std::string_view from,
                           const Values&... values) {
  static const std::string head = "SELECT " + all_columns<T>().text + " FROM ";
  Rows rows = connection.query(head + std::string(from), values...);
  std::vector<T> found;
  while (rows.next()) found.push_back(read_row<T>(rows));
  return found;
}

// The rows of the table that `tail` ("WHERE ... ORDER BY ...") says.
template <class T, class... Values>
std::vector<T> select(SqliteConnection& connection, std::string_view tail,
                      const Values&... values) {
  static const std::string name = std::string(Table<T>::kName) + " ";
  return select_from<T>(connection, name + std::string(tail), values...);
}

template <class T, class... Keys>
std::optional<T> find(SqliteConnection& connection, const Keys&... keys) {
  static const std::string condition = key_condition<T>();
  std::vector<T> found = select<T>(connection, condition, keys...);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

// A page is read with one row more than asked for, which tells whether there are more.
inline int rows_to_read(const PageRequest& page) { return std::max(page.limit, 0) + 1; }

template <class T>
PageOf<T> page_of(std::vector<T> rows, const PageRequest& page) {
  const bool more = std::ssize(rows) == rows_to_read(page);
  if (more) rows.pop_back();
  return {.rows = std::move(rows), .more = more};
}

template <class T, class... Others>
void insert(SqliteConnection& connection, const T& row, const Also<Others>&... others) {
  static const ColumnNames own = all_columns<T>();
  ColumnNames names = own;
  (names.add(others.column), ...);
  Rows rows = connection.query(std::string("INSERT INTO ") + Table<T>::kName + " (" + names.text +
                               ") VALUES (" + names.marks() + ")");
  const auto bind = [&](std::string_view, const auto& member) { rows.bind(member); };
  Table<T>::fixed(row, bind);
  Table<T>::moving(row, bind);
  (rows.bind(others.value), ...);
  rows.next();
}

// Writes the moving columns, and the others, of the row with this key.
template <class T, class... Others>
void update(SqliteConnection& connection, const T& row, const Also<Others>&... others) {
  static const ColumnNames own = moving_columns<T>();
  static const std::string condition = key_condition<T>();
  ColumnNames names = own;
  (names.add(others.column), ...);
  Rows rows = connection.query(std::string("UPDATE ") + Table<T>::kName + " SET (" + names.text +
                               ") = (" + names.marks() + ")" + condition);
  Table<T>::moving(row, [&](std::string_view, const auto& member) { rows.bind(member); });
  (rows.bind(others.value), ...);
  int left = Table<T>::kKeys;
  Table<T>::fixed(row, [&](std::string_view, const auto& member) {
    if (left-- > 0) rows.bind(member);
  });
  rows.next();
}

}  // namespace herald
