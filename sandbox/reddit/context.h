// What every endpoint of Reddit's side works with.
#pragma once

#include "sandbox/reddit/state.h"
#include "sandbox/side_context.h"

namespace herald::sandbox::reddit {

struct Context : SideContext {
  State& state;
};

void declare_switches(Switches& switches);

}  // namespace herald::sandbox::reddit
