#include "sandbox/grants.h"

namespace herald::sandbox {

namespace {

constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;

}  // namespace

const Grant* GrantTable::live_grant(const std::string& token, bool refreshes,
                                    std::int64_t now_ms) const {
  const auto found = tokens.find(token);
  if (found == tokens.end()) return nullptr;
  const auto& held = found->second;
  const bool over = held.expires_ms != 0 && now_ms >= held.expires_ms;
  if (held.refreshes != refreshes || held.dead || held.spent || over) return nullptr;
  const auto grant = grants.find(held.grant);
  return grant == grants.end() || grant->second.dead ? nullptr : &grant->second;
}

void GrantTable::end_grants(const std::string& app, const std::string& user) {
  for (auto& [id, grant] : grants)
    if ((app.empty() || grant.app == app) && (user.empty() || grant.user == user))
      grant.dead = true;
}

void GrantTable::expire_access_tokens() {
  for (auto& [value, token] : tokens) token.dead = token.dead || !token.refreshes;
}

void GrantTable::spoil(const std::string& token, std::string_view how) {
  const auto found = tokens.find(token);
  if (found == tokens.end()) return;
  found->second.dead = true;
  const auto& grant = grants.at(found->second.grant);
  if (how == "revoke") end_grants(grant.app, grant.user);
}

void GrantTable::forget_old_tokens(std::int64_t now_ms) {
  std::erase_if(tokens, [&](const auto& entry) {
    return entry.second.expires_ms != 0 && entry.second.expires_ms < now_ms - kDayMs;
  });
}

}  // namespace herald::sandbox
