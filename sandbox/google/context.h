// What every endpoint of Google's side works with.
#pragma once

#include "sandbox/google/crypto.h"
#include "sandbox/google/directory.h"
#include "sandbox/google/spool.h"
#include "sandbox/google/state.h"
#include "sandbox/side_context.h"

namespace herald::sandbox::google {

struct Context : SideContext {
  const Directory& directory;
  State& state;
  Spool& spool;
  SigningKey& key;
};

}  // namespace herald::sandbox::google
