// Reads the figures of accounts and published posts as their measurements fall due, a few at a
// time, so that publishing never waits for it. run_once() is the whole of it; start() only repeats
// it.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "app/enquiry.h"
#include "app/registrations.h"
#include "ports/clock.h"
#include "ports/executor.h"
#include "ports/log.h"
#include "ports/store.h"

namespace herald {

class Measuring {
 public:
  struct Ports {
    Store& store;
    Clock& clock;
    Executor& executor;
    Log& log;
  };
  // Told of each try that reached its end, from any thread.
  using Told = std::function<void(const PlatformId& platform, bool brought_figures)>;
  Measuring(Ports ports, Vault& vault, Dialogues& dialogues, const Registrations& registrations,
            Told told = {})
      : ports_(ports),
        enquiries_(vault, dialogues),
        registrations_(registrations),
        told_(std::move(told)) {}

  // Claims what is due, as much as may be under way at once, and starts it. Returns how many.
  // unavailable: the store.
  Result<int> run_once();

  void start();
  void stop();  // Claims no more; what is under way goes on.

  int in_flight() const { return in_flight_; }
  // When run_once() last got an answer from the store; for readiness.
  Time last_pass() const { return from_ms(last_pass_ms_); }

  static constexpr int kInFlightMax = 4;

 private:
  class Seat;
  struct Try;
  void begin(const std::shared_ptr<Try>& one);
  Result<Grant> gather(Try& one);
  Result<bool> may_call(const Try& one, const Grant& grant);
  void put_off(const Try& one);
  Input input_of(const Try& one, const Grant& grant) const;
  void end(const std::shared_ptr<Try>& one, const Result<LookedUp>& answer);
  bool keep(const Try& one, const Measurement& row, const std::vector<Reading>& readings,
            const std::optional<Time>& account_until);
  void wake();
  void tick();
  void pass();

  Ports ports_;
  Enquiries enquiries_;
  const Registrations& registrations_;
  const Told told_;
  std::atomic<int> in_flight_ = 0;
  std::atomic<bool> stopped_ = true;
  std::atomic<bool> passing_ = false;
  std::atomic<std::int64_t> last_pass_ms_ = 0;
};

}  // namespace herald
