#include <algorithm>
#include <set>

#include "domain/delivery_rules.h"
#include "domain/measurement_rules.h"
#include "ports/store_refusals.h"
#include "store/mongo/account_fields.h"
#include "store/mongo/guard.h"
#include "store/mongo/measure_fields.h"
#include "store/mongo/mongo_store.h"
#include "store/mongo/rows.h"

namespace herald {

using mongo::Act;
using mongo::Bson;
using mongo::document;
using mongo::Documents;
using mongo::Rows;

namespace {

// So many of the rows that have been due the longest are chosen from.
constexpr int kLookedAtMax = 20'000;

using AccountKey = std::pair<std::string, std::string>;  // Customer and account.

Bson leased(Time now) { return document("lease_until", document("$gt", now)); }

// Accounts that somebody works on.
Result<std::set<AccountKey>> busy_accounts(Act& act, Time now) {
  HERALD_TRY(const auto found,
             Documents::of_all(act, "measurements")
                 .find(leased(now), {.fields = document("customer_id", 1, "account_id", 1)}));
  std::set<AccountKey> accounts;
  for (const Bson& one : found) {
    accounts.emplace(one.at("customer_id").bytes, one.at("account_id").bytes);
  }
  return accounts;
}

// Of every account that nobody works on, the row that has been due the longest.
Result<std::vector<Candidate>> due_rows(Act& act, Time now) {
  HERALD_TRY(const auto busy, busy_accounts(act, now));
  HERALD_TRY(
      const auto found,
      Rows<Measurement>::of_all(act).find(
          document("due_at", document("$lte", now)),
          {.sort = document("due_at", 1, "customer_id", 1, "account_id", 1, "delivery_id", 1),
           .limit = kLookedAtMax}));
  std::vector<Candidate> due;
  std::set<AccountKey> seen;
  for (const Measurement& row : found) {
    const AccountKey account(row.customer.value, row.account.value);
    if (busy.contains(account) || !seen.insert(account).second) continue;
    due.push_back({row.customer, *row.due_at, row.delivery, row.account.value});
  }
  return due;
}

// nullopt: it was taken, or is gone, since.
Result<std::optional<Measurement>> claim(Act& act, const Candidate& candidate, Time now,
                                         Duration lease) {
  const AccountId account(candidate.kind);
  HERALD_CHECK(guard(act, candidate.customer, "measuring", account.value));
  const Rows<Measurement> rows(act, candidate.customer);
  Bson taken = leased(now);
  put(taken, "account_id", account);
  HERALD_TRY(const bool is_busy, rows.raw().any(taken));
  HERALD_TRY(auto row, rows.find_one(document("account_id", account, "delivery_id", candidate.id)));
  if (is_busy || !row || !row->due_at || *row->due_at > now) return std::nullopt;
  lease_out(*row, now, lease);
  HERALD_CHECK(rows.update(*row));
  return row;
}

}  // namespace

Result<std::vector<Measurement>> MongoStore::claim_measurements(Time now, Duration lease, int max) {
  HERALD_TRY(auto due, database_->run([&](Act& act) { return due_rows(act, now); }));
  std::vector<Measurement> claimed;
  if (due.empty()) return claimed;
  {
    const std::scoped_lock lock(measurement_turn_.mutex);
    due = take_turns(std::move(due), max, measurement_turn_.customer);
  }
  for (const Candidate& candidate : due) {
    auto row = database_->run_as_one([&](Act& act) { return claim(act, candidate, now, lease); });
    // What was taken before is the caller's, and would else lie until its lease ends.
    if (!row && !claimed.empty()) break;
    if (!row) return std::unexpected(std::move(row).error());
    if (*row) claimed.push_back(std::move(**row));
  }
  return claimed;
}

Result<bool> MongoStore::reserve_calls(const CustomerScope& scope, const AccountId& account,
                                       Day day, int calls, int max) {
  return database_->run_as_one([&](Act& act) -> Result<bool> {
    const Rows<mongo::AccountPlace> places(act, scope.customer());
    HERALD_TRY(const auto own, places.find_one(document("id", account)));
    if (!own) return no_such("account");
    HERALD_CHECK(guard(act, scope.customer(), "reading", own->grant.value));
    HERALD_TRY(const auto sharing, places.find(document("grant_id", own->grant)));
    std::vector<std::string> ids;
    for (const auto& place : sharing) ids.push_back(place.id.value);
    const Rows<Measurement> rows(act, scope.customer());
    HERALD_TRY(auto found, rows.find(document("account_id", document("$in", ids), "delivery_id",
                                              DeliveryId())));
    int made = 0;
    for (const Measurement& row : found) made += calls_made(row, day);
    if (made + calls > max) return false;
    const auto counted = std::ranges::find(found, account, &Measurement::account);
    if (counted == found.end()) return no_such("account");
    count_calls(*counted, day, calls);
    HERALD_CHECK(rows.update(*counted));
    return true;
  });
}

Result<std::optional<Time>> MongoStore::next_measurement_due(Time now) {
  return database_->run([&](Act& act) -> Result<std::optional<Time>> {
    const Rows<Measurement> rows = Rows<Measurement>::of_all(act);
    std::optional<Time> next;
    HERALD_TRY(const auto held, rows.find_one(leased(now), {.sort = document("lease_until", 1)}));
    if (held) next = held->lease_until;
    HERALD_TRY(const auto busy, busy_accounts(act, now));
    std::vector<Bson> taken;
    for (const auto& [customer, account] : busy) {
      taken.push_back(document("customer_id", customer, "account_id", account));
    }
    Bson free = document("due_at", document("$gt", Time{}));
    if (!taken.empty()) put(free, "$nor", taken);
    HERALD_TRY(const auto first, rows.find_one(free, {.sort = document("due_at", 1)}));
    if (first && (!next || *first->due_at < *next)) next = first->due_at;
    if (next) next = std::max(*next, now);
    return next;
  });
}

}  // namespace herald
