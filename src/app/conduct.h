// Drives one stored conversation that the audience may come to see. It stores where the
// conversation stands before it does anything that the next step asks for, keeps its lease alive,
// also during long transfers, and lets go the moment the store says that somebody else has it.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>

#include "app/engine.h"
#include "app/registrations.h"
#include "app/vault.h"
#include "ports/clock.h"
#include "ports/executor.h"
#include "ports/log.h"
#include "ports/random.h"
#include "ports/transport.h"

namespace herald {

// The row behind a conversation. Every method is one store act under the row's lease.
class Job {
 public:
  virtual ~Job() = default;
  virtual Result<Done> store_step(const Course& course, const std::optional<Meter>& meter,
                                  Time lease_until, const std::optional<Attempt>& attempt) = 0;
  virtual Result<Done> store_rest(const Course& course, const std::optional<Meter>& meter,
                                  Duration delay, const std::optional<Attempt>& attempt) = 0;
  // `grant_version`: of the tokens that were used, for a row that is to wait for better ones.
  virtual Result<Done> store_end(const Course& course, const Settle& end,
                                 std::int64_t grant_version,
                                 const std::optional<Attempt>& attempt) = 0;
  // Called beside the others, from another thread. Returns until when the row is leased now.
  virtual Result<Time> renew_lease(Time until) = 0;
  // A line of history with the row's ids filled in.
  virtual Attempt history_line() const = 0;
};

struct ConductTimes {
  Duration lease{60'000};
  FenceTimes fence;
};

class Conduct {
 public:
  Conduct(Clock& clock, Executor& executor, Random& random, Transport& transport, Log& log,
          Vault& vault, ConductTimes times = {})
      : clock_(clock),
        executor_(executor),
        random_(random),
        transport_(transport),
        log_(log),
        vault_(vault),
        times_(times) {}

  struct Talk;
  using TalkPtr = std::shared_ptr<Talk>;
  // What a conversation starts from.
  struct Start {
    std::shared_ptr<Job> job;
    const Registration* registration = nullptr;
    Account account;
    Flow flow = Flow::publish;
    Input input;
    Course course;
    Time lease_until{};
    std::function<void()> ended;  // Called when nothing of it runs here any more.
  };

  // Opens the tokens and runs the conversation until it rests or ends. Returns at once.
  void run(Start start);
  // Opens the tokens (renewed when due) and hands them to `then`, which carries on by itself (a
  // look). The lease is kept alive as long as the talk lives.
  void open(Start start, std::function<void(TalkPtr)> then);
  // For what was done with an opened grant before the conversation (a lookup): it goes on to the
  // conversation, or has ended so. `line` is its line of history.
  void go_on(TalkPtr talk, const std::optional<Attempt>& line);
  void settle(TalkPtr talk, const Settle& end, const std::optional<Attempt>& line);
  // Renews the refused tokens; then `then` runs again, or the talk ends with the error.
  void reopen(TalkPtr talk, std::function<void(TalkPtr)> then);
  // False: the refused tokens were renewed just now, or nothing has worked since. A long upload
  // outlives several tokens.
  bool may_renew(const Talk& talk) const;

  const ConductTimes& times() const { return times_; }

 private:
  void turn(TalkPtr talk, std::optional<Exchange> heard);
  void perform(TalkPtr talk, Turn next, const std::optional<Attempt>& attempt);
  void send(TalkPtr talk, Call call);
  void keep_lease(std::weak_ptr<Talk> talk);
  bool stored(const TalkPtr& talk, const Result<Done>& saved);

  Clock& clock_;
  Executor& executor_;
  Random& random_;
  Transport& transport_;
  Log& log_;
  Vault& vault_;
  ConductTimes times_;
};

// Steps follow one another, never two at once; only the atomics are read by other threads.
struct Conduct::Talk {
  Start start;
  OpenedGrant grant{};
  std::optional<Time> renewed_at{};
  bool worked = false;  // An answer since then was no refusal.
  Call sent{};
  Time sent_at{};
  std::atomic<bool> abandoned = false;
  std::atomic<std::int64_t> lease_until_ms = 0;

  explicit Talk(Start s) : start(std::move(s)), lease_until_ms(to_ms(start.lease_until)) {}
  ~Talk() {
    if (start.ended) start.ended();
  }
};

}  // namespace herald
