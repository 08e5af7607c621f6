#include "store/sqlite/connection.h"

#include <sqlite3.h>

namespace herald {
namespace {

constexpr int kBusyTimeoutMs = 5'000;

[[noreturn]] void raise(sqlite3* database, int code) {
  throw SqliteFailure(code, std::string(sqlite3_errstr(code)) + ": " + sqlite3_errmsg(database));
}

}  // namespace

Error SqliteFailure::error() const {
  switch (code_ & 0xff) {
    case SQLITE_FULL:
      return Error{ErrorKind::unavailable,
                   "There is no space left to store this. Free some, then try again.",
                   text_,
                   {},
                   "storage_full"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_NOMEM:
      return Error{ErrorKind::unavailable,
                   "The store cannot be read or written just now. Try again soon.",
                   text_,
                   {},
                   "storage_failed"};
    default:
      return Error{ErrorKind::internal, "This could not be stored.", text_, {}, {}};
  }
}

bool SqliteFailure::is_disk_fault() const { return (code_ & 0xff) == SQLITE_IOERR; }

Error thrown_error() {
  try {
    throw;
  } catch (const SqliteFailure& failure) {
    return failure.error();
  } catch (const std::exception& other) {
    return Error{ErrorKind::internal, "This could not be stored.", other.what(), {}, {}};
  }
}

Rows::~Rows() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

void Rows::bind_sql(const Sql& value) {
  const int at = ++parameter_;
  const char* data = value.text.data() == nullptr ? "" : value.text.data();
  int code = SQLITE_OK;
  switch (value.type) {
    case Sql::Type::null:
      code = sqlite3_bind_null(statement_, at);
      break;
    case Sql::Type::integer:
      code = sqlite3_bind_int64(statement_, at, value.integer);
      break;
    case Sql::Type::text:
      code = sqlite3_bind_text64(statement_, at, data, value.text.size(), SQLITE_TRANSIENT,
                                 SQLITE_UTF8);
      break;
    case Sql::Type::blob:
      code = sqlite3_bind_blob64(statement_, at, data, value.text.size(), SQLITE_TRANSIENT);
      break;
  }
  if (code != SQLITE_OK) raise(database_, code);
}

bool Rows::next() {
  column_ = 0;
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) raise(database_, code);
  return false;
}

Sql Rows::column() {
  // Of a statement that only this thread uses, the value may be read in place.
  sqlite3_value* const value = sqlite3_column_value(statement_, column_++);
  const auto size = [&] { return static_cast<std::size_t>(sqlite3_value_bytes(value)); };
  switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
      return {Sql::Type::integer, sqlite3_value_int64(value), {}};
    case SQLITE_TEXT: {
      const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
      return {Sql::Type::text, 0, {text, size()}};
    }
    case SQLITE_BLOB: {
      const auto* bytes = static_cast<const char*>(sqlite3_value_blob(value));
      return {Sql::Type::blob, 0, {bytes, size()}};
    }
    default:
      return {};
  }
}

SqliteConnection::SqliteConnection(const std::string& file, Mode mode) {
  // Nobody asks how much memory is in use; counting it takes a lock that all threads share.
  static const int uncounted [[maybe_unused]] = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  const int flags =
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(file.c_str(), &database_, flags, nullptr);
  try {
    if (code != SQLITE_OK) raise(database_, code);
    // First of all: switching to WAL while another connection closes would answer "locked".
    sqlite3_busy_timeout(database_, kBusyTimeoutMs);
    script("PRAGMA journal_mode = WAL; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;");
    if (mode == Mode::write) {
      // Checkpoints are made by another thread, so that no caller waits for one.
      script(
          "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = FAST;"
          "PRAGMA cache_size = -8000; PRAGMA journal_size_limit = 33554432;"
          "PRAGMA wal_autocheckpoint = 0;");
      sqlite3_wal_hook(
          database_,
          [](void* self, sqlite3*, const char*, int pages) {
            static_cast<SqliteConnection*>(self)->log_pages_ = pages;
            return SQLITE_OK;
          },
          this);
    } else {
      script(
          "PRAGMA query_only = ON; PRAGMA cache_size = -1000;"
          "PRAGMA wal_autocheckpoint = 0;");
    }
  } catch (...) {
    sqlite3_close(database_);
    throw;
  }
}

SqliteConnection::~SqliteConnection() {
  for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
  sqlite3_close(database_);
}

void SqliteConnection::script(const std::string& sql) {
  const int code = sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) raise(database_, code);
}

bool SqliteConnection::in_transaction() const { return sqlite3_get_autocommit(database_) == 0; }

void SqliteConnection::checkpoint() {
  int pages = 0;
  int moved = 0;
  const int code =
      sqlite3_wal_checkpoint_v2(database_, nullptr, SQLITE_CHECKPOINT_PASSIVE, &pages, &moved);
  if (code != SQLITE_OK) raise(database_, code);
  if (moved == pages) log_pages_ = 0;  // The next commit begins the log anew.
}

sqlite3_stmt* SqliteConnection::prepared(std::string_view sql) {
  const auto known = statements_.find(sql);
  if (known != statements_.end()) return known->second;
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(database_, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) raise(database_, code);
  statements_.emplace(sql, statement);
  return statement;
}

int SqliteConnection::changes() const { return sqlite3_changes(database_); }

}  // namespace herald
