// One connection to the database file and its prepared statements. Used by one thread at a time.
// What SQLite refuses is thrown as SqliteFailure and caught where an act ends; it never leaves the
// room.
#pragma once

#include <exception>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "domain/result.h"
#include "store/sqlite/values.h"

struct sqlite3;
struct sqlite3_stmt;

namespace herald {

class SqliteFailure : public std::exception {
 public:
  SqliteFailure(int code, std::string text) : code_(code), text_(std::move(text)) {}
  const char* what() const noexcept override { return text_.c_str(); }
  // unavailable for what may pass (a full disk has the code "storage_full"), else internal.
  Error error() const;
  bool is_disk_fault() const;  // Reading, writing or syncing failed; not for want of space.

 private:
  int code_;  // Extended.
  std::string text_;
};

// The error of whatever an act threw; call it in a catch block.
Error thrown_error();

// A statement being run: before its first row at the start, given back to its connection at the
// end. The text of a column is valid until next().
class Rows {
 public:
  template <class... Values>
  Rows(sqlite3* database, sqlite3_stmt* statement, const Values&... values)
      : database_(database), statement_(statement) {
    (bind(values), ...);
  }
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;
  ~Rows();

  // The next parameter.
  template <class T>
  void bind(const T& value) {
    bind_sql(to_sql(value));
  }
  template <class T>
  void bind(const Json<T>& json) {
    bind_sql(to_sql(to_json_text(json.value)));
  }
  template <class T>
  void bind(const Json<const std::optional<T>>& json) {
    json.value ? bind_sql(to_sql(to_json_text(*json.value))) : bind_sql({});
  }

  bool next();  // Moves to the next row; false: there is none.

  // The columns of a row, left to right.
  template <class T>
  T get() {
    T value{};
    read(value);
    return value;
  }
  template <class T>
  void read(T&& into) {
    from_sql(column(), into);
  }

 private:
  void bind_sql(const Sql& value);
  Sql column();

  sqlite3* database_;
  sqlite3_stmt* statement_;
  int parameter_ = 0;
  int column_ = 0;
};

class SqliteConnection {
 public:
  enum class Mode { write, read };
  SqliteConnection(const std::string& file, Mode mode);
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;
  ~SqliteConnection();

  // Prepared once for each text. A text that is being run must not be run again inside.
  template <class... Values>
  Rows query(std::string_view sql, const Values&... values) {
    return Rows(database_, prepared(sql), values...);
  }
  // Runs a statement that gives no rows; returns how many it changed.
  template <class... Values>
  int run(std::string_view sql, const Values&... values) {
    query(sql, values...).next();
    return changes();
  }
  // Is there such a row?
  template <class... Values>
  bool any(std::string_view sql, const Values&... values) {
    return query(sql, values...).next();
  }
  void script(const std::string& sql);  // Several statements; nothing is kept prepared.
  bool in_transaction() const;
  // Pages in the write-ahead log after the last commit of this connection.
  int log_pages() const { return log_pages_; }
  // Copies what it can of the write-ahead log into the database file, without waiting for anyone.
  void checkpoint();

 private:
  sqlite3_stmt* prepared(std::string_view sql);
  int changes() const;

  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  sqlite3* database_ = nullptr;
  int log_pages_ = 0;
  std::unordered_map<std::string, sqlite3_stmt*, Hash, std::equal_to<>> statements_;
};

}  // namespace herald
