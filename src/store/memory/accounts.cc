#include <algorithm>
#include <set>
#include <tuple>

#include "domain/delivery_rules.h"
#include "domain/grant_rules.h"
#include "ports/store_refusals.h"
#include "store/memory/memory_store.h"
#include "store/memory/table.h"

namespace herald {

bool MemoryStore::is_stood_on(const CustomerId& customer, const GrantId& grant) const {
  return std::ranges::any_of(accounts_, [&](const auto& entry) {
    return entry.second.customer == customer && entry.second.grant == grant;
  });
}

Result<std::vector<Account>> MemoryStore::connect(const CustomerScope& scope,
                                                  const Connection& connection) {
  const std::scoped_lock lock(mutex_);
  const CustomerId& customer = scope.customer();
  if (connection.grant.customer != customer) return rows_do_not_match("grant of another customer");

  Table<AccountId, Account> accounts = accounts_;  // Taken over when all went well.
  std::vector<Account> rows;
  std::set<GrantId> left;
  for (Account account : connection.accounts) {
    if (account.customer != customer || account.grant != connection.grant.id) {
      return rows_do_not_match("account does not stand on the grant");
    }
    const auto known = std::ranges::find_if(accounts, [&](const auto& entry) {
      const Account& other = entry.second;
      return other.customer == customer && other.user == account.user &&
             other.platform == account.platform && other.remote_id == account.remote_id;
    });
    if (known != accounts.end()) {
      left.insert(known->second.grant);
      account.id = known->second.id;
      account.connected_at = known->second.connected_at;
    } else if (find_row(accounts, customer, account.id) != nullptr) {
      return exists_already("account");
    }
    accounts[{customer, account.id}] = account;
    rows.push_back(std::move(account));
  }
  accounts_ = std::move(accounts);

  left.erase(connection.grant.id);
  std::int64_t left_version = 0;
  for (const GrantId& id : left) {
    left_version = std::max(left_version, grants_.at({customer, id}).version);
  }
  const Grant* stored = find_row(grants_, customer, connection.grant.id);
  grants_[{customer, connection.grant.id}] =
      renewed(stored ? std::optional(*stored) : std::nullopt, connection.grant, left_version);
  for (const GrantId& id : left) {
    if (!is_stood_on(customer, id)) grants_.erase({customer, id});
  }
  for (const Account& account : rows) measure(account, connection.grant.updated_at);
  return rows;
}

Result<Account> MemoryStore::find_account(const CustomerScope& scope, const AccountId& id) {
  const std::scoped_lock lock(mutex_);
  const Account* account = find_row(accounts_, scope.customer(), id);
  if (account == nullptr) return no_such("account");
  return *account;
}

Result<std::vector<Account>> MemoryStore::list_accounts(const CustomerScope& scope,
                                                        const std::optional<UserId>& user,
                                                        const std::optional<PlatformId>& platform) {
  const std::scoped_lock lock(mutex_);
  std::vector<Account> rows;
  for (const auto& [key, account] : accounts_) {
    if (account.customer == scope.customer() && (!user || account.user == *user) &&
        (!platform || account.platform == *platform)) {
      rows.push_back(account);
    }
  }
  std::ranges::sort(rows, [](const Account& a, const Account& b) {
    return std::tie(a.connected_at, a.id) < std::tie(b.connected_at, b.id);
  });
  return rows;
}

Result<std::vector<AccountStanding>> MemoryStore::account_standings(
    const CustomerScope& scope, const std::optional<UserId>& user,
    const std::optional<PlatformId>& platform) {
  HERALD_TRY(auto accounts, list_accounts(scope, user, platform));
  const std::scoped_lock lock(mutex_);
  std::vector<AccountStanding> standings;
  for (const auto& account : accounts) {
    AccountStanding standing{.id = account.id,
                             .platform = account.platform,
                             .kind = account.kind,
                             .remote_id = account.remote_id,
                             .name = account.name,
                             .username = account.username,
                             .picture_url = account.picture_url,
                             .connected_at = account.connected_at};
    if (const Grant* grant = find_row(grants_, scope.customer(), account.grant)) {
      standing.state = grant->state;
      standing.state_message = grant->state_message;
      standing.scopes = grant->scopes;
      standing.ends_at = grant->ends_at;
    }
    for (const auto& [key, delivery] : deliveries_) {
      if (delivery.customer == scope.customer() && delivery.account == account.id &&
          delivery.state == DeliveryState::parked) {
        ++standing.parked;
      }
    }
    standings.push_back(std::move(standing));
  }
  return standings;
}

Result<AccountStore::Removed> MemoryStore::remove_account(const CustomerScope& scope,
                                                          const AccountId& id, Time now) {
  const std::scoped_lock lock(mutex_);
  const CustomerId& customer = scope.customer();
  const Account* account = find_row(accounts_, customer, id);
  if (account == nullptr) return no_such("account");
  Removed removed{.account = *account, .grant = grants_.at({customer, account->grant})};
  accounts_.erase({customer, id});
  measure_no_more(customer, id);
  std::erase_if(facts_, [&](const auto& entry) {
    return entry.second.customer == customer && entry.second.account == id;
  });
  for (auto& [key, delivery] : deliveries_) {
    if (delivery.customer != customer || delivery.account != id) continue;
    if (may_cancel(delivery)) cancel(delivery, now);
    if (is_final(delivery.state)) delivery.sealed_progress.clear();
  }
  removed.last = !is_stood_on(customer, removed.grant.id);
  if (removed.last) grants_[{customer, removed.grant.id}] = emptied(removed.grant, now);
  return removed;
}

}  // namespace herald
