// What anybody may look at: pins, boards of a person, pictures.
#pragma once

#include "sandbox/pinterest/context.h"

namespace herald::sandbox::pinterest {

Answer public_page(const Context& x, const Call& call);

}  // namespace herald::sandbox::pinterest
