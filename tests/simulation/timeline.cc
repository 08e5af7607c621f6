#include "simulation/timeline.h"

#include <algorithm>
#include <vector>

namespace herald::simulation {

void Timeline::after(Duration delay, Owner owner, Work work) {
  const Duration at = now_ + std::max(delay, Duration{});
  events_.emplace(std::pair(at, ++made_), Event{owner, std::move(work)});
}

Duration Timeline::next() const {
  return events_.empty() ? Duration::max() : events_.begin()->first.first;
}

void Timeline::wait_until(Duration moment) { now_ = std::max(now_, std::min(moment, next())); }

bool Timeline::step(Duration end) {
  while (!events_.empty() && events_.begin()->first.first <= end) {
    auto node = events_.extract(events_.begin());
    now_ = std::max(now_, node.key().first);
    const auto held = frozen_until_.find(node.mapped().owner);
    if (held != frozen_until_.end() && held->second > now_) {
      node.key().first = held->second;  // In its old order, once the owner is awake.
      events_.insert(std::move(node));
      continue;
    }
    const Event event = std::move(node.mapped());
    if (before_event) before_event(event.owner);
    event.work();
    if (after_event) after_event();
    return true;
  }
  now_ = std::max(now_, end);
  return false;
}

void Timeline::freeze(Owner owner, Duration until) {
  frozen_until_[owner] = std::max(frozen_until_[owner], until);
}

bool Timeline::frozen(Owner owner) const {
  const auto held = frozen_until_.find(owner);
  return held != frozen_until_.end() && held->second > now_;
}

void Timeline::drop(Owner owner) {
  std::vector<Event> gone;  // Destroyed last: what they hold may want to add events.
  for (auto it = events_.begin(); it != events_.end();) {
    if (it->second.owner != owner) {
      ++it;
      continue;
    }
    gone.push_back(std::move(it->second));
    it = events_.erase(it);
  }
  frozen_until_.erase(owner);
}

void Timeline::clear() {
  while (!events_.empty()) {
    const auto gone = std::move(events_);  // What they hold may want to add events.
    events_.clear();
  }
}

}  // namespace herald::simulation
