#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include "store/memory/memory_store.h"
#include "store/memory/table.h"

namespace herald {
namespace {

// The keys of the `max` oldest entries of a map that `place` gives a place; it gives nullopt where
// an entry stays.
template <class Map, class Place>
auto oldest(const Map& map, int max, Place place) {
  using Key = typename Map::key_type;
  std::vector<std::pair<Time, Key>> found;
  for (const auto& [key, row] : map) {
    if (const std::optional<Time> at = place(row)) found.emplace_back(*at, key);
  }
  std::ranges::sort(found);
  if (std::ssize(found) > max) found.resize(static_cast<std::size_t>(std::max(max, 0)));
  std::vector<Key> keys;
  for (auto& [at, key] : found) keys.push_back(std::move(key));
  return keys;
}

template <class Map, class Place>
int erase_oldest(Map& map, int max, Place place) {
  const auto keys = oldest(map, max, place);
  for (const auto& key : keys) map.erase(key);
  return static_cast<int>(keys.size());
}

std::optional<Time> if_before(Time at, Time before, bool goes = true) {
  return goes && at < before ? std::optional(at) : std::nullopt;
}

}  // namespace

Result<int> MemoryStore::forget_sessions(Time before, int max) {
  const std::scoped_lock lock(mutex_);
  return erase_oldest(sessions_, max,
                      [&](const Session& row) { return if_before(row.expires_at, before); });
}

Result<int> MemoryStore::forget_flows(Time before, int max) {
  const std::scoped_lock lock(mutex_);
  return erase_oldest(flows_, max,
                      [&](const OAuthFlow& row) { return if_before(row.expires_at, before); });
}

Result<int> MemoryStore::forget_steps(Time before, int max) {
  const std::scoped_lock lock(mutex_);
  return erase_oldest(attempts_, max, [&](const Attempt& row) {
    // An edit replaces deliveries, so that there may be none any more.
    const Delivery* delivery = find_row(deliveries_, row.customer, row.delivery);
    const bool is_over = delivery == nullptr || is_final(delivery->state);
    return if_before(row.started_at, before, is_over && !row.visible && row.step != kSettledByHand);
  });
}

Result<int> MemoryStore::forget_follow_ups(Time before, int max) {
  const std::scoped_lock lock(mutex_);
  return erase_oldest(follow_ups_, max, [&](const FollowUp& row) {
    const bool is_over = row.state == FollowUpState::done || row.state == FollowUpState::failed;
    return if_before(row.updated_at, before, is_over);
  });
}

Result<int> MemoryStore::forget_audit(Time before, int max) {
  const std::scoped_lock lock(mutex_);
  std::map<std::size_t, AuditEvent> numbered;
  for (std::size_t i = 0; i < audit_.size(); ++i) numbered.emplace(i, audit_[i]);
  const int count = erase_oldest(
      numbered, max, [&](const AuditEvent& event) { return if_before(event.at, before); });
  audit_.clear();
  for (auto& [number, event] : numbered) audit_.push_back(std::move(event));
  return count;
}

Result<int> MemoryStore::forget_keys(Time before, int max) {
  const std::scoped_lock lock(mutex_);
  const auto keys = oldest(posts_, max, [&](const PostRow& row) {
    return if_before(row.post.created_at, before, !row.key.key.empty());
  });
  for (const auto& key : keys) posts_.at(key).key = {};
  return static_cast<int>(keys.size());
}

Result<int> MemoryStore::forget_facts(Time before, int max) {
  const std::scoped_lock lock(mutex_);
  return erase_oldest(facts_, max,
                      [&](const KeptFacts& row) { return if_before(row.asked_at, before); });
}

Result<int> MemoryStore::forget_figures(Time before, int max) {
  const std::scoped_lock lock(mutex_);
  return erase_oldest(figures_, max, [&](const DayRow& row) {
    return if_before(row.day, std::chrono::floor<std::chrono::days>(before));
  });
}

Result<int> MemoryStore::forget_expired_figures(Time now, int max) {
  const std::scoped_lock lock(mutex_);
  return erase_oldest(figures_, max, [&](const DayRow& row) {
    return row.expires_at && *row.expires_at <= now ? row.expires_at : std::nullopt;
  });
}

}  // namespace herald
