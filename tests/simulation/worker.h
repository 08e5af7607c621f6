// One process of Herald: the real application, wired to the simulated outside.
#pragma once

#include <memory>
#include <vector>

#include "app/compose.h"
#include "app/connect.h"
#include "app/queue.h"
#include "app/refresher.h"
#include "crypto/digest.h"
#include "ports/log.h"
#include "simulation/carrier.h"
#include "simulation/fault_store.h"
#include "simulation/stage.h"
#include "testing/fake_sealer.h"
#include "testing/seeded_random.h"

namespace herald::simulation {

// What the installation shares between its processes.
struct Installation {
  Installation(Stage& s, World& w, std::unique_ptr<Store> on);

  Stage& stage;
  World& world;
  FaultStore store;
  testing::FakeSealer sealer;
  testing::SeededRandom random;
  SystemDigest digest;
  Registrations registrations;
};

class Worker {
 public:
  Worker(Installation& shared, Owner owner, Duration skew);

  // Looks for due work once.
  void pass();
  void renew_what_is_due();
  // As any conversation does that was refused.
  void renew(const Grant& grant);

  Life life;

 private:
  class Executing final : public Executor {
   public:
    Executing(Stage& stage, Life& life) : stage_(stage), life_(life) {}
    void post(std::function<void()> work) override;
    void post_after(Duration delay, std::function<void()> work) override;

   private:
    Stage& stage_;
    Life& life_;
  };
  struct Quiet final : Events, Log {
    explicit Quiet(Stage& s) : stage(s) {}
    void publish(Event) override {}
    void write(LogLevel, std::string_view line) override {
      stage.note("log: " + std::string(line));
    }
    Stage& stage;
  };
  struct Direct final : HostMap {
    std::string reach(std::string_view url) const override { return std::string(url); }
  };

  Quiet quiet_;
  Direct direct_;
  WallClock clock_;
  Executing executor_;
  Carrier carrier_;
  Dialogues dialogues_;
  Vault vault_;
  Conduct conduct_;
  Runner runner_;
  FollowUps follow_ups_;
  Queue queue_;
  Refresher refresher_;

 public:
  Connect connect;
  Compose compose;
};

}  // namespace herald::simulation
