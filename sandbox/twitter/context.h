// What every endpoint of X's side works with.
#pragma once

#include "sandbox/segments.h"
#include "sandbox/side_context.h"
#include "sandbox/twitter/state.h"

namespace herald::sandbox::twitter {

struct Context : SideContext {
  State& state;
  Segments& segments;
};

void declare_switches(Switches& switches);

}  // namespace herald::sandbox::twitter
