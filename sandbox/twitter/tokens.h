// Scopes, grants and tokens: what is issued, what is alive, what kills them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/scopes.h"
#include "sandbox/twitter/context.h"

namespace herald::sandbox::twitter {

inline constexpr std::int64_t kAccessLifeSeconds = 7200;

// What the consent page says about a scope. Empty: X has no such scope.
std::string_view scope_meaning(std::string_view scope);
std::vector<std::string> split_scopes(std::string_view text);

// Opens a grant; the earlier ones of this app and user die with it (switch single_grant).
std::string open_grant(Context& x, Grant grant);
std::string issue_access(Context& x, const std::string& grant);
std::string issue_refresh(Context& x, const std::string& grant);

// What is dead for a day, and codes that nobody exchanged.
void prune_tokens(Context& x);

}  // namespace herald::sandbox::twitter
