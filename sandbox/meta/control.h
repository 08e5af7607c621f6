// What a test or a person does to Meta from outside its API; the verbs stand in meta_side.h.
#pragma once

#include "sandbox/meta/state.h"
#include "sandbox/side.h"

namespace herald::sandbox::meta {

Answer control(const Call& call, World& world, State& state);

}  // namespace herald::sandbox::meta
