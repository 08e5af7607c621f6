#include "store/sqlite/sqlite_store.h"

#include <utility>

#include "store/sqlite/database.h"

namespace herald {
namespace {

// Each costs about a megabyte once it is used; a read takes some ten microseconds.
constexpr int kReaders = 8;

}  // namespace

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const std::string& folder, Time now,
                                                       Ownership ownership,
                                                       Duration first_figures) {
  HERALD_TRY(auto database, Database::open(folder, kReaders, now, ownership == Ownership::guest));
  return std::unique_ptr<SqliteStore>(new SqliteStore(std::move(database), first_figures));
}

SqliteStore::SqliteStore(std::unique_ptr<Database> database, Duration first_figures)
    : database_(std::move(database)), first_figures_(first_figures) {}
SqliteStore::~SqliteStore() = default;

}  // namespace herald
