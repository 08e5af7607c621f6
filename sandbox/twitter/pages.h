// What anybody may open: posts and profiles on x.com, short links, pictures.
#pragma once

#include "sandbox/twitter/context.h"

namespace herald::sandbox::twitter {

Answer public_page(const Context& x, const Call& call);

}  // namespace herald::sandbox::twitter
