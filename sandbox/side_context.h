// What every endpoint of a side works with: the world, and the side's own switches by their short
// names. A side adds its state to it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sandbox/side.h"

namespace herald::sandbox {

struct SideContext {
  World& world;
  std::string_view side;  // What its switches' names begin with: "tiktok".

  std::int64_t now_ms() const { return to_ms(world.clock.now()); }
  // Simulated work that takes this long, by the operator's scale.
  std::int64_t scaled(std::int64_t ms) const;
  // Switches, by their name behind "<side>.".
  const std::string& choice(std::string_view name) const;
  bool on(std::string_view name) const { return choice(name) == "on"; }
  std::int64_t number(std::string_view name) const;  // 0 when it holds something else.
};

}  // namespace herald::sandbox
