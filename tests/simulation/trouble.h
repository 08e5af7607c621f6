// What goes wrong, and when: by a script that names one moment, or by chance from one seed. Moments
// are counted over all workers: before and after every store act that writes, before a request is
// handed over, before and after it leaves, and before an answer is heard.
#pragma once

#include <cstdint>
#include <random>
#include <string>

#include "domain/time.h"

namespace herald::simulation {

// Probabilities of one run; all zero in fair weather.
struct Weather {
  double crash = 0;         // At a moment.
  double freeze = 0;        // At a moment, for one lease, two and a half, or fifteen.
  double cut_off = 0;       // At a moment, from the store, for ten minutes.
  double store_fails = 0;   // An act is not done, and says so.
  double store_unsure = 0;  // An act is done, and says that it failed.
  double not_sent = 0;      // The connection is refused.
  double fails_before = 0;  // 503, nothing carried out.
  double fails_after = 0;   // Carried out, then 503 or garbage.
  double lost = 0;          // Carried out, no answer.
  double slow = 0;          // Anything up to half a minute, on the way there or back.
  double limited = 0;       // 429 or the platform's own words for it.
  double expired = 0;       // The call's token expires on the way.
  double revoked = 0;       // The person takes everything back.
  double half_stored = 0;   // An upload's chunk is stored by half.
  double jump = 0;          // The wall clock jumps, each quarter of an hour.
  bool skewed = false;      // The workers' clocks differ by some seconds.
  bool meddling = false;    // People cancel, edit, retry and settle meanwhile.
};

Weather weather_of(std::uint64_t seed);

// One moment of a script.
struct Mishap {
  enum class Kind { crash, freeze, cut_off, store_fails, store_unsure, lost, cancel, edit, renew };
  Kind kind = Kind::crash;
  int moment = -1;
  bool late = false;      // Whatever was on its way then arrives 25 seconds later.
  Duration frozen_for{};  // Zero: drawn by lot.
  // The process is back in a second and ends all leases (a store of its own).
  bool restart = false;
};

// Not the acting worker's trouble: somebody else does something.
inline bool is_of_others(Mishap::Kind kind) { return kind >= Mishap::Kind::cancel; }

class Trouble {
 public:
  Trouble(std::uint64_t seed, Weather weather, Mishap mishap)
      : chance_(seed), weather(weather), mishap(mishap) {}

  bool happens(double probability) {
    return probability > 0 && std::uniform_real_distribution<>{0, 1}(chance_) < probability;
  }
  // Uniform in [0, bound).
  std::int64_t below(std::int64_t bound) {
    return static_cast<std::int64_t>(chance_() % static_cast<std::uint64_t>(bound));
  }
  Duration between(Duration least, Duration most) {
    return least + Duration(below((most - least).count() + 1));
  }
  // True at the scripted moment. Counts.
  bool moment() { return ++moments_ == mishap.moment; }
  int moments() const { return moments_; }
  void count_from_here() { moments_ = 0; }
  // The world heals: from here on nothing goes wrong.
  void heal() {
    weather = {};
    mishap.moment = -1;
  }

 private:
  std::mt19937_64 chance_;
  int moments_ = 0;

 public:
  Weather weather;
  Mishap mishap;
};

}  // namespace herald::simulation
