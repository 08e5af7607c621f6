#include <algorithm>

#include "domain/delivery_rules.h"
#include "ports/store_refusals.h"
#include "store/memory/memory_store.h"
#include "store/memory/table.h"

namespace herald {

// Every row that claim_due will have something to do for, with the time of that.
std::vector<std::pair<Time, Delivery*>> MemoryStore::claimable() {
  std::map<std::pair<CustomerId, AccountId>, const Delivery*> first;
  for (const auto& [key, delivery] : deliveries_) {
    if (!holds_back(delivery)) continue;
    const Delivery*& known = first[{delivery.customer, delivery.account}];
    if (known == nullptr || goes_before(delivery, *known)) known = &delivery;
  }
  std::vector<std::pair<Time, Delivery*>> rows;
  for (auto& [key, delivery] : deliveries_) {
    const bool is_first = first[{delivery.customer, delivery.account}] == &delivery;
    if (const auto at = claim_time(delivery, is_first)) rows.emplace_back(*at, &delivery);
  }
  return rows;
}

Result<std::vector<Delivery>> MemoryStore::claim_due(Time now, Duration lease, int max) {
  const std::scoped_lock lock(mutex_);
  for (auto& [key, delivery] : deliveries_) {
    if (delivery.state == DeliveryState::running && delivery.lease_until <= now) {
      rescue(delivery, now);
    }
  }
  std::vector<Candidate> due;
  for (const auto& [at, delivery] : claimable()) {
    if (at > now || delivery->state == DeliveryState::running) continue;
    due.push_back({delivery->customer, at, delivery->id, {}});
  }
  std::vector<Delivery> claimed;
  for (const Candidate& candidate : take_turns(std::move(due), max, delivery_turn_)) {
    Delivery& delivery = deliveries_.at({candidate.customer, candidate.id});
    lease_out(delivery, posts_.at({delivery.customer, delivery.post}).post.revision, now, lease);
    claimed.push_back(delivery);
  }
  return claimed;
}

Result<std::optional<Time>> MemoryStore::next_due(Time now) {
  const std::scoped_lock lock(mutex_);
  std::optional<Time> next;
  for (const auto& [at, delivery] : claimable()) {
    if (!next || at < *next) next = std::max(at, now);
  }
  return next;
}

Result<int> MemoryStore::resume_parked(Time now) {
  const std::scoped_lock lock(mutex_);
  int resumed = 0;
  for (auto& [key, delivery] : deliveries_) {
    if (delivery.state != DeliveryState::parked) continue;
    const Account* account = find_row(accounts_, delivery.customer, delivery.account);
    if (account == nullptr) continue;
    const Grant& grant = grants_.at({account->customer, account->grant});
    if (grant.state != GrantState::live || grant.version == delivery.parked_version) continue;
    resume(delivery, now);
    ++resumed;
  }
  return resumed;
}

Result<Done> MemoryStore::end_all_leases() {
  const std::scoped_lock lock(mutex_);
  for (auto& [key, delivery] : deliveries_) delivery.lease_until = {};
  for (auto& [key, follow_up] : follow_ups_) follow_up.lease_until = {};
  for (auto& [key, grant] : grants_) grant.lease_until = {};
  for (auto& [key, row] : measurements_) row.lease_until = {};
  return Done{};
}

Result<Done> MemoryStore::check_attempt(const std::optional<Attempt>& attempt,
                                        const Delivery& of) const {
  if (!attempt) return Done{};
  if (attempt->customer != of.customer || attempt->delivery != of.id || attempt->post != of.post) {
    return rows_do_not_match("attempt of another delivery");
  }
  if (attempts_.contains({attempt->customer, attempt->id})) return exists_already("attempt");
  return Done{};
}

Result<Done> MemoryStore::save_delivery(const Delivery& delivery, std::int64_t lease,
                                        const std::optional<Attempt>& attempt,
                                        const std::vector<FollowUp>& follow_ups) {
  const std::scoped_lock lock(mutex_);
  Delivery* stored = find_row(deliveries_, delivery.customer, delivery.id);
  if (stored == nullptr) return no_such("delivery");
  if (stored->lease != lease) return lease_lost();
  if (stored->state != delivery.state && !may_move(stored->state, delivery.state)) {
    return move_not_allowed(stored->state, delivery.state);
  }
  HERALD_CHECK(check_attempt(attempt, *stored));
  for (const FollowUp& follow_up : follow_ups) {
    if (follow_up.customer != delivery.customer || follow_up.delivery != delivery.id) {
      return rows_do_not_match("follow-up of another delivery");
    }
  }
  *stored = written_over(*stored, delivery);
  measure(*stored);
  if (attempt) attempts_[{attempt->customer, attempt->id}] = *attempt;
  for (const FollowUp& follow_up : follow_ups) {
    follow_ups_.try_emplace({follow_up.customer, {follow_up.delivery, follow_up.kind}}, follow_up);
  }
  return Done{};
}

Result<Done> MemoryStore::renew_lease(const CustomerId& customer, const DeliveryId& id,
                                      std::int64_t lease, Time until) {
  const std::scoped_lock lock(mutex_);
  Delivery* stored = find_row(deliveries_, customer, id);
  if (stored == nullptr) return no_such("delivery");
  if (stored->lease != lease || stored->lease_until == Time{}) return lease_lost();
  stored->lease_until = until;
  return Done{};
}

}  // namespace herald
