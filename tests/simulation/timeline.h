// Simulated time: what happens when, in one queue, on one thread. Events belong to a worker process
// or to the world; a process that dies takes its events with it, a frozen one keeps them waiting.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>

#include "domain/time.h"

namespace herald::simulation {

using Owner = int;
inline constexpr Owner kWorld = 0;

class Timeline {
 public:
  using Work = std::function<void()>;

  // Since the run began; never jumps. Wall clocks are made of it.
  Duration now() const { return now_; }
  void after(Duration delay, Owner owner, Work work);

  // Runs the next event, if there is one until `end`, and moves the time to it (or to `end`).
  bool step(Duration end);
  // When the next event is; far away when there is none.
  Duration next() const;
  // Moves the time forward to a moment before the next event.
  void wait_until(Duration moment);

  // Nothing of this owner happens until then.
  void freeze(Owner owner, Duration until);
  bool frozen(Owner owner) const;
  // Whatever this owner had still to do is gone.
  void drop(Owner owner);
  void clear();

  // Called around every event with its owner.
  std::function<void(Owner)> before_event;
  std::function<void()> after_event;

 private:
  struct Event {
    Owner owner = kWorld;
    Work work;
  };
  Duration now_{};
  std::uint64_t made_ = 0;
  std::map<std::pair<Duration, std::uint64_t>, Event> events_;
  std::map<Owner, Duration> frozen_until_;
};

}  // namespace herald::simulation
