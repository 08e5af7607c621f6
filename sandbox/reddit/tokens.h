// Scopes, grants and tokens: what is issued, what is alive, what kills them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/reddit/context.h"

namespace herald::sandbox::reddit {

// What the consent page says about a scope. Empty: Reddit has no such scope.
std::string_view scope_meaning(std::string_view scope);
std::vector<std::string> split_scopes(std::string_view text);  // At blanks and commas; sorted.
std::string joined(const std::vector<std::string>& scopes);
bool has_scope(const std::vector<std::string>& scopes, std::string_view scope);

std::string open_grant(Context& x, Grant grant);
std::string issue_access(Context& x, const std::string& grant);
std::string issue_refresh(Context& x, const std::string& grant);

// The living grant behind a living token of this kind; null where either is not.
const Grant* live_grant(const Context& x, const std::string& token, bool refreshes);
// Ends what a person gave an app; empty: any app, any person.
void end_grants(State& state, const std::string& app, const std::string& user);
// What is dead for a day, and codes that nobody exchanged.
void prune_tokens(Context& x);

// The token that a call carries, as an access token or as a parameter.
std::string carried_token(const Call& call);

}  // namespace herald::sandbox::reddit
