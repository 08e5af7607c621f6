// What people see of an instance: profiles, posts, pictures.
#pragma once

#include "sandbox/mastodon/context.h"

namespace herald::sandbox::mastodon {

Answer public_page(const Context& x, const Call& call);

}  // namespace herald::sandbox::mastodon
