// What every endpoint of LinkedIn's side works with.
#pragma once

#include "sandbox/linkedin/state.h"
#include "sandbox/segments.h"
#include "sandbox/side_context.h"

namespace herald::sandbox::linkedin {

struct Context : SideContext {
  State& state;
  Segments& segments;
};

void declare_switches(Switches& switches);

}  // namespace herald::sandbox::linkedin
