// Finds due work and hands it to those who do it, as much as may be under way at once. run_once()
// is the whole of it; start() only repeats it: when the next row falls due, when woken, and once a
// second for what other processes have brought.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>

#include "app/follow_ups.h"
#include "app/runner.h"
#include "ports/clock.h"
#include "ports/executor.h"
#include "ports/log.h"
#include "ports/post_store.h"

namespace herald {

class Queue {
 public:
  Queue(PostStore& store, Runner& runner, FollowUps& follow_ups, Clock& clock, Executor& executor,
        Log& log, Duration lease, int in_flight_max)
      : store_(store),
        runner_(runner),
        follow_ups_(follow_ups),
        clock_(clock),
        executor_(executor),
        log_(log),
        lease_(lease),
        in_flight_max_(in_flight_max) {}

  // Claims what is due and starts it. Returns how many were started. unavailable: the store.
  Result<int> run_once();

  void start();
  void wake();  // Something fell due just now. Never blocks.
  void stop();  // Claims no more; what is under way goes on.

  int in_flight() const { return in_flight_; }
  // When run_once() last got an answer from the store; for readiness.
  Time last_pass() const { return from_ms(last_pass_ms_); }

 private:
  class Seat;
  Result<Done> resume_parked();
  bool has_room() const;
  void let_go();
  void pass();
  Duration pass_once();
  void pass_after(Duration delay);

  PostStore& store_;
  Runner& runner_;
  FollowUps& follow_ups_;
  Clock& clock_;
  Executor& executor_;
  Log& log_;
  Duration lease_;
  int in_flight_max_;
  std::atomic<int> in_flight_ = 0;
  std::atomic<bool> stopped_ = false;
  std::atomic<bool> passing_ = false;
  std::atomic<bool> woken_ = false;
  std::atomic<std::int64_t> last_pass_ms_ = 0;
  std::atomic<std::int64_t> next_pass_ms_ = 0;
  std::atomic<std::int64_t> next_sweep_ms_ = 0;
};

}  // namespace herald
