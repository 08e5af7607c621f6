#include "simulation/trouble.h"

namespace herald::simulation {

Weather weather_of(std::uint64_t seed) {
  std::mt19937_64 chance(seed ^ 0x9e3779b97f4a7c15);
  // Most faults are away in most runs, so that what is there is met alone as well as together.
  const auto odds = [&](double most) {
    const auto roll = chance() % 8;
    if (roll < 4) return 0.0;
    return roll == 7 ? most : most / 4;
  };
  Weather weather;
  weather.crash = odds(0.02);
  weather.freeze = odds(0.01);
  weather.store_fails = odds(0.05);
  weather.store_unsure = odds(0.05);
  weather.not_sent = odds(0.15);
  weather.fails_before = odds(0.15);
  weather.fails_after = odds(0.15);
  weather.lost = odds(0.2);
  weather.slow = odds(0.4);
  weather.limited = odds(0.1);
  weather.expired = odds(0.05);
  weather.revoked = odds(0.01);
  weather.half_stored = odds(0.2);
  weather.jump = odds(0.3);
  weather.skewed = chance() % 2 == 0;
  weather.meddling = chance() % 2 == 0;
  weather.cut_off = odds(0.005);
  return weather;
}

}  // namespace herald::simulation
