#include "tests/store/mongo_kind.h"

#include <algorithm>
#include <memory>
#include <mutex>

#include "store/mongo/documents.h"
#include "store/mongo/migrations.h"
#include "store/mongo/mongo_store.h"
#include "tests/store/mongo_rig.h"

namespace herald {
namespace {

using mongo::Act;
using mongo::TestDatabase;

constexpr int kConnections = 8;

// Collections and indexes are slow to make: a few databases serve all tests of this process, which
// have no more open at once.
constexpr std::size_t kDatabases = 3;

struct Slot {
  std::unique_ptr<TestDatabase> database;
  std::string folder;  // Whose it is.
};

Result<Done> empty(Act& act) {
  HERALD_TRY(const auto listed, act.command(mongo::document("listCollections", 1)));
  const mongo::Bson cursor(listed.at("cursor").bytes);
  for (const auto& one : mongo::fields_of(cursor.at("firstBatch").bytes)) {
    const std::string name(mongo::Bson(one.value.bytes).at("name").bytes);
    if (name == "schema_migrations") continue;
    HERALD_CHECK(mongo::Documents::of_all(act, name.c_str()).remove_many({}));
  }
  return Done{};
}

}  // namespace

bool has_mongo() { return !mongo::test_server().empty(); }

std::string mongo_database_of(const std::string& folder) {
  static std::mutex mutex;
  static std::vector<Slot> slots;
  const std::scoped_lock lock(mutex);
  const auto known = std::ranges::find(slots, folder, &Slot::folder);
  if (known != slots.end()) return mongo::patient(known->database->uri());
  if (slots.size() < kDatabases) {
    auto fresh = std::make_unique<TestDatabase>();
    const auto database = fresh->open();
    EXPECT_TRUE(migrate(*database, mongo::mongodb_migrations(), at(0)).has_value());
    slots.push_back({std::move(fresh), folder});
  } else {
    std::ranges::rotate(slots, slots.begin() + 1);  // The oldest.
    slots.back().folder = folder;
    EXPECT_DONE(slots.back().database->open()->run(empty));
  }
  return mongo::patient(slots.back().database->uri());
}

StoreKind mongo_kind() {
  return {"Mongo", [](const std::string& folder) {
            return std::move(MongoStore::open(mongo_database_of(folder), kConnections).value());
          }};
}

}  // namespace herald
