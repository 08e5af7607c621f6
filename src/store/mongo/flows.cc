#include "ports/store_refusals.h"
#include "store/mongo/account_fields.h"
#include "store/mongo/guard.h"
#include "store/mongo/mongo_store.h"
#include "store/mongo/races.h"
#include "store/mongo/rows.h"

namespace herald {

using mongo::Act;
using mongo::Bson;
using mongo::document;
using mongo::Rows;

namespace {

constexpr std::string_view kWhat = "connection attempt";

Result<std::optional<OAuthFlow>> of_state(Act& act, const std::string& state_hash) {
  return Rows<OAuthFlow>::of_all(act).find_one(document("state_hash", state_hash));
}

}  // namespace

// A state hash is unique over all customers, which no index of a sharded collection can say; but it
// is that of random bits, and it is consumed once, whoever else has it.
Result<Done> MongoStore::begin_flow(const OAuthFlow& flow, int pending_max, Time now) {
  HERALD_TRY(const auto same_state,
             database_->run([&](Act& act) { return of_state(act, flow.state_hash); }));
  if (same_state) return exists_already(kWhat);
  return mongo::run_as_one(*database_, [&](Act& act) -> Result<Done> {
    const Rows<OAuthFlow> flows(act, flow.customer);
    HERALD_CHECK(guard(act, flow.customer, "flows", flow.user.value));
    HERALD_TRY(const auto pending,
               flows.raw().count(document("user_id", flow.user, "status", FlowStatus::waiting,
                                          "expires_at", document("$gt", now))));
    if (pending >= pending_max) return too_many_flows();
    HERALD_TRY(const bool exists, flows.raw().any(document("id", flow.id)));
    if (exists) return exists_already(kWhat);
    return flows.insert(flow);
  });
}

Result<OAuthFlow> MongoStore::find_flow(const CustomerScope& scope, const FlowId& id) {
  return database_->run([&](Act& act) -> Result<OAuthFlow> {
    HERALD_TRY(auto flow, Rows<OAuthFlow>(act, scope.customer()).find_one(document("id", id)));
    if (!flow) return no_such(kWhat);
    return std::move(*flow);
  });
}

// Looked up among all customers first, so that the change names one.
Result<OAuthFlow> MongoStore::consume_flow(const std::string& state_hash,
                                           const PlatformId& platform,
                                           const std::string& registration,
                                           const std::vector<std::string>& nonce_hashes, Time now) {
  return database_->run([&](Act& act) -> Result<OAuthFlow> {
    HERALD_TRY(const auto found, of_state(act, state_hash));
    if (!found) return no_such(kWhat);
    const Bson fits =
        document("id", found->id, "state_hash", state_hash, "platform", platform, "registration",
                 registration, "status", FlowStatus::waiting, "expires_at", document("$gt", now),
                 "nonce_hash", document("$in", nonce_hashes));
    HERALD_TRY(auto flow,
               Rows<OAuthFlow>(act, found->customer)
                   .find_and_change(fits, document("$set", document("status", FlowStatus::returned),
                                                   "$inc", document("version", 1))));
    if (!flow) return no_such(kWhat);
    return std::move(*flow);
  });
}

Result<OAuthFlow> MongoStore::save_flow(const OAuthFlow& flow) {
  return database_->run([&](Act& act) -> Result<OAuthFlow> {
    const Rows<OAuthFlow> flows(act, flow.customer);
    OAuthFlow next = flow;
    next.version += 1;
    HERALD_TRY(auto saved, flows.find_and_change(document("id", flow.id, "version", flow.version),
                                                 document("$set", mongo::moving_of(next))));
    if (saved) return std::move(*saved);
    HERALD_TRY(const bool exists, flows.raw().any(document("id", flow.id)));
    if (exists) return moved_on(kWhat);
    return no_such(kWhat);
  });
}

}  // namespace herald
