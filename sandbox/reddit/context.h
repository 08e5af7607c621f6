// What every endpoint of Reddit's side works with.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sandbox/reddit/state.h"
#include "sandbox/side.h"

namespace herald::sandbox::reddit {

struct Context {
  World& world;
  State& state;

  std::int64_t now_ms() const { return to_ms(world.clock.now()); }
  // Switches, by their name behind "reddit.".
  const std::string& choice(std::string_view name) const;
  bool on(std::string_view name) const { return choice(name) == "on"; }
  std::int64_t number(std::string_view name) const;  // 0 when it holds something else.
};

void declare_switches(Switches& switches);

}  // namespace herald::sandbox::reddit
