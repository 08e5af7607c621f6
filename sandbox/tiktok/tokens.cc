#include "sandbox/tiktok/tokens.h"

#include <algorithm>
#include <array>

#include "sandbox/encoding.h"

namespace herald::sandbox::tiktok {

namespace {

constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;

struct Meaning {
  std::string_view scope;
  std::string_view text;
};
constexpr std::array kMeanings = {
    Meaning{"user.info.basic", "Read your profile info (avatar, display name)"},
    Meaning{"user.info.profile", "Read access to your profile: web link, bio, username"},
    Meaning{"user.info.stats", "Read your statistics: likes, followers, following, videos"},
    Meaning{"video.list", "Read your public videos on TikTok"},
    Meaning{"video.upload", "Share content to your TikTok account as a draft"},
    Meaning{"video.publish", "Post content to TikTok"}};

// TikTok's tokens hold characters that a form has to encode.
std::string issue(Context& x, std::string_view kind, Token token) {
  const auto value = std::string(kind) + random_text(40) + "!" + random_text(4) + ".va";
  x.state.tokens[value] = std::move(token);
  return value;
}

}  // namespace

std::string_view scope_meaning(std::string_view scope) {
  const auto* found = std::ranges::find(kMeanings, scope, &Meaning::scope);
  return found == kMeanings.end() ? std::string_view() : found->text;
}

std::string joined(const std::vector<std::string>& scopes) {
  std::string text;
  for (const auto& scope : scopes) text += (text.empty() ? "" : ",") + scope;
  return text;
}

bool has_scope(const std::vector<std::string>& scopes, std::string_view scope) {
  return std::ranges::find(scopes, scope) != scopes.end();
}

std::string open_grant(Context& x, Grant grant) {
  auto id = x.state.next_id(x.now_ms());
  x.state.grants[id] = std::move(grant);
  return id;
}

std::string issue_access(Context& x, const std::string& grant) {
  return issue(x, "act.", {.grant = grant, .expires_ms = x.now_ms() + kAccessLifeSeconds * 1000});
}

std::string issue_refresh(Context& x, const std::string& grant, std::int64_t expires_ms) {
  return issue(x, "rft.", {.grant = grant, .refreshes = true, .expires_ms = expires_ms});
}

const Grant* live_grant(const Context& x, const std::string& token, bool refreshes) {
  const auto found = x.state.tokens.find(token);
  if (found == x.state.tokens.end()) return nullptr;
  const auto& held = found->second;
  if (held.refreshes != refreshes || held.dead || x.now_ms() >= held.expires_ms) return nullptr;
  const auto grant = x.state.grants.find(held.grant);
  return grant == x.state.grants.end() || grant->second.dead ? nullptr : &grant->second;
}

bool is_authorized(const State& state, const std::string& app, const std::string& user) {
  return std::ranges::any_of(state.grants, [&](const auto& entry) {
    return entry.second.app == app && entry.second.user == user && !entry.second.dead;
  });
}

void end_grants(State& state, const std::string& app, const std::string& user) {
  for (auto& [id, grant] : state.grants)
    if ((app.empty() || grant.app == app) && (user.empty() || grant.user == user))
      grant.dead = true;
}

void prune_tokens(Context& x) {
  const auto long_ago = x.now_ms() - kDayMs;
  std::erase_if(x.state.codes,
                [&](const auto& entry) { return entry.second.issued_ms < long_ago; });
  std::erase_if(x.state.tokens,
                [&](const auto& entry) { return entry.second.expires_ms < long_ago; });
}

}  // namespace herald::sandbox::tiktok
