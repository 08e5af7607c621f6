#include "store/mongo/migrations.h"

#include <algorithm>
#include <map>
#include <string>

#include "ports/store_refusals.h"
#include "store/mongo/documents.h"
#include "store/mongo/errors.h"
#include "store/mongo/values.h"

namespace herald::mongo {
namespace {

constexpr const char* kApplied = "schema_migrations";

// Of an earlier deployment's own steps only the numbers below ours are known.
Result<std::map<int, Bson>> applied_migrations(Act& act, int first) {
  HERALD_TRY(const auto found,
             Documents::of_all(act, kApplied).find(document("_id", document("$gte", first))));
  std::map<int, Bson> applied;
  for (const Bson& one : found) {
    applied.emplace(static_cast<int>(one.at("_id").integer), one.clone());
  }
  return applied;
}

Result<std::vector<Migration>> missing_migrations(Act& act, std::span<const Migration> migrations) {
  std::vector<Migration> missing(migrations.begin(), migrations.end());
  if (missing.empty()) return missing;
  HERALD_TRY(const auto applied, applied_migrations(act, missing.front().number));
  for (const auto& [number, row] : applied) {
    const std::string name(row.at("name").bytes);
    const auto ours = std::ranges::find(missing, number, &Migration::number);
    if (ours == missing.end()) {
      return refuse(ErrorKind::unavailable, "store_is_newer",
                    "This database belongs to a newer Herald (step " + name +
                        "). Start that one, or restore a backup.");
    }
    if (row.at("text").bytes != ours->text) {
      return refuse(ErrorKind::unavailable, "store_differs",
                    "This database was made by another Herald than this one: step " + name +
                        " of its schema differs.");
    }
    missing.erase(ours);
  }
  return missing;
}

Result<Done> apply(Act& act, const Migration& migration, Time now) {
  const auto text = Bson::from_json(migration.text);
  if (!text)
    return fail(ErrorKind::internal, "A migration cannot be read.", std::string(migration.name));
  for (const Field& command : fields_of(text->at("commands").bytes)) {
    const auto done = act.command(Bson(command.value.bytes));
    if (!done && !is_there_already(done.error())) return std::unexpected(done.error());
  }
  // Who comes second leaves it as it is.
  const Bson note = document("name", migration.name, "text", migration.text, "applied_at", now);
  const Bson update = document("q", document("_id", migration.number), "u",
                               document("$setOnInsert", note), "upsert", true);
  HERALD_CHECK(act.command(document("update", kApplied, "updates", documents(update.clone()))));
  return Done{};
}

}  // namespace

Result<std::vector<std::string_view>> migrate(Database& database,
                                              std::span<const Migration> migrations, Time now) {
  return database.run([&](Act& act) -> Result<std::vector<std::string_view>> {
    HERALD_TRY(const auto missing, missing_migrations(act, migrations));
    std::vector<std::string_view> done;
    for (const Migration& migration : missing) {
      HERALD_CHECK(apply(act, migration, now));
      done.push_back(migration.name);
    }
    return done;
  });
}

Result<Done> check_migrated(Database& database, std::span<const Migration> migrations) {
  return database.run([&](Act& act) -> Result<Done> {
    HERALD_TRY(const auto missing, missing_migrations(act, migrations));
    if (missing.empty()) return Done{};
    return refuse(ErrorKind::unavailable, "store_is_older",
                  "The database is not prepared for this Herald (step " +
                      std::string(missing.front().name) + " is missing). Run: herald migrate");
  });
}

}  // namespace herald::mongo
