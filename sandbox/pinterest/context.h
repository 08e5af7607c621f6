// What every endpoint of Pinterest's side works with.
#pragma once

#include "sandbox/pinterest/state.h"
#include "sandbox/side_context.h"

namespace herald::sandbox::pinterest {

struct Context : SideContext {
  State& state;
};

void declare_switches(Switches& switches);

}  // namespace herald::sandbox::pinterest
