// What every endpoint of LinkedIn's side works with.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sandbox/linkedin/state.h"
#include "sandbox/segments.h"
#include "sandbox/side.h"

namespace herald::sandbox::linkedin {

struct Context {
  World& world;
  State& state;
  Segments& segments;

  std::int64_t now_ms() const { return to_ms(world.clock.now()); }
  // Simulated work that takes this long, by the operator's scale.
  std::int64_t scaled(std::int64_t ms) const;
  // Switches, by their name behind "linkedin.".
  const std::string& choice(std::string_view name) const;
  bool on(std::string_view name) const { return choice(name) == "on"; }
  std::int64_t number(std::string_view name) const;  // 0 when it holds something else.
};

void declare_switches(Switches& switches);

}  // namespace herald::sandbox::linkedin
