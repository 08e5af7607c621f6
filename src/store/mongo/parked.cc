#include <algorithm>
#include <map>
#include <utility>

#include "domain/delivery_rules.h"
#include "store/mongo/account_fields.h"
#include "store/mongo/delivery_rows.h"
#include "store/mongo/measure_fields.h"
#include "store/mongo/mongo_store.h"
#include "store/mongo/post_fields.h"
#include "store/mongo/races.h"
#include "store/mongo/rows.h"

namespace herald {

using mongo::Act;
using mongo::Bson;
using mongo::document;
using mongo::Rows;

namespace {

// Which grant each parked delivery's account stands on: those that resume.
Result<std::vector<Delivery>> resumable(Act& act) {
  HERALD_TRY(auto parked, Rows<Delivery>::of_all(act).find(
                              document("state", DeliveryState::parked),
                              {.sort = document(mongo::kCustomerField, 1, "account_id", 1, "id", 1),
                               .fields = document(mongo::kCustomerField, 1, "id", 1, "account_id",
                                                  1, "parked_version", 1)}));
  std::map<CustomerId, std::vector<AccountId>> accounts;
  for (const Delivery& row : parked) accounts[row.customer].push_back(row.account);
  std::map<std::pair<CustomerId, AccountId>, std::int64_t> live;  // The grant's version.
  for (const auto& [customer, ids] : accounts) {
    HERALD_TRY(const auto places,
               Rows<mongo::AccountPlace>(act, customer).find(document("id", document("$in", ids))));
    std::vector<GrantId> grant_ids;
    for (const auto& place : places) grant_ids.push_back(place.grant);
    HERALD_TRY(const auto grants,
               Rows<Grant>(act, customer)
                   .find(document("id", document("$in", grant_ids), "state", GrantState::live),
                         {.fields = document("id", 1, "version", 1)}));
    std::map<GrantId, std::int64_t> versions;
    for (const Grant& grant : grants) versions.emplace(grant.id, grant.version);
    for (const auto& place : places) {
      const auto version = versions.find(place.grant);
      if (version != versions.end()) live.emplace(std::pair(customer, place.id), version->second);
    }
  }
  std::erase_if(parked, [&](const Delivery& row) {
    const auto version = live.find({row.customer, row.account});
    return version == live.end() || version->second == row.parked_version;
  });
  return parked;
}

}  // namespace

Result<int> MongoStore::resume_parked(Time now) {
  HERALD_TRY(const auto parked, database_->run([](Act& act) { return resumable(act); }));
  int resumed = 0;
  for (const Delivery& one : parked) {
    HERALD_TRY(const bool moved, mongo::try_as_one(*database_, [&](Act& act) -> Result<bool> {
                 HERALD_TRY(const auto stored, mongo::find_delivery(act, one.customer, one.id));
                 const bool waits = stored && stored->row.state == DeliveryState::parked &&
                                    stored->row.parked_version == one.parked_version;
                 if (!waits) return false;
                 Delivery row = stored->row;
                 resume(row, now);
                 HERALD_CHECK(move_delivery(act, stored->row, row));
                 return true;
               }));
    if (moved) ++resumed;
  }
  return resumed;
}

Result<Done> MongoStore::end_all_leases() {
  return database_->run([](Act& act) -> Result<Done> {
    HERALD_TRY(const auto leased,
               Rows<Delivery>::of_all(act).find(document("claim_at", document("$gte", Time{}),
                                                         "lease_until", document("$gt", Time{}))));
    for (const Delivery& before : leased) {
      Delivery row = before;
      row.lease_until = {};
      HERALD_CHECK(store_alone(act, before, row));
    }
    const Bson leased_out = document("lease_until", document("$gt", Time{}));
    const Bson ended = document("lease_until", Time{});
    Bson running = document("state", FollowUpState::running);
    running.add_all(leased_out);
    HERALD_CHECK(Rows<FollowUp>::of_all(act).raw().update_many(
        running, document("$set", document("lease_until", Time{}, "claim_at", Time{}))));
    HERALD_CHECK(Rows<Grant>::of_all(act).raw().update_many(leased_out, document("$set", ended)));
    return mongo::end_measurement_leases(act);
  });
}

}  // namespace herald
