#include <algorithm>
#include <utility>

#include "domain/delivery_rules.h"
#include "store/mongo/delivery_rows.h"
#include "store/mongo/due_rows.h"
#include "store/mongo/mongo_store.h"
#include "store/mongo/post_fields.h"
#include "store/mongo/races.h"
#include "store/mongo/rows.h"

namespace herald {

using mongo::Act;
using mongo::Bson;
using mongo::Database;
using mongo::document;
using mongo::Rows;
using mongo::StoredDelivery;

namespace {

// So many deliveries whose worker died are seen to by one claim; the next one takes up the rest.
constexpr int kRescuesMax = 256;

bool is_stale(const StoredDelivery& stored, Time now) {
  return stored.row.state == DeliveryState::running && stored.row.lease_until <= now;
}

// Looked for beside any transaction, and looked at again in one of its own customer.
Result<Done> rescue_stale(Database& database, Time now) {
  HERALD_TRY(const auto stale, database.run([&](Act& act) {
    return Rows<Delivery>::of_all(act).find(
        document("claim_at", mongo::claimable_by(now), "state", DeliveryState::running),
        {.sort = document("claim_at", 1),
         .limit = kRescuesMax,
         .fields = document(mongo::kCustomerField, 1, "id", 1)});
  }));
  for (const Delivery& one : stale) {
    HERALD_CHECK(mongo::try_as_one(database, [&](Act& act) -> Result<Done> {
      HERALD_TRY(const auto stored, mongo::find_delivery(act, one.customer, one.id));
      if (!stored || !is_stale(*stored, now)) return Done{};
      Delivery row = stored->row;
      rescue(row, now);
      return move_delivery(act, stored->row, row);
    }));
  }
  return Done{};
}

Result<int> revision_of(Act& act, const CustomerId& customer, const PostId& post) {
  HERALD_TRY(const auto found,
             Rows<Post>(act, customer)
                 .find_one(document("id", post), {.fields = document("revision", 1)}));
  return found ? found->revision : 0;
}

// nullopt: somebody else has it, or it is not due any more.
Result<std::optional<Delivery>> claim_one(Database& database, const Candidate& due, Time now,
                                          Duration lease) {
  return mongo::try_as_one(database, [&](Act& act) -> Result<std::optional<Delivery>> {
    HERALD_TRY(auto stored, mongo::find_delivery(act, due.customer, due.id));
    const bool takes = stored && stored->claim_at && *stored->claim_at <= now &&
                       stored->row.state != DeliveryState::running;
    if (!takes) return std::nullopt;
    Delivery row = stored->row;
    HERALD_TRY(const int revision, revision_of(act, row.customer, row.post));
    lease_out(row, revision, now, lease);
    HERALD_CHECK(move_delivery(act, stored->row, row));
    return row;
  });
}

}  // namespace

Result<std::vector<Delivery>> MongoStore::claim_due(Time now, Duration lease, int max) {
  HERALD_CHECK(rescue_stale(*database_, now));
  if (max <= 0) return std::vector<Delivery>();
  HERALD_TRY(const auto due, database_->run([&](Act& act) {
    return mongo::due_rows(act, "deliveries",
                           document("claim_at", mongo::claimable_by(now), "state",
                                    document("$ne", DeliveryState::running)),
                           "id");
  }));
  return mongo::claim_in_turn<Delivery>(due, max, delivery_turn_, [&](const Candidate& one) {
    return claim_one(*database_, one, now, lease);
  });
}

Result<std::optional<Time>> MongoStore::next_due(Time now) {
  return database_->run([&](Act& act) -> Result<std::optional<Time>> {
    HERALD_TRY(const auto first,
               Rows<Delivery>::of_all(act).raw().find_one(
                   document("claim_at", document("$gte", Time{})),
                   {.sort = document("claim_at", 1), .fields = document("claim_at", 1)}));
    if (!first) return std::nullopt;
    return std::max(from_ms(first->at("claim_at").integer), now);
  });
}

}  // namespace herald
