#include <algorithm>

#include "domain/delivery_rules.h"
#include "ports/store_refusals.h"
#include "store/memory/memory_store.h"
#include "store/memory/table.h"

namespace herald {

Result<std::vector<FollowUp>> MemoryStore::follow_ups_of(const CustomerScope& scope,
                                                         const PostId& id) {
  const std::scoped_lock lock(mutex_);
  if (find_row(posts_, scope.customer(), id) == nullptr) return no_such("post");
  std::vector<FollowUp> rows;
  for (const auto& [key, follow_up] : follow_ups_) {
    if (follow_up.customer != scope.customer()) continue;
    if (deliveries_.at({follow_up.customer, follow_up.delivery}).post == id) {
      rows.push_back(follow_up);
    }
  }
  return rows;
}

Result<std::vector<FollowUp>> MemoryStore::claim_follow_ups(Time now, Duration lease, int max) {
  const std::scoped_lock lock(mutex_);
  std::vector<Candidate> due;
  for (auto& [key, follow_up] : follow_ups_) {
    if (follow_up.state == FollowUpState::running && follow_up.lease_until <= now) {
      rescue(follow_up, now);
    }
    if (is_claimable(follow_up.state) && follow_up.due_at <= now) {
      due.push_back({follow_up.customer, follow_up.due_at, follow_up.delivery, follow_up.kind});
    }
  }
  std::vector<FollowUp> claimed;
  for (const Candidate& candidate : take_turns(std::move(due), max, follow_up_turn_)) {
    FollowUp& follow_up = follow_ups_.at({candidate.customer, {candidate.id, candidate.kind}});
    lease_out(follow_up, now, lease);
    claimed.push_back(follow_up);
  }
  return claimed;
}

Result<Done> MemoryStore::save_follow_up(const FollowUp& follow_up, std::int64_t lease,
                                         const std::optional<Attempt>& attempt) {
  const std::scoped_lock lock(mutex_);
  FollowUp* stored =
      find_row(follow_ups_, follow_up.customer, FollowUpId{follow_up.delivery, follow_up.kind});
  if (stored == nullptr) return no_such("follow-up");
  if (stored->lease != lease) return lease_lost();
  HERALD_CHECK(check_attempt(attempt, deliveries_.at({stored->customer, stored->delivery})));
  *stored = written_over(*stored, follow_up);
  if (attempt) attempts_[{attempt->customer, attempt->id}] = *attempt;
  return Done{};
}

Result<PageOf<Attempt>> MemoryStore::list_attempts(const CustomerScope& scope,
                                                   const AttemptFilter& filter,
                                                   const PageRequest& page) {
  const std::scoped_lock lock(mutex_);
  std::vector<Attempt> rows;
  for (const auto& [key, attempt] : attempts_) {
    if (attempt.customer != scope.customer()) continue;
    if (filter.user && attempt.user != *filter.user) continue;
    if (filter.post && attempt.post != *filter.post) continue;
    if (filter.delivery && attempt.delivery != *filter.delivery) continue;
    rows.push_back(attempt);
  }
  return page_of(std::move(rows), page,
                 [](const Attempt& row) { return std::pair(row.started_at, row.id); });
}

}  // namespace herald
