// The consent page, /oauth/authorize, in a browser or in a script.
//
// A program consents by POSTing to the very URL that a browser would open, with form fields:
//   decision  "allow" or "deny"
//   account   id or username of the account to use; absent: the first one
// Example: curl -si -d decision=allow "$auth_url"; the answer is a 302 to the redirect URI.
#pragma once

#include "sandbox/mastodon/context.h"

namespace herald::sandbox::mastodon {

Answer authorize(Context& x, const Call& call);

// Empty: there is no such scope.
std::string_view scope_meaning(std::string_view scope);

}  // namespace herald::sandbox::mastodon
