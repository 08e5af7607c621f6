// What all parts of one run share: time, trouble, and which worker is acting right now.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "ports/clock.h"
#include "simulation/timeline.h"
#include "simulation/trouble.h"

namespace herald::simulation {

inline constexpr Duration kLease{60'000};
// When a frozen worker wakes, others have its work: they are about as far as it was, long past
// that, or done with everything.
inline constexpr Duration kFrozenBriefly = kLease;
inline constexpr Duration kFrozen = kLease * 5 / 2;
inline constexpr Duration kFrozenLong = kLease * 15;
inline constexpr Duration kCutOffFor = kLease * 10;
inline constexpr Time kDayOne{Duration{1'795'348'800'000}};  // 2026-11-22T12:00:00Z

// The life of one worker process. A dead one's acts have no effect any more.
struct Life {
  Owner owner = kWorld;
  bool dead = false;
  Duration cut_off_until{};  // The store cannot be reached.
};

class Stage {
 public:
  Stage(std::uint64_t seed, Weather weather, Mishap mishap) : trouble(seed, weather, mishap) {}

  // A boundary of an effect of the acting worker. It may die here, or freeze while everybody else
  // goes on. False: it is dead, and the effect does not happen.
  bool moment();
  // True when the scripted mishap, or chance, makes this happen to what the acting worker does.
  bool meets(Mishap::Kind kind, double odds);
  // The acting worker cannot reach the store at all.
  bool cut_off() const;

  // Something that must never be was seen.
  void complain(std::string what);

  Timeline timeline;
  Trouble trouble;
  Life* acting = nullptr;  // Null: the world, or the test itself.
  Duration clock_offset{};
  std::function<void(Duration until)> others_go_on;  // The run's main loop, for a freeze.
  // What somebody else does at the scripted moment: a person cancels or edits, a worker renews.
  std::function<void(Mishap::Kind, Owner acting)> others_act;
  std::vector<std::string> complaints;
  std::vector<std::string> trace;  // What happened, for a run that failed.
  bool tracing = false;

  void note(std::string what);

 private:
  void freeze();

  bool nested_ = false;
};

// The wall clock of one worker.
class WallClock final : public Clock {
 public:
  WallClock(const Stage& stage, Duration skew) : stage_(stage), skew_(skew) {}
  Time now() const override {
    return kDayOne + stage_.timeline.now() + stage_.clock_offset + skew_;
  }

 private:
  const Stage& stage_;
  Duration skew_;
};

}  // namespace herald::simulation
