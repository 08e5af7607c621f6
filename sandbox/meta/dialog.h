// The Facebook Login dialog, www.facebook.com/{version}/dialog/oauth, in a browser or in a script.
//
// A program consents by POSTing to the very URL that a browser would open, with form fields:
//   decision    "allow" or "cancel"
//   permission  a permission that stays ticked, repeated; only read when picked=1
//   page        the id of a Page that stays ticked, repeated; only read when picked=1
//   picked      "1": the ticks are as sent. Absent: everything asked for stays ticked.
// Example: curl -si -d decision=allow "$auth_url"; the answer is a 302 to the redirect URI.
#pragma once

#include "sandbox/meta/state.h"
#include "sandbox/side.h"

namespace herald::sandbox::meta {

Answer login_dialog(const Call& call, World& world, State& state);

}  // namespace herald::sandbox::meta
