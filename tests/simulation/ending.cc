// How a run must end.
#include <algorithm>

#include "simulation/trial.h"

namespace herald::simulation {

// Posts are not all: a person who reconnects just now is not done before the connection lives.
bool Trial::all_settled() {
  for (const auto& [platform, id] : accounts_) {
    if (grant_of(id).state != GrantState::live) return false;
  }
  for (const auto& wish : wishes_) {
    if (wish.post.empty()) return false;
    for (const auto& row : deliveries(wish)) {
      if (!is_final(row.state) && row.state != DeliveryState::review) return false;
    }
    for (const auto& row : *shared_.store.follow_ups_of(caller().scope, wish.post)) {
      if (row.state != FollowUpState::done && row.state != FollowUpState::failed) return false;
    }
  }
  return true;
}

void Trial::judge() {
  audience_.watch(wishes_);
  for (const auto& wish : wishes_) {
    if (wish.post.empty()) {
      stage_.complain("w" + std::to_string(wish.number) + " could never be saved");
      continue;
    }
    const auto rows = deliveries(wish);
    if (std::ssize(rows) != wish.targets()) stage_.complain("a post has not its deliveries");
    for (const auto& row : rows) judge(wish, row);
  }
  judge_grants();
}

void Trial::judge(const Wish& wish, const Delivery& row) {
  const int seen = audience_.seen(wish, row);
  const int parts = wish.is_spread() ? 1 : wish.parts;
  const std::string name = "w" + std::to_string(wish.number) + " is " + name_of(row.state) + " (" +
                           row.code + ") and visible " + std::to_string(seen) + " times, of " +
                           std::to_string(parts);
  switch (row.state) {
    case DeliveryState::published:
      if (seen != parts) stage_.complain(name);
      if (!wish.settled_by_hand && !row.published_at) stage_.complain(name + ", without a time");
      break;
    case DeliveryState::failed:
      // Of a thread, the parts that are out are known.
      if (parts > 1 ? seen != row.visible_calls : seen != 0) stage_.complain(name);
      break;
    case DeliveryState::missed:
    case DeliveryState::cancelled:
      if (seen != 0) stage_.complain(name);
      break;
    case DeliveryState::review:
      break;
    default:
      stage_.complain("lost: " + name);
  }
  if (wish.cancelled.contains(row.target) && row.state != DeliveryState::cancelled) {
    stage_.complain("the person was told it is cancelled: " + name);
  }
  for (const auto& work : *shared_.store.follow_ups_of(caller().scope, wish.post)) {
    const int comments = audience_.comments(wish);
    const std::string which = "the comment of w" + std::to_string(wish.number) + " is " +
                              name_of(work.state) + " and there " + std::to_string(comments) +
                              " times";
    if (work.state == FollowUpState::done && comments != 1) stage_.complain(which);
    if (work.state != FollowUpState::done && work.state != FollowUpState::failed) {
      stage_.complain("lost: " + which);
    }
  }
}

void Trial::judge_grants() {
  for (const auto& [platform, id] : accounts_) {
    if (grant_of(id).state != GrantState::live) {
      stage_.complain(platform + " is not connected at the end");
    }
  }
}

// Nobody is sent to reconnect what still works: only a platform's word, or a single-use token whose
// answer was lost twice, ends a grant.
void Trial::watch_grants() {
  for (const auto& [platform, id] : accounts_) {
    const Grant grant = grant_of(id);
    if (grant.state == GrantState::live || world_.ended().contains(platform)) continue;
    const TokenWatch* watch = world_.watch_of(platform);
    if (watch != nullptr && watch->gave_reason()) continue;
    if (shared_.store.tried_twice(grant.id)) continue;
    stage_.complain(platform + " was disconnected although its tokens live");
    world_.tokens_died(platform);  // Said once.
  }
}

}  // namespace herald::simulation
