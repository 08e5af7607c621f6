// Publishes one post through a world that fails in every way, as the engine (app/engine.h) would:
// answers lost before and after their effect, visible effects that come late, falsified answers,
// crashes that lose what was not saved. Deterministic by its seed.
#pragma once

#include <random>
#include <string>

#include "ports/platform.h"

namespace herald {

// A platform as small as it can be. What it does when a call reaches it, and what anybody can see.
class CrashWorld {
 public:
  virtual ~CrashWorld() = default;
  virtual Answer serve(const Call& call, Time now) = 0;
  // Posts that the audience can see.
  virtual int visible() const = 0;
};

enum class CrashEnd { published, failed, review, unfinished };

struct CrashResult {
  CrashEnd end = CrashEnd::unfinished;
  std::string message;
  int calls = 0;
};

// `chaos` in percent: how often a call goes wrong. With a `wrong_clock` our clock is off by up to a
// day and jumps, and of the platform's own clock it is often not known what it said.
CrashResult play_crashes(const Platform& platform, Input input, CrashWorld& world,
                         std::mt19937_64& random, int chaos, bool wrong_clock = false);

}  // namespace herald
