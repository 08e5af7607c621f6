// Scopes, grants and tokens: what is issued, what is alive, what ends them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/linkedin/context.h"
#include "sandbox/linkedin/refusal.h"
#include "sandbox/scopes.h"

namespace herald::sandbox::linkedin {

inline constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;

// What the consent page says about a scope. Empty: LinkedIn has no such scope.
std::string_view scope_meaning(std::string_view scope);

// The grant that the person's consent stands for; null: none that lives.
const std::string* standing_grant(const State& state, const Grant& wanted);
// The standing grant, or a new one. Another set of scopes ends what was there before, with every
// token of it.
std::string open_grant(Context& x, const Grant& wanted);

std::string issue_code(Context& x, Code code);
std::string issue_token(Context& x, Token token);

// The grant behind an access token that still works, or the 401 that says why it does not.
Checked<const Grant*> check_access(const Context& x, const std::string& token);
// "active", "expired" or "revoked".
std::string_view status_of(const Context& x, const Token& token);

// Ends what a person gave an app; empty: any app.
void end_grants(State& state, const std::string& app);
// Codes and tokens that nobody can have a question about any more.
void prune_tokens(Context& x);

}  // namespace herald::sandbox::linkedin
