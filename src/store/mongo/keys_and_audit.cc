#include "ports/store_refusals.h"
#include "store/mongo/audit_fields.h"
#include "store/mongo/database.h"
#include "store/mongo/errors.h"
#include "store/mongo/fields.h"
#include "store/mongo/mongo_store.h"
#include "store/mongo/rows.h"

namespace herald {

using mongo::Act;
using mongo::Bson;
using mongo::bytes;
using mongo::document;
using mongo::Documents;
using mongo::is_duplicate;

namespace {

constexpr const char* kKeys = "data_keys";

Result<WrappedKey> key_of(const Bson& stored) {
  WrappedKey key;
  mongo::FieldReader reader(stored);
  reader.read("number", key.number);
  reader.read("wrapped", bytes(key.wrapped));
  reader.read("commitment", bytes(key.commitment));
  if (!reader.fault().empty()) return mongo::field_fault(kKeys, reader.fault());
  return key;
}

Bson document_of(const WrappedKey& key) {
  return document("number", key.number, "wrapped", bytes(key.wrapped), "commitment",
                  bytes(key.commitment));
}

}  // namespace

Result<std::vector<WrappedKey>> MongoStore::data_keys(const CustomerId& customer) {
  return database_->run([&](Act& act) -> Result<std::vector<WrappedKey>> {
    HERALD_TRY(const auto found,
               Documents(act, kKeys, customer).find({}, {.sort = document("number", 1)}));
    std::vector<WrappedKey> keys;
    for (const Bson& one : found) {
      HERALD_TRY(WrappedKey key, key_of(one));
      keys.push_back(std::move(key));
    }
    return keys;
  });
}

Result<Done> MongoStore::add_data_key(const CustomerId& customer, const WrappedKey& key) {
  return database_->run([&](Act& act) -> Result<Done> {
    auto inserted = Documents(act, kKeys, customer).insert(document_of(key));
    if (!inserted && is_duplicate(inserted.error())) return exists_already("data key");
    return inserted;
  });
}

Result<Done> MongoStore::rewrap_data_key(const CustomerId& customer, const WrappedKey& before,
                                         const WrappedKey& after) {
  return database_->run([&](Act& act) -> Result<Done> {
    const Documents keys(act, kKeys, customer);
    HERALD_TRY(const bool known, keys.any(document("number", before.number)));
    if (!known) return no_such("data key");
    if (after.number != before.number) return rows_do_not_match("data key with another number");
    HERALD_TRY(const auto matched,
               keys.update_one(document_of(before), document("$set", document_of(after))));
    if (matched == 0) return moved_on("data key");
    return Done{};
  });
}

Result<std::vector<CustomerId>> MongoStore::customers_with_keys() {
  return database_->run([](Act& act) -> Result<std::vector<CustomerId>> {
    HERALD_TRY(
        const auto found,
        Documents::of_all(act, kKeys)
            .aggregate({}, mongo::documents(document("$group", document("_id", "$customer_id")),
                                            document("$sort", document("_id", 1)))));
    std::vector<CustomerId> customers;
    for (const Bson& one : found) customers.emplace_back(std::string(one.at("_id").bytes));
    return customers;
  });
}

Result<Done> MongoStore::add_audit(const AuditEvent& event) {
  return database_->run(
      [&](Act& act) { return mongo::Rows<AuditEvent>(act, event.customer).insert(event); });
}

Result<std::vector<AuditEvent>> MongoStore::list_audit(const CustomerScope& scope, int max) {
  if (max <= 0) return std::vector<AuditEvent>();
  return database_->run([&](Act& act) {
    // The driver's ids rise, within a process always and between processes by the second.
    return mongo::Rows<AuditEvent>(act, scope.customer())
        .find({}, {.sort = document("_id", -1), .limit = max});
  });
}

}  // namespace herald
