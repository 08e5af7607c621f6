#include "store/mongo/mongo_store.h"

#include <utility>

#include "store/mongo/database.h"
#include "store/mongo/documents.h"
#include "store/mongo/migrations.h"
#include "store/mongo/values.h"

namespace herald {

using mongo::Act;
using mongo::bytes;
using mongo::document;
using mongo::Documents;

namespace {

constexpr const char* kCanary = "canary";  // One document, of the whole installation.

}  // namespace

Result<std::unique_ptr<MongoStore>> MongoStore::open(const std::string& uri, int connections,
                                                     Duration first_figures, Pace pace) {
  const auto patience = pace == Pace::moving ? mongo::kMigrationPatience : mongo::Patience{};
  HERALD_TRY(auto database, mongo::Database::open(uri, connections, patience));
  HERALD_CHECK(mongo::check_migrated(*database, mongo::mongodb_migrations()));
  return std::unique_ptr<MongoStore>(new MongoStore(std::move(database), first_figures));
}

MongoStore::MongoStore(std::unique_ptr<mongo::Database> database, Duration first_figures)
    : database_(std::move(database)), first_figures_(first_figures) {}
MongoStore::~MongoStore() = default;

Result<std::vector<std::string>> MongoStore::migrate(const std::string& uri, Time now) {
  HERALD_TRY(const auto database, mongo::Database::open(uri, 1, mongo::kMigrationPatience));
  HERALD_TRY(const auto taken, mongo::migrate(*database, mongo::mongodb_migrations(), now));
  return std::vector<std::string>(taken.begin(), taken.end());
}

Result<Done> MongoStore::check_uri(const std::string& uri) {
  HERALD_CHECK(mongo::Database::open(uri, 1));
  return Done{};
}

std::uint64_t MongoStore::commands() const { return database_->commands(); }

Result<std::optional<std::string>> MongoStore::find_canary() {
  return database_->run([](Act& act) -> Result<std::optional<std::string>> {
    HERALD_TRY(const auto found, Documents::of_all(act, kCanary).find_one({}));
    if (!found) return std::nullopt;
    return std::string(found->at("sealed").bytes);
  });
}

Result<Done> MongoStore::keep_canary(const std::string& sealed) {
  return database_->run([&](Act& act) -> Result<Done> {
    HERALD_CHECK(Documents::of_all(act, kCanary)
                     .update_one(document("_id", 1),
                                 document("$setOnInsert", document("sealed", bytes(sealed))),
                                 true));
    return Done{};
  });
}

}  // namespace herald
