#include "store/mongo/mongo_store.h"

#include <utility>

#include "store/mongo/database.h"
#include "store/mongo/migrations.h"
#include "store/mongo/values.h"

namespace herald {

Result<std::unique_ptr<MongoStore>> MongoStore::open(const std::string& uri, int connections,
                                                     Duration first_figures) {
  HERALD_TRY(auto database, mongo::Database::open(uri, connections));
  HERALD_CHECK(mongo::check_migrated(*database, mongo::mongodb_migrations()));
  return std::unique_ptr<MongoStore>(new MongoStore(std::move(database), first_figures));
}

MongoStore::MongoStore(std::unique_ptr<mongo::Database> database, Duration first_figures)
    : database_(std::move(database)), first_figures_(first_figures) {}
MongoStore::~MongoStore() = default;

Result<Done> MongoStore::ping() {
  return database_->run([](mongo::Act& act) -> Result<Done> {
    HERALD_CHECK(act.command(mongo::document("ping", 1)));
    return Done{};
  });
}

}  // namespace herald
