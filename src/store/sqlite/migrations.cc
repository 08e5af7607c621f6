#include "store/sqlite/migrations.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <vector>

#include "ports/store_refusals.h"

namespace herald {
namespace {

struct Applied {
  std::string name;
  std::string checksum;
};

std::map<int, Applied> applied_migrations(SqliteConnection& connection) {
  connection.script(
      "CREATE TABLE IF NOT EXISTS schema_migrations ("
      " number INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL,"
      " applied_at INTEGER NOT NULL) STRICT");
  std::map<int, Applied> applied;
  Rows rows = connection.query("SELECT number, name, checksum FROM schema_migrations");
  while (rows.next()) {
    const int number = rows.get<int>();
    Applied& row = applied[number];
    rows.read(row.name);
    rows.read(row.checksum);
  }
  return applied;
}

void apply(SqliteConnection& connection, const Migration& migration, Time now) {
  connection.run("BEGIN IMMEDIATE");
  try {
    connection.script(std::string(migration.sql));
    connection.run("INSERT INTO schema_migrations VALUES (?, ?, ?, ?)", migration.number,
                   migration.name, checksum(migration.sql), now);
    connection.run("COMMIT");
  } catch (...) {
    if (connection.in_transaction()) connection.run("ROLLBACK");
    throw;
  }
}

Result<std::vector<Migration>> missing_migrations(SqliteConnection& connection,
                                                  std::span<const Migration> migrations) {
  const std::map<int, Applied> applied = applied_migrations(connection);
  for (const auto& [number, row] : applied) {
    const auto ours = std::ranges::find(migrations, number, &Migration::number);
    if (ours == migrations.end()) {
      return refuse(ErrorKind::unavailable, "store_is_newer",
                    "This data folder belongs to a newer Herald (schema step " + row.name +
                        "). Start that one, or restore a backup.");
    }
    if (row.checksum != checksum(ours->sql)) {
      return refuse(ErrorKind::unavailable, "store_differs",
                    "This data folder was made by another Herald than this one: step " + row.name +
                        " of its schema differs.");
    }
  }
  std::vector<Migration> missing;
  for (const Migration& migration : migrations) {
    if (!applied.contains(migration.number)) missing.push_back(migration);
  }
  return missing;
}

}  // namespace

std::string checksum(std::string_view text) {
  std::uint64_t sum = 0xcbf29ce484222325;
  for (const char byte : text) {
    sum = (sum ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
  }
  std::string hex;
  for (int shift = 60; shift >= 0; shift -= 4) hex += "0123456789abcdef"[(sum >> shift) & 0xf];
  return hex;
}

Result<Done> migrate(SqliteConnection& connection, std::span<const Migration> migrations,
                     Time now) {
  HERALD_TRY(const auto missing, missing_migrations(connection, migrations));
  for (const Migration& migration : missing) apply(connection, migration, now);
  return Done{};
}

Result<Done> check_migrated(SqliteConnection& connection, std::span<const Migration> migrations) {
  HERALD_TRY(const auto missing, missing_migrations(connection, migrations));
  if (missing.empty()) return Done{};
  return refuse(ErrorKind::unavailable, "store_is_older",
                "An older Herald uses this data folder. Stop it first.");
}

}  // namespace herald
