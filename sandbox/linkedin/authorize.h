// LinkedIn's consent page, www.linkedin.com/oauth/v2/authorization, in a browser or in a script.
//
// A program consents by POSTing to the very URL that a browser would open, with one form field:
//   decision  "allow", "cancel" (at the consent) or "leave" (at the sign-in)
// Example: curl -si -d decision=allow "$auth_url"; the answer is a 302 to the redirect URI.
// LinkedIn's page has no boxes to untick and no choice of account: pages are not chosen here but
// found by their roles. Whoever allowed the same scopes before sees no page at all.
#pragma once

#include "sandbox/linkedin/context.h"

namespace herald::sandbox::linkedin {

Answer authorize(Context& x, const Call& call);

}  // namespace herald::sandbox::linkedin
