// What anybody sees at www.linkedin.com: a post, a page, a profile; and pictures.
#pragma once

#include "sandbox/linkedin/context.h"

namespace herald::sandbox::linkedin {

Answer public_page(const Context& x, const Call& call);

}  // namespace herald::sandbox::linkedin
