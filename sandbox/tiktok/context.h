// What every endpoint of TikTok's side works with.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sandbox/segments.h"
#include "sandbox/side.h"
#include "sandbox/tiktok/state.h"

namespace herald::sandbox::tiktok {

struct Context {
  World& world;
  State& state;
  Segments& chunks;  // Of uploads under way, by upload id.

  std::int64_t now_ms() const { return to_ms(world.clock.now()); }
  // Switches, by their name behind "tiktok.".
  const std::string& choice(std::string_view name) const;
  bool on(std::string_view name) const { return choice(name) == "on"; }
  std::int64_t number(std::string_view name) const;  // 0 when it holds something else.
};

void declare_switches(Switches& switches);

}  // namespace herald::sandbox::tiktok
