// TikTok's consent page, www.tiktok.com/v2/auth/authorize/, in a browser or in a script.
//
// A program consents by POSTing to the very URL that a browser would open, with form fields:
//   decision  "allow" or "cancel"
//   account   id or username of the signed-in account to use; absent: the first one
//   granted   once per scope that the person leaves ticked; absent: all that were asked for
// Example: curl -si -d decision=allow "$auth_url"; the answer is a 302 to the redirect URI.
// With disable_auto_auth=0 who has given all of it before is sent back without a page.
#pragma once

#include "sandbox/tiktok/context.h"

namespace herald::sandbox::tiktok {

Answer authorize(Context& x, const Call& call);

}  // namespace herald::sandbox::tiktok
