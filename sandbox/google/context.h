// What every endpoint of Google's side works with.
#pragma once

#include <cstdint>

#include "sandbox/google/crypto.h"
#include "sandbox/google/directory.h"
#include "sandbox/google/spool.h"
#include "sandbox/google/state.h"
#include "sandbox/side.h"

namespace herald::sandbox::google {

struct Context {
  World& world;
  const Directory& directory;
  State& state;
  Spool& spool;
  SigningKey& key;

  std::int64_t now_ms() const { return to_ms(world.clock.now()); }
  bool on(std::string_view name) const { return world.switches.on(name); }
  // A switch that holds a number; 0 when it holds something else.
  std::int64_t number(std::string_view name) const;
};

}  // namespace herald::sandbox::google
