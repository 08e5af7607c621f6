// The schema in numbered steps (migrations/sqlite/0NN_*.sql), built into the program.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "domain/result.h"
#include "store/sqlite/connection.h"

namespace herald {

struct Migration {
  int number = 0;
  std::string_view name;  // "001_identity"
  std::string_view sql;
};

// In the order of their numbers. Made at build time by cmake/migrations.cmake.
std::span<const Migration> sqlite_migrations();

// Applies what is missing, each in a transaction of its own, and notes it in schema_migrations.
// unavailable: the database is from a newer program (code "store_is_newer"), or was made by steps
// that read otherwise than ours (code "store_differs").
Result<Done> migrate(SqliteConnection& connection, std::span<const Migration> migrations, Time now);

// The same refusals, and another where something is missing (code "store_is_older"): for who may
// not change the schema.
Result<Done> check_migrated(SqliteConnection& connection, std::span<const Migration> migrations);

// Of a migration's text; FNV-1a of 64 bits, in hex.
std::string checksum(std::string_view text);

}  // namespace herald
