// PUT <upload_url>: the chunks of a file, in order; the address itself is the secret.
#pragma once

#include "sandbox/tiktok/context.h"

namespace herald::sandbox::tiktok {

Answer take_chunk(Context& x, const Call& call);

}  // namespace herald::sandbox::tiktok
