// Scopes, grants and tokens: what is issued, what is alive, what kills them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/tiktok/context.h"

namespace herald::sandbox::tiktok {

inline constexpr std::int64_t kAccessLifeSeconds = 24LL * 60 * 60;
inline constexpr std::int64_t kRefreshLifeSeconds = 365LL * kAccessLifeSeconds;

// What the consent page says about a scope. Empty: TikTok has no such scope.
std::string_view scope_meaning(std::string_view scope);
std::string joined(const std::vector<std::string>& scopes);  // With commas.
bool has_scope(const std::vector<std::string>& scopes, std::string_view scope);

std::string open_grant(Context& x, Grant grant);
std::string issue_access(Context& x, const std::string& grant);
std::string issue_refresh(Context& x, const std::string& grant, std::int64_t expires_ms);

// The living grant behind a living token of this kind; null where either is not.
const Grant* live_grant(const Context& x, const std::string& token, bool refreshes);
// Whether the person still lets the app do anything.
bool is_authorized(const State& state, const std::string& app, const std::string& user);
// Ends what a person gave an app; empty: any app, any person.
void end_grants(State& state, const std::string& app, const std::string& user);
// What is dead for a day, and codes that nobody exchanged.
void prune_tokens(Context& x);

}  // namespace herald::sandbox::tiktok
