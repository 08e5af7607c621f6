#include <algorithm>
#include <tuple>

#include "domain/grant_rules.h"
#include "ports/store_refusals.h"
#include "store/mongo/account_fields.h"
#include "store/mongo/mongo_store.h"
#include "store/mongo/rows.h"

namespace herald {

using mongo::AccountPlace;
using mongo::Act;
using mongo::document;
using mongo::Rows;

namespace {

// What every change of a grant changes one of.
mongo::Bson as_read(const Grant& grant) {
  return document("version", grant.version, "lease", grant.lease, "lease_until", grant.lease_until,
                  "state", grant.state);
}

// Reads the grant, lets `change` judge and change it, and writes it where it still is as it was
// read; where it is not, from the beginning. Somebody else's change went through then, so that this
// comes to an end.
template <class Change>
Result<Grant> change_grant(Act& act, const CustomerId& customer, const GrantId& id, Change change) {
  const Rows<Grant> grants(act, customer);
  for (;;) {
    HERALD_TRY(const auto stored, grants.find_one(document("id", id)));
    if (!stored) return no_such("grant");
    Grant grant = *stored;
    if (!change(grant)) return moved_on("grant");
    HERALD_TRY(const bool written, grants.update(grant, as_read(*stored)));
    if (written) return grant;
  }
}

}  // namespace

Result<std::vector<Grant>> MongoStore::grants_of_subject(const PlatformId& platform,
                                                         const std::string& subject) {
  if (subject.empty()) return std::vector<Grant>();
  return database_->run([&](Act& act) -> Result<std::vector<Grant>> {
    HERALD_TRY(auto grants,
               Rows<Grant>::of_all(act).find(document("platform", platform, "subject", subject)));
    HERALD_TRY(const auto places, Rows<AccountPlace>::of_all(act).find(
                                      document("platform", platform, "remote_id", subject)));
    for (const auto& place : places) {
      const bool known = std::ranges::any_of(grants, [&](const Grant& grant) {
        return grant.customer == place.customer && grant.id == place.grant;
      });
      if (known) continue;
      HERALD_TRY(auto grant,
                 Rows<Grant>(act, place.customer).find_one(document("id", place.grant)));
      if (grant) grants.push_back(std::move(*grant));
    }
    std::ranges::sort(grants, {}, [](const Grant& grant) {
      return std::tie(grant.customer.value, grant.id.value);
    });
    return grants;
  });
}

Result<Grant> MongoStore::find_grant(const CustomerScope& scope, const GrantId& id) {
  return database_->run([&](Act& act) -> Result<Grant> {
    HERALD_TRY(auto grant, Rows<Grant>(act, scope.customer()).find_one(document("id", id)));
    if (!grant) return no_such("grant");
    return std::move(*grant);
  });
}

Result<Grant> MongoStore::lease_grant(const CustomerScope& scope, const GrantId& id,
                                      std::int64_t version, Time now, Duration lease) {
  return database_->run([&](Act& act) {
    return change_grant(act, scope.customer(), id, [&](Grant& grant) {
      if (grant.version != version || is_held(grant, now)) return false;
      grant.lease += 1;
      grant.lease_until = now + lease;
      return true;
    });
  });
}

Result<Done> MongoStore::begin_refresh(const CustomerScope& scope, const GrantId& id,
                                       std::int64_t version, std::int64_t lease, Time now) {
  return database_->run([&](Act& act) -> Result<Done> {
    HERALD_CHECK(change_grant(act, scope.customer(), id, [&](Grant& grant) {
      if (grant.version != version || grant.lease != lease || !is_held(grant, now)) return false;
      grant.refresh_begun_version = version;
      grant.refresh_begun_at = now;
      return true;
    }));
    return Done{};
  });
}

Result<Grant> MongoStore::save_grant(const Grant& given, std::int64_t version) {
  return database_->run([&](Act& act) {
    return change_grant(act, given.customer, given.id, [&](Grant& grant) {
      if (grant.version != version || grant.state == GrantState::revoked) return false;
      grant = refreshed(grant, given);
      return true;
    });
  });
}

Result<Done> MongoStore::release_grant(const CustomerScope& scope, const GrantId& id,
                                       std::int64_t lease) {
  return database_->run([&](Act& act) -> Result<Done> {
    HERALD_CHECK(change_grant(act, scope.customer(), id, [&](Grant& grant) {
      if (grant.lease != lease || grant.lease_until == Time{}) return false;
      grant.lease_until = {};
      return true;
    }));
    return Done{};
  });
}

Result<std::vector<Grant>> MongoStore::grants_due(Time now, int max) {
  if (max <= 0) return std::vector<Grant>();
  return database_->run([&](Act& act) {
    // This is is_due(); what has no due time is not less than any.
    return Rows<Grant>::of_all(act).find(
        document("state", GrantState::live, "refresh_due_at", document("$lte", now), "lease_until",
                 document("$lte", now)),
        {.sort = document("refresh_due_at", 1, mongo::kCustomerField, 1, "id", 1), .limit = max});
  });
}

}  // namespace herald
