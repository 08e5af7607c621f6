// X's consent page, x.com/i/oauth2/authorize, in a browser or in a script.
//
// A program consents by POSTing to the very URL that a browser would open, with form fields:
//   decision  "allow" or "cancel"
//   account   user id or username of the signed-in account to use; absent: the first one
// Example: curl -si -d decision=allow "$auth_url"; the answer is a 302 to the redirect URI.
// X's page has no boxes to untick: all scopes or none.
#pragma once

#include "sandbox/twitter/context.h"

namespace herald::sandbox::twitter {

Answer authorize(Context& x, const Call& call);

}  // namespace herald::sandbox::twitter
