#include "app/queue.h"

#include <algorithm>
#include <exception>
#include <string>
#include <utility>

namespace herald {
namespace {

using namespace std::chrono_literals;

constexpr Duration kPassAtLeastEvery = 1s;
constexpr Duration kPassAfterFault = 2s;  // Work goes on within five of the fault's end.
// Whoever reconnects an account lets its posts go on at once; this is for what was cut off there.
constexpr Duration kSweepEvery = 5s;
constexpr int kClaimMax = 64;

}  // namespace

// One of those in flight. It is given back when the last who knows of it forgets it, also by an
// exception.
class Queue::Seat {
 public:
  explicit Seat(Queue& queue) : queue_(queue) { ++queue_.in_flight_; }
  Seat(const Seat&) = delete;
  Seat& operator=(const Seat&) = delete;
  ~Seat() { queue_.let_go(); }

 private:
  Queue& queue_;
};

Result<Done> Queue::resume_parked() {
  const Time now = clock_.now();
  if (now < from_ms(next_sweep_ms_)) return Done{};
  HERALD_TRY(const int resumed, store_.resume_parked(now));
  next_sweep_ms_ = to_ms(now + kSweepEvery);
  if (resumed > 0) {
    log_.write(LogLevel::info, std::to_string(resumed) + " parked deliveries go on");
  }
  return Done{};
}

Result<int> Queue::run_once() {
  HERALD_CHECK(resume_parked());
  int started = 0;
  const Time now = clock_.now();  // Leases count from here: the sweep may have taken its time.
  HERALD_TRY(const auto next, store_.next_due(now));
  const int room = std::min(kClaimMax, in_flight_max_ - in_flight_.load());
  if (next && *next <= now && room > 0) {
    HERALD_TRY(auto claimed, store_.claim_due(now, lease_, room));
    for (auto& delivery : claimed) {
      ++started;
      runner_.take(std::move(delivery), [seat = std::make_shared<Seat>(*this)] {});
    }
  }
  // Follow-ups are never starved by deliveries.
  const auto followed = follow_ups_.run_once(std::max(room - started, 1),
                                             [this] { return std::make_shared<Seat>(*this); });
  if (!followed) return std::unexpected(followed.error());
  last_pass_ms_ = to_ms(now);
  return started + *followed;
}

// A look for due work costs the store as much for one seat as for many: under load they are filled
// some at a time. What is free meanwhile is seen by the next pass in any case.
bool Queue::has_room() const {
  const int enough = std::clamp(in_flight_max_ / 4, 1, kClaimMax);
  return in_flight_max_ - in_flight_.load() >= enough;
}

void Queue::let_go() {
  --in_flight_;
  if (has_room()) wake();
}

void Queue::start() {
  stopped_ = false;
  wake();
}

void Queue::stop() { stopped_ = true; }

void Queue::wake() {
  woken_ = true;
  if (!stopped_) executor_.post([this] { pass(); });
}

void Queue::pass_after(Duration delay) {
  const auto at = to_ms(clock_.now() + delay);
  // One timer is enough: a later one than what is already set adds nothing.
  const auto set = next_pass_ms_.load();
  if (set > to_ms(clock_.now()) && set <= at) return;
  next_pass_ms_ = at;
  executor_.post_after(delay, [this] { pass(); });
}

// What is thrown in one pass must not be the end of all: the rows it had wait for their leases.
void Queue::pass() {
  if (stopped_ || passing_.exchange(true)) return;
  Duration delay = kPassAfterFault;
  try {
    delay = pass_once();
  } catch (const std::exception& fault) {
    log_.write(LogLevel::error, std::string("due work met a fault: ") + fault.what());
  }
  woken_ = true;  // The timer's pass is to look again.
  passing_ = false;
  if (!stopped_) pass_after(delay);
}

// Returns when to look again.
Duration Queue::pass_once() {
  Duration delay = kPassAtLeastEvery;
  while (woken_.exchange(false) && !stopped_) {
    const auto started = run_once();
    if (!started) {
      log_.write(LogLevel::error, "due work could not be claimed: " + started.error().message +
                                      " " + started.error().detail);
      delay = kPassAfterFault;
    } else if (*started > 0 && has_room()) {
      woken_ = true;
    }
  }
  if (!has_room()) return delay;  // Whoever ends wakes it.
  if (auto next = store_.next_due(clock_.now()); next && *next) {
    delay = std::clamp<Duration>(**next - clock_.now(), 10ms, delay);
  }
  return delay;
}

}  // namespace herald
