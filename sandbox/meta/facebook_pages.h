// What www.facebook.com shows to anybody: the posts of Pages.
#pragma once

#include "sandbox/meta/state.h"
#include "sandbox/side.h"

namespace herald::sandbox::meta {

// /{page}/posts/{number}, /{page}/videos/{video}, /reel/{video}, /stories/{page}/{number}, and a
// Page itself by id or username.
Answer public_page(const Call& call, const State& state);

}  // namespace herald::sandbox::meta
