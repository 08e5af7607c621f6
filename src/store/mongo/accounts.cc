#include <algorithm>
#include <map>
#include <set>

#include "domain/delivery_rules.h"
#include "domain/grant_rules.h"
#include "ports/store_refusals.h"
#include "store/mongo/account_rows.h"
#include "store/mongo/delivery_rows.h"
#include "store/mongo/guard.h"
#include "store/mongo/measure_fields.h"
#include "store/mongo/mongo_store.h"
#include "store/mongo/plain_fields.h"
#include "store/mongo/post_fields.h"
#include "store/mongo/races.h"
#include "store/mongo/rows.h"

namespace herald {

using mongo::Act;
using mongo::Bson;
using mongo::document;
using mongo::documents;
using mongo::Rows;

namespace {

// Inserts or replaces the accounts, and notes which other grants they leave.
Result<std::vector<Account>> place_accounts(Act& act, const Connection& connection,
                                            std::set<GrantId>& left) {
  const CustomerId& customer = connection.grant.customer;
  const Rows<mongo::AccountPlace> places(act, customer);
  std::vector<Account> rows;
  for (Account account : connection.accounts) {
    if (account.customer != customer || account.grant != connection.grant.id) {
      return rows_do_not_match("account does not stand on the grant");
    }
    HERALD_TRY(const auto known,
               places.find_one(document("user_id", account.user, "platform", account.platform,
                                        "remote_id", account.remote_id)));
    if (known) {
      left.insert(known->grant);
      account.id = known->id;
      account.connected_at = known->connected_at;
      HERALD_CHECK(update_account(act, account));
    } else {
      HERALD_TRY(const bool taken, places.raw().any(document("id", account.id)));
      if (taken) return exists_already("account");
      HERALD_CHECK(insert_account(act, account));
    }
    rows.push_back(std::move(account));
  }
  left.erase(connection.grant.id);
  return rows;
}

// Of a customer's acts that connect or remove accounts each sees what the one before left.
Result<Done> pass_alone(Act& act, const CustomerId& customer) {
  return guard(act, customer, "connections", "all");
}

// Writes the grant, and removes those that nobody stands on any more.
Result<Done> place_grant(Act& act, const Grant& given, const std::set<GrantId>& left) {
  const Rows<Grant> grants(act, given.customer);
  HERALD_TRY(const auto stored, grants.find_one(document("id", given.id)));
  std::int64_t left_version = 0;
  for (const GrantId& id : left) {
    HERALD_TRY(const auto grant, grants.find_one(document("id", id)));
    if (grant) left_version = std::max(left_version, grant->version);
    HERALD_TRY(const bool stands, is_stood_on(act, given.customer, id));
    if (!stands) HERALD_CHECK(grants.raw().remove_one(document("id", id)));
  }
  const Grant row = renewed(stored, given, left_version);
  if (!stored) return grants.insert(row);
  HERALD_CHECK(grants.update(row));
  return Done{};
}

// Whatever of this account can be cancelled; and no sealed byte of it stays where nothing goes on.
Result<Done> retire_deliveries(Act& act, const CustomerId& customer, const AccountId& account,
                               Time now) {
  const std::string nothing;
  HERALD_TRY(const auto rows,
             Rows<Delivery>(act, customer)
                 .find(document("account_id", account, "$or",
                                documents(document("holds", true),
                                          document("sealed_progress",
                                                   document("$ne", mongo::bytes(nothing)))))));
  for (const Delivery& before : rows) {
    Delivery delivery = before;
    if (may_cancel(delivery)) cancel(delivery, now);
    if (!is_final(delivery.state)) continue;
    delivery.sealed_progress.clear();
    HERALD_CHECK(move_delivery(act, before, delivery));
  }
  return Done{};
}

// How many deliveries of each account are parked.
Result<std::map<AccountId, int>> parked_of(Act& act, const CustomerId& customer) {
  HERALD_TRY(const auto groups,
             Rows<Delivery>(act, customer)
                 .raw()
                 .aggregate(document("state", DeliveryState::parked),
                            documents(document("$group", document("_id", "$account_id", "n",
                                                                  document("$sum", 1))))));
  std::map<AccountId, int> parked;
  for (const Bson& group : groups) {
    parked[AccountId(std::string(group.at("_id").bytes))] = static_cast<int>(group.at("n").integer);
  }
  return parked;
}

AccountStanding standing_of(Account account, const std::map<GrantId, Grant>& grants, int parked) {
  AccountStanding standing{.id = std::move(account.id),
                           .platform = std::move(account.platform),
                           .kind = std::move(account.kind),
                           .remote_id = std::move(account.remote_id),
                           .name = std::move(account.name),
                           .username = std::move(account.username),
                           .picture_url = std::move(account.picture_url),
                           .connected_at = account.connected_at,
                           .state_message = {},
                           .scopes = {},
                           .ends_at = {},
                           .parked = parked};
  if (const auto grant = grants.find(account.grant); grant != grants.end()) {
    standing.state = grant->second.state;
    standing.state_message = grant->second.state_message;
    standing.scopes = grant->second.scopes;
    standing.ends_at = grant->second.ends_at;
  }
  return standing;
}

Bson places_of(const std::optional<UserId>& user, const std::optional<PlatformId>& platform) {
  Bson which;
  if (user) put(which, "user_id", *user);
  if (platform) put(which, "platform", *platform);
  return which;
}

}  // namespace

Result<std::vector<Account>> MongoStore::connect(const CustomerScope& scope,
                                                 const Connection& connection) {
  const Grant& given = connection.grant;
  if (given.customer != scope.customer()) return rows_do_not_match("grant of another customer");
  return mongo::run_as_one(*database_, [&](Act& act) -> Result<std::vector<Account>> {
    HERALD_CHECK(pass_alone(act, given.customer));
    std::set<GrantId> left;
    HERALD_TRY(auto rows, place_accounts(act, connection, left));
    HERALD_CHECK(place_grant(act, given, left));
    for (const Account& account : rows) HERALD_CHECK(measure(act, account, given.updated_at));
    return rows;
  });
}

Result<TakeOver> MongoStore::take_over(const PlainAccount& plain, const Connection& connection) {
  const Grant& given = connection.grant;
  const Account& account = connection.accounts.front();
  const CustomerId& customer = given.customer;
  const std::string collection = mongo::credentials_of(account.platform);
  return mongo::run_as_one(*database_, [&](Act& act) -> Result<TakeOver> {
    HERALD_CHECK(pass_alone(act, customer));
    const mongo::Documents documents(act, collection.c_str(), customer);
    const Bson its(plain.place);
    HERALD_TRY(const auto stored, documents.find_one(its));
    if (!stored || !mongo::is_plain(*stored, plain)) return TakeOver::gone;
    HERALD_CHECK(documents.update_one(its, mongo::without_tokens(*stored, plain)));

    HERALD_TRY(const auto place,
               Rows<mongo::AccountPlace>(act, customer)
                   .find_one(document("user_id", account.user, "platform", account.platform,
                                      "remote_id", account.remote_id)));
    // Two documents of one account: which tokens are newer nobody knows; those in use work.
    if (place && stored->at("id").bytes != place->id.value) return TakeOver::connected;
    std::set<GrantId> left;
    std::vector<Account> rows{account};
    if (place) {
      // Written into our own document after it was sealed: these are newer.
      HERALD_TRY(rows, place_accounts(act, connection, left));
    } else {
      HERALD_CHECK(mongo::adopt_account(act, account, its));
    }
    HERALD_CHECK(place_grant(act, given, left));
    HERALD_CHECK(measure(act, rows.front(), given.updated_at));
    return TakeOver::taken;
  });
}

Result<Account> MongoStore::find_account(const CustomerScope& scope, const AccountId& id) {
  return database_->run([&](Act& act) -> Result<Account> {
    HERALD_TRY(auto account, mongo::find_account(act, scope.customer(), id));
    if (!account) return no_such("account");
    return std::move(*account);
  });
}

Result<std::vector<Account>> MongoStore::list_accounts(const CustomerScope& scope,
                                                       const std::optional<UserId>& user,
                                                       const std::optional<PlatformId>& platform) {
  return database_->run(
      [&](Act& act) { return find_accounts(act, scope.customer(), places_of(user, platform)); });
}

// In one transaction, so that no account is told of with a grant that it has just left.
Result<std::vector<AccountStanding>> MongoStore::account_standings(
    const CustomerScope& scope, const std::optional<UserId>& user,
    const std::optional<PlatformId>& platform) {
  return database_->run_as_one([&](Act& act) -> Result<std::vector<AccountStanding>> {
    const CustomerId& customer = scope.customer();
    HERALD_TRY(auto accounts, find_accounts(act, customer, places_of(user, platform)));
    std::vector<AccountStanding> standings;
    if (accounts.empty()) return standings;
    std::vector<GrantId> ids;
    for (const Account& account : accounts) ids.push_back(account.grant);
    HERALD_TRY(auto found, Rows<Grant>(act, customer).find(document("id", document("$in", ids))));
    std::map<GrantId, Grant> grants;
    for (Grant& grant : found) grants.emplace(grant.id, std::move(grant));
    HERALD_TRY(auto parked, parked_of(act, customer));
    for (Account& account : accounts) {
      const int count = parked[account.id];
      standings.push_back(standing_of(std::move(account), grants, count));
    }
    return standings;
  });
}

Result<AccountStore::Removed> MongoStore::remove_account(const CustomerScope& scope,
                                                         const AccountId& id, Time now) {
  return mongo::run_as_one(*database_, [&](Act& act) -> Result<Removed> {
    const CustomerId& customer = scope.customer();
    HERALD_CHECK(pass_alone(act, customer));
    // Whoever adds a delivery or facts to the account at this moment comes before, or finds it
    // gone.
    HERALD_CHECK(guard(act, customer, "account", id.value));
    HERALD_TRY(auto account, mongo::find_account(act, customer, id));
    if (!account) return no_such("account");
    const Rows<Grant> grants(act, customer);
    HERALD_TRY(auto grant, grants.find_one(document("id", account->grant)));
    if (!grant) return no_such("grant");
    HERALD_CHECK(mongo::measure_no_more(act, customer, id));
    HERALD_CHECK(Rows<KeptFacts>(act, customer).raw().remove_many(document("account_id", id)));
    HERALD_CHECK(mongo::remove_account(act, *account));
    HERALD_CHECK(retire_deliveries(act, customer, id, now));
    HERALD_TRY(const bool stands, is_stood_on(act, customer, grant->id));
    if (!stands) HERALD_CHECK(grants.update(emptied(*grant, now)));
    return Removed{.account = std::move(*account), .grant = std::move(*grant), .last = !stands};
  });
}

}  // namespace herald
