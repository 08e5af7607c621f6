// Scopes, grants and tokens: what is issued, what is alive, what kills them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/reddit/context.h"
#include "sandbox/scopes.h"

namespace herald::sandbox::reddit {

// What the consent page says about a scope. Empty: Reddit has no such scope.
std::string_view scope_meaning(std::string_view scope);
std::vector<std::string> split_scopes(std::string_view text);  // At blanks and commas; sorted.

std::string open_grant(Context& x, Grant grant);
std::string issue_access(Context& x, const std::string& grant);
std::string issue_refresh(Context& x, const std::string& grant);

// What is dead for a day, and codes that nobody exchanged.
void prune_tokens(Context& x);

// The token that a call carries, as an access token or as a parameter.
std::string carried_token(const Call& call);

}  // namespace herald::sandbox::reddit
