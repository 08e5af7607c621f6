// Scopes, grants and tokens: what is issued, what is alive, what kills them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/scopes.h"
#include "sandbox/tiktok/context.h"

namespace herald::sandbox::tiktok {

inline constexpr std::int64_t kAccessLifeSeconds = 24LL * 60 * 60;
inline constexpr std::int64_t kRefreshLifeSeconds = 365LL * kAccessLifeSeconds;

// What the consent page says about a scope. Empty: TikTok has no such scope.
std::string_view scope_meaning(std::string_view scope);

std::string open_grant(Context& x, Grant grant);
std::string issue_access(Context& x, const std::string& grant);
std::string issue_refresh(Context& x, const std::string& grant, std::int64_t expires_ms);

// Whether the person still lets the app do anything.
bool is_authorized(const State& state, const std::string& app, const std::string& user);
// What is dead for a day, and codes that nobody exchanged.
void prune_tokens(Context& x);

}  // namespace herald::sandbox::tiktok
