// Codes and tokens: what is issued, what is alive, what kills them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sandbox/google/context.h"
#include "sandbox/scopes.h"

namespace herald::sandbox::google {

inline constexpr std::int64_t kCodeLifeMs = 10 * 60 * 1000;
inline constexpr std::int64_t kAccessLifeSeconds = 3599;
inline constexpr std::size_t kRefreshTokensMax = 100;  // Per identity and app.

// "email" -> "https://www.googleapis.com/auth/userinfo.email": as Google writes it back.
std::string full_scope(std::string_view scope);
bool known_scope(std::string_view full);
bool sign_in_scope(std::string_view full);  // openid, e-mail, profile: no checkbox.
// "Manage your YouTube videos", for the consent page.
std::string_view scope_meaning(std::string_view full);
std::vector<std::string> split_scopes(std::string_view text);  // By blanks; full names; once each.

Grant* find_grant(State& state, const std::string& app, const std::string& channel);
// The person takes back what she gave the app: every token of the pair dies.
void forget_grant(State& state, const std::string& app, const std::string& channel);

std::string issue_code(Context& google, Code code);
std::string issue_access(Context& google, Token token);
// Drops the oldest silently when the pair holds too many.
std::string issue_refresh(Context& google, Token token);

// Null: unknown, expired, revoked.
const Token* live_access(const Context& google, std::string_view value);
bool refresh_alive(const Context& google, const Token& token);
// Forgets what has been dead for a day.
void prune_tokens(Context& google);

}  // namespace herald::sandbox::google
