#include "domain/delivery_rules.h"
#include "ports/store_refusals.h"
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

namespace {

// So many whose worker died are seen to by one claim; the next one takes up the rest.
constexpr int kRescuesMax = 256;

// Writes the row if lease and state are as in `before`; false: they are not.
Result<bool> store_follow_up(Act& act, const FollowUp& before, const FollowUp& after) {
  return Rows<FollowUp>(act, before.customer)
      .update(after, document("lease", before.lease, "state", before.state),
              document("claim_at", claim_time(after)));
}

Result<std::optional<FollowUp>> find_follow_up(Act& act, const FollowUp& named) {
  return Rows<FollowUp>(act, named.customer).find_one(mongo::key_of(named));
}

bool is_stale(const FollowUp& row, Time now) {
  return row.state == FollowUpState::running && row.lease_until <= now;
}

// Looked for beside any transaction, and looked at again in one: its holder may be storing a fence.
Result<Done> rescue_stale(Database& database, Time now) {
  HERALD_TRY(const auto stale, database.run([&](Act& act) {
    return Rows<FollowUp>::of_all(act).find(
        document("claim_at", mongo::claimable_by(now), "state", FollowUpState::running),
        {.sort = document("claim_at", 1),
         .limit = kRescuesMax,
         .fields = document(mongo::kCustomerField, 1, "delivery_id", 1, "kind", 1)});
  }));
  for (const FollowUp& one : stale) {
    HERALD_CHECK(mongo::try_as_one(database, [&](Act& act) -> Result<Done> {
      HERALD_TRY(const auto stored, find_follow_up(act, one));
      if (!stored || !is_stale(*stored, now)) return Done{};
      FollowUp row = *stored;
      rescue(row, now);
      HERALD_CHECK(store_follow_up(act, *stored, row));
      return Done{};
    }));
  }
  return Done{};
}

// nullopt: somebody else has it, or it is not due any more.
Result<std::optional<FollowUp>> claim_one(Act& act, const Candidate& due, Time now,
                                          Duration lease) {
  HERALD_TRY(const auto stored, Rows<FollowUp>(act, due.customer)
                                    .find_one(document("delivery_id", due.id, "kind", due.kind)));
  if (!stored || !is_claimable(stored->state) || stored->due_at > now) return std::nullopt;
  FollowUp row = *stored;
  lease_out(row, now, lease);
  HERALD_TRY(const bool taken, store_follow_up(act, *stored, row));
  if (!taken) return std::nullopt;
  return row;
}

}  // namespace

Result<std::vector<FollowUp>> MongoStore::follow_ups_of(const CustomerScope& scope,
                                                        const PostId& id) {
  return database_->run_as_one([&](Act& act) -> Result<std::vector<FollowUp>> {
    const CustomerId& customer = scope.customer();
    HERALD_TRY(const bool exists, Rows<Post>(act, customer).raw().any(document("id", id)));
    if (!exists) return no_such("post");
    HERALD_TRY(const auto deliveries, mongo::deliveries_of_post(act, customer, id));
    std::vector<DeliveryId> ids;
    for (const Delivery& delivery : deliveries) ids.push_back(delivery.id);
    return Rows<FollowUp>(act, customer)
        .find(document("delivery_id", document("$in", ids)),
              {.sort = document("delivery_id", 1, "kind", 1), .limit = 0, .fields = {}});
  });
}

Result<std::vector<FollowUp>> MongoStore::claim_follow_ups(Time now, Duration lease, int max) {
  HERALD_CHECK(rescue_stale(*database_, now));
  if (max <= 0) return std::vector<FollowUp>();
  return database_->run([&](Act& act) -> Result<std::vector<FollowUp>> {
    HERALD_TRY(const auto due,
               mongo::due_rows(act, "follow_ups",
                               document("claim_at", mongo::claimable_by(now), "state",
                                        document("$ne", FollowUpState::running)),
                               "delivery_id", "kind"));
    return mongo::claim_in_turn<FollowUp>(due, max, follow_up_turn_, [&](const Candidate& one) {
      return claim_one(act, one, now, lease);
    });
  });
}

Result<Done> MongoStore::save_follow_up(const FollowUp& follow_up, std::int64_t lease,
                                        const std::optional<Attempt>& attempt) {
  const auto save = [&](Act& act) -> Result<Done> {
    HERALD_TRY(const auto stored, find_follow_up(act, follow_up));
    if (!stored) return no_such("follow-up");
    if (stored->lease != lease) return lease_lost();
    if (attempt) {
      HERALD_TRY(const auto of, mongo::find_delivery(act, follow_up.customer, follow_up.delivery));
      if (!of) return no_such("follow-up");
      HERALD_CHECK(add_attempt(act, attempt, of->row));
    }
    HERALD_TRY(const bool written, store_follow_up(act, *stored, written_over(*stored, follow_up)));
    if (!written) return lease_lost();
    return Done{};
  };
  if (!attempt) return database_->run(save);
  return mongo::run_as_one(*database_, save);
}

Result<PageOf<Attempt>> MongoStore::list_attempts(const CustomerScope& scope,
                                                  const AttemptFilter& filter,
                                                  const PageRequest& page) {
  Bson which;
  if (filter.delivery) put(which, "delivery_id", *filter.delivery);
  if (filter.post) put(which, "post_id", *filter.post);
  if (filter.user) put(which, "user_id", *filter.user);
  return database_->run([&](Act& act) {
    return Rows<Attempt>(act, scope.customer()).page(which.clone(), page, "started_at");
  });
}

}  // namespace herald
