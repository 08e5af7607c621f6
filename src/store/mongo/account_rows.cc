#include "store/mongo/account_rows.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "store/mongo/rows.h"

namespace herald::mongo {
namespace {

AccountPlace place_of(const Account& account) {
  return {account.id,        account.customer, account.user,        account.platform,
          account.remote_id, account.grant,    account.connected_at};
}

}  // namespace

std::string credentials_of(const PlatformId& platform) { return platform.value + "_credentials"; }

Result<std::vector<AccountPlace>> find_places(Act& act, const CustomerId& customer,
                                              const Bson& filter) {
  return Rows<AccountPlace>(act, customer).find(filter);
}

Result<std::optional<Account>> find_account(Act& act, const CustomerId& customer,
                                            const AccountId& id) {
  HERALD_TRY(const auto place, Rows<AccountPlace>(act, customer).find_one(document("id", id)));
  if (!place) return std::nullopt;
  const std::string collection = credentials_of(place->platform);
  return Rows<Account>(act, customer, collection.c_str()).find_one(document("id", id));
}

Result<std::vector<Account>> find_accounts(Act& act, const CustomerId& customer,
                                           const Bson& filter) {
  HERALD_TRY(const auto places, find_places(act, customer, filter));
  std::map<PlatformId, std::vector<AccountId>> ids;
  for (const AccountPlace& place : places) ids[place.platform].push_back(place.id);
  std::vector<Account> accounts;
  for (const auto& [platform, some] : ids) {
    const std::string collection = credentials_of(platform);
    HERALD_TRY(auto found, Rows<Account>(act, customer, collection.c_str())
                               .find(document("id", document("$in", some))));
    std::ranges::move(found, std::back_inserter(accounts));
  }
  std::ranges::sort(accounts, [](const Account& a, const Account& b) {
    return std::tie(a.connected_at, a.id) < std::tie(b.connected_at, b.id);
  });
  return accounts;
}

Result<bool> is_stood_on(Act& act, const CustomerId& customer, const GrantId& grant) {
  return Rows<AccountPlace>(act, customer).raw().any(document("grant_id", grant));
}

Result<Done> insert_account(Act& act, const Account& account) {
  HERALD_CHECK(Rows<AccountPlace>(act, account.customer).insert(place_of(account)));
  const std::string collection = credentials_of(account.platform);
  return Rows<Account>(act, account.customer, collection.c_str()).insert(account);
}

Result<Done> update_account(Act& act, const Account& account) {
  HERALD_CHECK(Rows<AccountPlace>(act, account.customer).update(place_of(account)));
  const std::string collection = credentials_of(account.platform);
  HERALD_CHECK(Rows<Account>(act, account.customer, collection.c_str()).update(account));
  return Done{};
}

Result<Done> adopt_account(Act& act, const Account& account, const Bson& its) {
  HERALD_CHECK(Rows<AccountPlace>(act, account.customer).insert(place_of(account)));
  const std::string collection = credentials_of(account.platform);
  HERALD_CHECK(Documents(act, collection.c_str(), account.customer)
                   .update_one(its, document("$set", all_of(account))));
  return Done{};
}

Result<Done> remove_account(Act& act, const Account& account) {
  const Bson its = document("id", account.id);
  HERALD_CHECK(Rows<AccountPlace>(act, account.customer).raw().remove_one(its));
  const std::string collection = credentials_of(account.platform);
  HERALD_CHECK(Rows<Account>(act, account.customer, collection.c_str()).raw().remove_one(its));
  return Done{};
}

}  // namespace herald::mongo
