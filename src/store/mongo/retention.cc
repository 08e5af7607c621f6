#include <algorithm>
#include <initializer_list>
#include <set>

#include "domain/delivery.h"
#include "store/mongo/database.h"
#include "store/mongo/documents.h"
#include "store/mongo/mongo_store.h"
#include "store/mongo/values.h"

namespace herald {

using mongo::Act;
using mongo::Bson;
using mongo::document;
using mongo::Documents;

namespace {

constexpr int kLookedAtMax = 100'000;

// {"_id": {"$in": [...]}} of these documents.
Bson these(const std::vector<Bson>& found) {
  Bson ids;
  for (std::size_t i = 0; i < found.size(); ++i) ids.add_copy(std::to_string(i), found[i], "_id");
  Bson in;
  in.add_array("$in", ids);
  return document("_id", in);
}

// At most `max` of those that the filter lets through, in this order.
Result<std::vector<Bson>> first_of(const Documents& from, const Bson& filter, Bson order, int max) {
  if (max <= 0) return std::vector<Bson>();
  return from.find(filter, {.sort = std::move(order), .limit = max, .fields = document("_id", 1)});
}

// Removed only if the filter still holds of it.
Result<int> forget(Act& act, const char* collection, const Bson& filter, Bson order, int max) {
  const Documents all = Documents::of_all(act, collection);
  HERALD_TRY(const auto found, first_of(all, filter, std::move(order), max));
  if (found.empty()) return 0;
  Bson still = these(found);
  still.add_all(filter);
  HERALD_TRY(const auto removed, all.remove_many(still));
  return static_cast<int>(removed);
}

// By this time, the oldest first, and then by whose it is and these.
Bson order_of(const char* time, std::initializer_list<const char*> more = {"id"}) {
  Bson order = document(time, 1, "customer_id", 1);
  for (const char* field : more) put(order, field, 1);
  return order;
}

Bson earlier(const char* field, Time before) { return document(field, document("$lt", before)); }

// Whose lines of history stay.
Result<std::set<std::pair<std::string, std::string>>> live_deliveries(
    Act& act, const std::vector<Bson>& attempts) {
  std::set<std::string> ids;
  for (const Bson& one : attempts) ids.emplace(one.at("delivery_id").bytes);
  std::vector<DeliveryState> over;
  for (std::size_t i = 0; i < names_of(DeliveryState{}).size(); ++i) {
    if (is_final(static_cast<DeliveryState>(i))) over.push_back(static_cast<DeliveryState>(i));
  }
  HERALD_TRY(const auto found,
             Documents::of_all(act, "deliveries")
                 .find(document("id", document("$in", std::vector(ids.begin(), ids.end())), "state",
                                document("$nin", over)),
                       {.fields = document("customer_id", 1, "id", 1)}));
  std::set<std::pair<std::string, std::string>> live;
  for (const Bson& one : found) live.emplace(one.at("customer_id").bytes, one.at("id").bytes);
  return live;
}

}  // namespace

Result<int> MongoStore::forget_sessions(Time before, int max) {
  return database_->run([&](Act& act) {
    return forget(act, "sessions", earlier("expires_at", before), order_of("expires_at"), max);
  });
}

Result<int> MongoStore::forget_flows(Time before, int max) {
  return database_->run([&](Act& act) {
    return forget(act, "oauth_flows", earlier("expires_at", before), order_of("expires_at"), max);
  });
}

Result<int> MongoStore::forget_steps(Time before, int max) {
  if (max <= 0) return 0;
  return database_->run([&](Act& act) -> Result<int> {
    const Documents all = Documents::of_all(act, "attempts");
    Bson old = document("visible", false, "step", document("$ne", kSettledByHand));
    old.add_all(earlier("started_at", before));
    // Further on, when too many of the oldest stay.
    for (int looked_at = max;; looked_at = std::min(looked_at * 4, kLookedAtMax)) {
      HERALD_TRY(auto found,
                 all.find(old, {.sort = order_of("started_at"),
                                .limit = looked_at,
                                .fields = document("customer_id", 1, "delivery_id", 1)}));
      const bool all_seen = std::ssize(found) < looked_at || looked_at == kLookedAtMax;
      HERALD_TRY(const auto live, live_deliveries(act, found));
      std::erase_if(found, [&](const Bson& one) {
        return live.contains(
            {std::string(one.at("customer_id").bytes), std::string(one.at("delivery_id").bytes)});
      });
      if (std::ssize(found) < max && !all_seen) continue;
      if (std::ssize(found) > max) found.resize(static_cast<std::size_t>(max));
      if (found.empty()) return 0;
      HERALD_TRY(const auto removed, all.remove_many(these(found)));
      return static_cast<int>(removed);
    }
  });
}

Result<int> MongoStore::forget_follow_ups(Time before, int max) {
  return database_->run([&](Act& act) {
    const std::vector over{FollowUpState::done, FollowUpState::failed};
    Bson old = document("state", document("$in", over));
    old.add_all(earlier("updated_at", before));
    return forget(act, "follow_ups", old, order_of("updated_at", {"delivery_id", "kind"}), max);
  });
}

Result<int> MongoStore::forget_audit(Time before, int max) {
  return database_->run([&](Act& act) {
    return forget(act, "audit", earlier("at", before), document("at", 1, "_id", 1), max);
  });
}

Result<int> MongoStore::forget_keys(Time before, int max) {
  return database_->run([&](Act& act) -> Result<int> {
    const Documents posts = Documents::of_all(act, "posts");
    Bson old = document("idempotency_key", document("$exists", true));
    old.add_all(earlier("created_at", before));
    HERALD_TRY(const auto found, first_of(posts, old, order_of("created_at"), max));
    if (found.empty()) return 0;
    const Bson both = document("idempotency_key", "", "fingerprint", "");
    HERALD_TRY(const auto changed, posts.update_many(these(found), document("$unset", both)));
    return static_cast<int>(changed);
  });
}

Result<int> MongoStore::forget_facts(Time before, int max) {
  return database_->run([&](Act& act) {
    return forget(act, "account_facts", earlier("asked_at", before),
                  order_of("asked_at", {"account_id", "target_key"}), max);
  });
}

}  // namespace herald
