// What tests of the use cases stand on: work that runs when a test says so, and outsides that keep
// still. For tests.
#pragma once

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "domain/scope.h"
#include "ports/digest.h"
#include "ports/events.h"
#include "ports/executor.h"
#include "ports/host_map.h"
#include "ports/log.h"
#include "store/memory/memory_store.h"
#include "testing/fake_clock.h"
#include "testing/fake_sealer.h"
#include "testing/fake_transport.h"
#include "testing/seeded_random.h"

namespace herald::testing {

// Work waits until run() is called; what was posted for later, until run_later() or pass().
class HandExecutor final : public Executor {
 public:
  explicit HandExecutor(FakeClock& clock) : clock_(clock) {}
  void post(std::function<void()> work) override { now_.push_back(std::move(work)); }
  void post_after(Duration delay, std::function<void()> work) override {
    later_.emplace(clock_.now() + delay, std::move(work));
  }
  std::size_t waiting() const { return now_.size(); }
  void step() {
    auto work = std::move(now_.front());
    now_.pop_front();
    work();
  }
  void run() {
    while (!now_.empty()) step();
  }
  void run_later() {
    for (auto& [at, work] : std::exchange(later_, {})) work();
    run();
  }
  // Lets so much time go by: what falls due meanwhile runs in its order, at its time.
  void pass(Duration time) {
    const Time end = clock_.now() + time;
    run();
    while (!later_.empty() && later_.begin()->first <= end) {
      const auto next = later_.extract(later_.begin());
      clock_.set(std::max(clock_.now(), next.key()));
      next.mapped()();
      run();
    }
    clock_.set(end);
  }
  void forget_all() { now_.clear(); }

 private:
  FakeClock& clock_;
  std::deque<std::function<void()>> now_;
  std::multimap<Time, std::function<void()>> later_;
};

// The memory store, which stumbles where a test says so.
class StumblingStore final : public MemoryStore {
 public:
  // Told of these acts before they happen, by name. An error is the act's answer.
  std::function<Result<Done>(std::string_view act)> before;

  Result<std::optional<Time>> next_due(Time now) override {
    HERALD_CHECK(ask("next_due"));
    return MemoryStore::next_due(now);
  }
  Result<int> resume_parked(Time now) override {
    HERALD_CHECK(ask("resume_parked"));
    return MemoryStore::resume_parked(now);
  }
  Result<Grant> save_grant(const Grant& grant, std::int64_t version) override {
    HERALD_CHECK(ask("save_grant"));
    return MemoryStore::save_grant(grant, version);
  }
  Result<Done> save_delivery(const Delivery& delivery, std::int64_t lease,
                             const std::optional<Attempt>& attempt,
                             const std::vector<FollowUp>& follow_ups) override {
    HERALD_CHECK(ask("save_delivery"));
    return MemoryStore::save_delivery(delivery, lease, attempt, follow_ups);
  }
  Result<Grant> find_grant(const CustomerScope& scope, const GrantId& id) override {
    HERALD_CHECK(ask("find_grant"));
    return MemoryStore::find_grant(scope, id);
  }
  Result<Session> find_session(const SessionId& id) override {
    HERALD_CHECK(ask("find_session"));
    return MemoryStore::find_session(id);
  }

 private:
  Result<Done> ask(std::string_view act) {
    const auto asked = before;  // It may put another in its place.
    return asked ? asked(act) : Done{};
  }
};

// No cryptography: alike for like bytes, 32 of them.
class PlainDigest final : public Digest {
 public:
  std::string sha256(std::string_view bytes) const override {
    std::string sum(32, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      sum[i % 32] = static_cast<char>(sum[i % 32] * 31 + bytes[i]);
    }
    return sum;
  }
  std::string hmac_sha256(std::string_view key, std::string_view message) const override {
    return sha256(std::string(key) + "|" + std::string(message));
  }
  bool equal(std::string_view a, std::string_view b) const override { return a == b; }
};

struct RealHosts final : HostMap {
  std::string reach(std::string_view url) const override { return std::string(url); }
};

struct KeptEvents final : Events {
  void publish(Event event) override { all.push_back(std::move(event)); }
  std::vector<Event> all;
};

struct KeptLog final : Log {
  void write(LogLevel, std::string_view line) override { lines.emplace_back(line); }
  std::vector<std::string> lines;
};

// The outsides of the application, with a memory store.
struct AppRig {
  StumblingStore store;
  FakeSealer sealer;
  FakeClock clock;
  SeededRandom random;
  PlainDigest digest;
  RealHosts hosts;
  KeptEvents events;
  KeptLog log;
  HandExecutor executor{clock};
  FakeTransport transport{executor};
};

inline Caller caller(const std::string& customer, const std::string& user) {
  return {ScopeAuthority::of(CustomerId(customer)), UserId(user), {}, {}};
}

}  // namespace herald::testing
