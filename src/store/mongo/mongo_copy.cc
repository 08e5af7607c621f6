#include "store/mongo/mongo_copy.h"

#include <utility>

#include "store/mongo/account_rows.h"
#include "store/mongo/documents.h"
#include "store/mongo/kept_rows.h"
#include "store/mongo/measure_fields.h"
#include "store/mongo/migrations.h"
#include "store/mongo/values.h"

namespace herald {

using mongo::Act;
using mongo::Bson;
using mongo::bytes;
using mongo::document;
using mongo::Documents;

namespace {

constexpr const char* kCanary = "canary";
const std::size_t kAccounts = KeptRow(Account()).index();
const std::size_t kFigures = KeptRow(DayRow()).index();

// Where the rows of a kind are, in the order in which they are read, and by what they are sorted.
struct Place {
  std::vector<std::string> collections;
  Bson order;
};

Bson order_of(std::size_t kind) {
  Bson order = document(mongo::kCustomerField, 1);
  const auto by = [&](auto... fields) { (put(order, fields, 1), ...); };
  const std::string_view name = kRowKindNames[kind];
  if (name == "data_keys")
    by("number");
  else if (name == "account_facts")
    by("account_id", "target_key");
  else if (name == "follow_ups")
    by("delivery_id", "kind");
  else if (name == "measurements")
    by("account_id", "delivery_id");
  else if (name == "figures")
    by("account_id", "delivery_id", "day", "kept_max");
  else if (name == "audit")
    by("_id");
  else if (name != "customers")
    by("id");
  return order;
}

// Each platform's accounts are in a collection of their own.
Result<std::vector<std::string>> credentials(Act& act) {
  HERALD_TRY(const auto groups,
             Documents::of_all(act, "accounts")
                 .aggregate({}, mongo::documents(document("$group", document("_id", "$platform")),
                                                 document("$sort", document("_id", 1)))));
  std::vector<std::string> names;
  for (const Bson& one : groups) {
    names.push_back(mongo::credentials_of(PlatformId(std::string(one.at("_id").bytes))));
  }
  return names;
}

Result<Place> place_of(Act& act, std::size_t kind) {
  Place place{{}, order_of(kind)};
  if (kind == kAccounts) {
    HERALD_TRY(place.collections, credentials(act));
  } else if (kind == kFigures) {
    place.collections = {mongo::kAccountMetrics, mongo::kPostMetrics};
  } else {
    place.collections = {std::string(kRowKindNames[kind])};
  }
  return place;
}

Result<Done> insert_all(Act& act, std::string_view collection, const std::vector<Bson>& rows) {
  if (rows.empty()) return Done{};
  HERALD_TRY(const Bson answer, act.command(document("insert", collection, "documents", rows)));
  if (answer.at("n").integer == std::ssize(rows)) return Done{};
  return fail(ErrorKind::conflict, "The database did not take all rows.",
              "of " + std::string(collection));
}

}  // namespace

Result<std::unique_ptr<MongoCopy>> MongoCopy::open(const std::string& uri) {
  HERALD_TRY(auto database, mongo::Database::open(uri, 2, mongo::kMigrationPatience));
  HERALD_CHECK(mongo::check_migrated(*database, mongo::mongodb_migrations()));
  return std::unique_ptr<MongoCopy>(new MongoCopy(std::move(database)));
}

MongoCopy::MongoCopy(std::unique_ptr<mongo::Database> database) : database_(std::move(database)) {}
MongoCopy::~MongoCopy() = default;

Result<Done> MongoCopy::each_row(const std::function<Result<Done>(const KeptRow&)>& take) {
  return database_->run([&](Act& act) -> Result<Done> {
    for (std::size_t kind = 0; kind < kRowKinds; ++kind) {
      HERALD_TRY(const Place place, place_of(act, kind));
      // What an earlier deployment wrote beside them is no account of ours.
      const Bson ours = kind == kAccounts ? document("id", document("$exists", true)) : Bson();
      for (const std::string& collection : place.collections) {
        HERALD_CHECK(
            Documents::of_all(act, collection.c_str())
                .each(ours, {.sort = place.order.clone()}, [&](const Bson& stored) -> Result<Done> {
                  HERALD_TRY(const KeptRow row, mongo::kept_row_of(kind, stored));
                  return take(row);
                }));
      }
    }
    return Done{};
  });
}

Result<Done> MongoCopy::put(const std::vector<KeptRow>& rows) {
  return database_->run([&](Act& act) -> Result<Done> {
    std::vector<Bson> documents, of_posts;
    for (const KeptRow& row : rows) {
      if (const auto* account = std::get_if<Account>(&row)) {
        HERALD_CHECK(mongo::insert_account(act, *account));
        continue;
      }
      const auto* day = std::get_if<DayRow>(&row);
      const bool of_post = day != nullptr && !day->delivery.empty();
      (of_post ? of_posts : documents).push_back(mongo::document_of(row));
    }
    if (rows.empty()) return Done{};
    const bool figures = rows.front().index() == kFigures;
    HERALD_CHECK(
        insert_all(act, figures ? mongo::kAccountMetrics : kind_of(rows.front()), documents));
    return insert_all(act, mongo::kPostMetrics, of_posts);
  });
}

Result<std::optional<std::string>> MongoCopy::canary() {
  return database_->run([](Act& act) -> Result<std::optional<std::string>> {
    HERALD_TRY(const auto found, Documents::of_all(act, kCanary).find_one({}));
    if (!found) return std::nullopt;
    return std::string(found->at("sealed").bytes);
  });
}

Result<Done> MongoCopy::set_canary(const std::string& sealed) {
  return database_->run([&](Act& act) -> Result<Done> {
    HERALD_CHECK(Documents::of_all(act, kCanary)
                     .update_one(document("_id", 1),
                                 document("$set", document("sealed", bytes(sealed))), true));
    return Done{};
  });
}

}  // namespace herald
