// The collections and indexes in numbered steps (migrations/mongodb/0NN_*.json), built into the
// program. A step is commands of the database that may be carried out again, by several processes
// at once too: what is there already stays. The numbers go on from those of earlier deployments.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "domain/result.h"
#include "domain/time.h"
#include "store/mongo/database.h"

namespace herald::mongo {

struct Migration {
  int number = 0;
  std::string_view name;  // "056_instagram_credentials"
  std::string_view text;  // {"commands": [...]}
};

// In the order of their numbers. Made at build time by cmake/migrations.cmake.
std::span<const Migration> mongodb_migrations();

// Applies what is missing, and notes each in the collection schema_migrations. The names of those
// that this call applied. unavailable: the database is from a newer program (code
// "store_is_newer"), or was made by steps that read otherwise than ours (code "store_differs").
// Commands are slow: the database is to be opened with kMigrationPatience.
Result<std::vector<std::string_view>> migrate(Database& database,
                                              std::span<const Migration> migrations, Time now);
inline constexpr Patience kMigrationPatience{.answer_ms = 600'000, .server_ms = 10'000};

// The same refusals, and another where something is missing (code "store_is_older").
Result<Done> check_migrated(Database& database, std::span<const Migration> migrations);

}  // namespace herald::mongo
