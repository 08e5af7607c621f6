// Reddit's consent page, www.reddit.com/api/v1/authorize, in a browser or in a script.
//
// A program consents by POSTing to the very URL that a browser would open, with form fields:
//   decision  "allow" or "decline"
//   account   name of the signed-in account to use; absent: the first one
// Example: curl -si -d decision=allow "$auth_url"; the answer is a 302 to the redirect URI.
// Reddit's page has no boxes to untick: all scopes or none. It takes whoever is signed in; the
// choice of an account stands for signing in.
#pragma once

#include "sandbox/reddit/context.h"

namespace herald::sandbox::reddit {

Answer authorize(Context& x, const Call& call);

}  // namespace herald::sandbox::reddit
