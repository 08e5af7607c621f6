// What every endpoint of X's side works with.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sandbox/segments.h"
#include "sandbox/side.h"
#include "sandbox/twitter/state.h"

namespace herald::sandbox::twitter {

struct Context {
  World& world;
  State& state;
  Segments& segments;

  std::int64_t now_ms() const { return to_ms(world.clock.now()); }
  // Switches, by their name behind "twitter.".
  const std::string& choice(std::string_view name) const;
  bool on(std::string_view name) const { return choice(name) == "on"; }
  std::int64_t number(std::string_view name) const;  // 0 when it holds something else.
};

void declare_switches(Switches& switches);

}  // namespace herald::sandbox::twitter
