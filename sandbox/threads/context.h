// What every endpoint of Threads' side works with.
#pragma once

#include "sandbox/side_context.h"
#include "sandbox/threads/state.h"

namespace herald::sandbox::threads {

struct Context : SideContext {
  State& state;
};

void declare_switches(Switches& switches);

}  // namespace herald::sandbox::threads
