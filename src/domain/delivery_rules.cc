#include "domain/delivery_rules.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace herald {

using namespace std::chrono_literals;
using enum DeliveryState;

namespace {

bool is_under_way(DeliveryState state) {
  return state == scheduled || state == running || state == waiting || state == parked;
}

}  // namespace

bool holds_back(const Delivery& delivery) {
  const bool taken_over =
      delivery.state == waiting && delivery.visible_calls > 0 && !delivery.fence.has_value();
  return is_under_way(delivery.state) && !taken_over;
}

bool goes_before(const Delivery& a, const Delivery& b) {
  return std::tie(a.publish_at, a.id) < std::tie(b.publish_at, b.id);
}

bool may_cancel(const Delivery& delivery) {
  return is_under_way(delivery.state) && !delivery.fence.has_value() && delivery.visible_calls == 0;
}

bool blocks_cancel(const Delivery& delivery) {
  return !is_final(delivery.state) && !may_cancel(delivery);
}

bool may_edit(const Delivery& delivery) {
  return delivery.state == scheduled && !delivery.fence.has_value() && delivery.visible_calls == 0;
}

bool repeats(const Delivery& fresh, const Delivery& stored, Duration window) {
  const auto near = [&](Time a, Time b) { return a - b < window && b - a < window; };
  // Nobody sees these, and nobody will unless a person says so.
  const bool came_to_nothing = stored.state == DeliveryState::cancelled ||
                               stored.state == DeliveryState::failed ||
                               stored.state == DeliveryState::missed;
  return !fresh.content.empty() && fresh.content == stored.content && fresh.post != stored.post &&
         fresh.account == stored.account && fresh.target_key == stored.target_key &&
         near(fresh.created_at, stored.created_at) && near(fresh.publish_at, stored.publish_at) &&
         !came_to_nothing;
}

std::optional<Time> claim_time(const Delivery& delivery, bool first) {
  switch (delivery.state) {
    case scheduled:
      return first ? std::optional(delivery.due_at) : std::nullopt;
    case waiting:
      return delivery.due_at;
    case unknown:
      return std::max(delivery.due_at, delivery.lease_until);
    case running:
      return delivery.lease_until;
    default:
      return std::nullopt;
  }
}

bool is_claimable(FollowUpState state) {
  return state == FollowUpState::due || state == FollowUpState::unknown;
}

std::optional<Time> claim_time(const FollowUp& follow_up) {
  if (follow_up.state == FollowUpState::running) return follow_up.lease_until;
  if (is_claimable(follow_up.state)) return follow_up.due_at;
  return std::nullopt;
}

void cancel(Delivery& delivery, Time now) {
  delivery.state = cancelled;
  delivery.lease += 1;
  delivery.lease_until = {};
  delivery.sealed_progress.clear();
  delivery.updated_at = now;
}

void rescue(Delivery& delivery, Time now) {
  delivery.state = delivery.fence ? unknown : scheduled;
  if (delivery.fence) delivery.due_at = now;
  delivery.lease += 1;
  delivery.lease_until = {};
  delivery.updated_at = now;
}

void rescue(FollowUp& follow_up, Time now) {
  follow_up.attempt += 1;
  follow_up.state = follow_up.fence ? FollowUpState::unknown : FollowUpState::due;
  // By then nothing can be on its way any more, and a listing shows what has arrived.
  if (follow_up.fence) follow_up.due_at = now + 3min;
  follow_up.lease += 1;
  follow_up.lease_until = {};
  follow_up.updated_at = now;
}

void lease_out(Delivery& delivery, int revision, Time now, Duration lease) {
  if (delivery.state == scheduled && delivery.revision == 0) delivery.revision = revision;
  if (delivery.state != unknown) delivery.state = running;
  delivery.taken += 1;
  delivery.lease += 1;
  delivery.lease_until = now + lease;
  delivery.updated_at = now;
}

void lease_out(FollowUp& follow_up, Time now, Duration lease) {
  follow_up.state = FollowUpState::running;
  follow_up.lease += 1;
  follow_up.lease_until = now + lease;
  follow_up.updated_at = now;
}

void resume(Delivery& delivery, Time now) {
  if (now > delivery.missed_after && delivery.visible_calls == 0) {
    delivery.state = missed;
  } else {
    delivery.state = scheduled;
    delivery.due_at = now;
    delivery.code.clear();
    delivery.message.clear();
  }
  delivery.updated_at = now;
}

Delivery written_over(const Delivery& stored, const Delivery& given) {
  Delivery row = given;
  row.id = stored.id;
  row.customer = stored.customer;
  row.user = stored.user;
  row.post = stored.post;
  row.account = stored.account;
  row.platform = stored.platform;
  row.target = stored.target;
  row.kind = stored.kind;
  row.publish_at = stored.publish_at;
  row.created_at = stored.created_at;
  row.lease = stored.lease;
  const bool goes_on = row.state == running || (row.state == unknown && stored.state == unknown &&
                                                given.lease_until != Time{});
  row.lease_until = goes_on ? stored.lease_until : Time{};
  if (!goes_on) row.taken = 0;
  return row;
}

FollowUp written_over(const FollowUp& stored, const FollowUp& given) {
  FollowUp row = given;
  row.delivery = stored.delivery;
  row.kind = stored.kind;
  row.customer = stored.customer;
  row.lease = stored.lease;
  row.lease_until = row.state == FollowUpState::running ? stored.lease_until : Time{};
  return row;
}

std::vector<Candidate> take_turns(std::vector<Candidate> candidates, int max, CustomerId& turn) {
  std::ranges::sort(candidates, [](const Candidate& a, const Candidate& b) {
    return std::tie(a.customer, a.at, a.id, a.kind) < std::tie(b.customer, b.at, b.id, b.kind);
  });
  // (round, seat, row): seats count customers from the one after `turn` on.
  std::vector<std::tuple<std::size_t, std::size_t, std::size_t>> order;
  const std::size_t all = candidates.size();
  for (std::size_t i = 0, round = 0, seat = 0; i < all; ++i) {
    const bool same = i > 0 && candidates[i].customer == candidates[i - 1].customer;
    round = same ? round + 1 : 0;
    seat = same ? seat : i;
    order.emplace_back(round, candidates[i].customer > turn ? seat : seat + all, i);
  }
  std::ranges::sort(order);
  std::vector<Candidate> chosen;
  for (const auto& [round, seat, i] : order) {
    if (std::ssize(chosen) >= max) break;
    chosen.push_back(std::move(candidates[i]));
  }
  if (!chosen.empty()) turn = chosen.back().customer;
  return chosen;
}

}  // namespace herald
