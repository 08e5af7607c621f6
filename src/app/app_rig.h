// What tests of the use cases stand on: work that runs when a test says so, and outsides that keep
// still. For tests.
#pragma once

#include <deque>
#include <functional>
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

// Work waits until run() is called. What was posted for later waits until run_later().
class HandExecutor final : public Executor {
 public:
  void post(std::function<void()> work) override { now_.push_back(std::move(work)); }
  void post_after(Duration, std::function<void()> work) override {
    later_.push_back(std::move(work));
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
    for (auto& work : std::exchange(later_, {})) work();
    run();
  }
  void forget_all() { now_.clear(); }

 private:
  std::deque<std::function<void()>> now_;
  std::vector<std::function<void()>> later_;
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

struct QuietEvents final : Events {
  void publish(Event) override {}
};

struct KeptLog final : Log {
  void write(LogLevel, std::string_view line) override { lines.emplace_back(line); }
  std::vector<std::string> lines;
};

// The outsides of the application, with a memory store.
struct AppRig {
  MemoryStore store;
  FakeSealer sealer;
  FakeClock clock;
  SeededRandom random;
  PlainDigest digest;
  RealHosts hosts;
  QuietEvents events;
  KeptLog log;
  HandExecutor executor;
  FakeTransport transport{executor};
};

inline Caller caller(const std::string& customer, const std::string& user) {
  return {ScopeAuthority::of(CustomerId(customer)), UserId(user), {}, {}};
}

}  // namespace herald::testing
