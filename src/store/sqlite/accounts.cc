#include <algorithm>
#include <set>
#include <tuple>

#include "domain/delivery_rules.h"
#include "domain/grant_rules.h"
#include "ports/store_refusals.h"
#include "store/sqlite/account_tables.h"
#include "store/sqlite/database.h"
#include "store/sqlite/delivery_rows.h"
#include "store/sqlite/measure_tables.h"
#include "store/sqlite/sqlite_store.h"

namespace herald {
namespace {

bool is_stood_on(SqliteConnection& db, const CustomerId& customer, const GrantId& grant) {
  return db.any("SELECT 1 FROM accounts WHERE customer_id = ? AND grant_id = ?", customer, grant);
}

// Inserts or replaces the accounts, and notes which other grants they leave.
Result<std::vector<Account>> place_accounts(SqliteConnection& db, const Connection& connection,
                                            std::set<GrantId>& left) {
  const CustomerId& customer = connection.grant.customer;
  std::vector<Account> rows;
  for (Account account : connection.accounts) {
    if (account.customer != customer || account.grant != connection.grant.id) {
      return rows_do_not_match("account does not stand on the grant");
    }
    const auto known = select<Account>(
        db, "WHERE customer_id = ? AND user_id = ? AND platform = ? AND remote_id = ?", customer,
        account.user, account.platform, account.remote_id);
    if (!known.empty()) {
      left.insert(known.front().grant);
      account.id = known.front().id;
      account.connected_at = known.front().connected_at;
      update(db, account);
    } else {
      if (find<Account>(db, customer, account.id)) return exists_already("account");
      insert(db, account);
    }
    rows.push_back(std::move(account));
  }
  left.erase(connection.grant.id);
  return rows;
}

// Whatever of this account can be cancelled; and no sealed byte of it stays where nothing goes on.
void retire_deliveries(SqliteConnection& db, const CustomerId& customer, const AccountId& account,
                       Time now) {
  for (Delivery& delivery : deliveries_of_account(db, customer, account)) {
    const bool cancels = may_cancel(delivery);
    if (cancels) cancel(delivery, now);
    if (is_final(delivery.state) && (cancels || !delivery.sealed_progress.empty())) {
      delivery.sealed_progress.clear();
      store_delivery(db, delivery);
      refold(db, customer, delivery.post);
    }
  }
}

}  // namespace

Result<std::vector<Account>> SqliteStore::connect(const CustomerScope& scope,
                                                  const Connection& connection) {
  return database_->write([&](SqliteConnection& db) -> Result<std::vector<Account>> {
    const Grant& given = connection.grant;
    if (given.customer != scope.customer()) return rows_do_not_match("grant of another customer");
    const auto stored = find<Grant>(db, given.customer, given.id);
    if (!stored) insert(db, given);
    std::set<GrantId> left;
    HERALD_TRY(auto rows, place_accounts(db, connection, left));
    std::int64_t left_version = 0;
    for (const GrantId& id : left) {
      left_version = std::max(left_version, find<Grant>(db, given.customer, id).value().version);
    }
    update(db, renewed(stored, given, left_version));
    for (const GrantId& id : left) {
      if (is_stood_on(db, given.customer, id)) continue;
      db.run("DELETE FROM grants WHERE customer_id = ? AND id = ?", given.customer, id);
    }
    for (const Account& account : rows) measure(db, account, given.updated_at);
    return rows;
  });
}

Result<Account> SqliteStore::find_account(const CustomerScope& scope, const AccountId& id) {
  return database_->read([&](SqliteConnection& db) -> Result<Account> {
    auto account = find<Account>(db, scope.customer(), id);
    if (!account) return no_such("account");
    return std::move(*account);
  });
}

Result<std::vector<Account>> SqliteStore::list_accounts(const CustomerScope& scope,
                                                        const std::optional<UserId>& user,
                                                        const std::optional<PlatformId>& platform) {
  return database_->read([&](SqliteConnection& db) -> Result<std::vector<Account>> {
    return select<Account>(db,
                           "WHERE customer_id = ?1 AND (?2 IS NULL OR user_id = ?2) "
                           "AND (?3 IS NULL OR platform = ?3) ORDER BY connected_at, id",
                           scope.customer(), user, platform);
  });
}

Result<std::vector<AccountStanding>> SqliteStore::account_standings(
    const CustomerScope& scope, const std::optional<UserId>& user,
    const std::optional<PlatformId>& platform) {
  // One query for all. The state is written out, since a parameter would hide from the planner that
  // the index of parked deliveries serves here. To sort a handful here costs less than there.
  static constexpr std::string_view kSql =
      "SELECT accounts.id, accounts.platform, kind, remote_id, name, username, picture_url, "
      "connected_at, state, state_message, scopes, ends_at, "
      "(SELECT count(*) FROM deliveries WHERE state = 'parked' "
      "AND deliveries.customer_id = ?1 AND account_id = accounts.id) "
      "FROM accounts JOIN grants ON grants.customer_id = ?1 AND grants.id = grant_id "
      "WHERE accounts.customer_id = ?1 AND (?2 IS NULL OR accounts.user_id = ?2) "
      "AND (?3 IS NULL OR accounts.platform = ?3)";
  return database_->read_once([&](SqliteConnection& db) -> Result<std::vector<AccountStanding>> {
    std::vector<AccountStanding> standings;
    Rows rows = db.query(kSql, scope.customer(), user, platform);
    while (rows.next()) {
      AccountStanding& standing = standings.emplace_back();
      rows.read(standing.id);
      rows.read(standing.platform);
      rows.read(standing.kind);
      rows.read(standing.remote_id);
      rows.read(standing.name);
      rows.read(standing.username);
      rows.read(standing.picture_url);
      rows.read(standing.connected_at);
      rows.read(standing.state);
      rows.read(standing.state_message);
      rows.read(json(standing.scopes));
      rows.read(standing.ends_at);
      rows.read(standing.parked);
    }
    std::ranges::sort(standings, [](const AccountStanding& a, const AccountStanding& b) {
      return std::tie(a.connected_at, a.id) < std::tie(b.connected_at, b.id);
    });
    return standings;
  });
}

Result<AccountStore::Removed> SqliteStore::remove_account(const CustomerScope& scope,
                                                          const AccountId& id, Time now) {
  return database_->write([&](SqliteConnection& db) -> Result<Removed> {
    const CustomerId& customer = scope.customer();
    const auto account = find<Account>(db, customer, id);
    if (!account) return no_such("account");
    Removed removed{.account = *account,
                    .grant = find<Grant>(db, customer, account->grant).value()};
    measure_no_more(db, customer, id);
    db.run("DELETE FROM account_facts WHERE customer_id = ? AND account_id = ?", customer, id);
    db.run("DELETE FROM accounts WHERE customer_id = ? AND id = ?", customer, id);
    retire_deliveries(db, customer, id, now);
    removed.last = !is_stood_on(db, customer, removed.grant.id);
    if (removed.last) update(db, emptied(removed.grant, now));
    return removed;
  });
}

}  // namespace herald
