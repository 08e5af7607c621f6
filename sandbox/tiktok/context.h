// What every endpoint of TikTok's side works with.
#pragma once

#include "sandbox/segments.h"
#include "sandbox/side_context.h"
#include "sandbox/tiktok/state.h"

namespace herald::sandbox::tiktok {

struct Context : SideContext {
  State& state;
  Segments& chunks;  // Of uploads under way, by upload id.
};

void declare_switches(Switches& switches);

}  // namespace herald::sandbox::tiktok
