#include "sandbox/tiktok/tokens.h"

#include <algorithm>

#include "sandbox/encoding.h"

namespace herald::sandbox::tiktok {

namespace {

constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;

constexpr ScopeMeaning kMeanings[] = {
    {"user.info.basic", "Read your profile info (avatar, display name)"},
    {"user.info.profile", "Read access to your profile: web link, bio, username"},
    {"user.info.stats", "Read your statistics: likes, followers, following, videos"},
    {"video.list", "Read your public videos on TikTok"},
    {"video.upload", "Share content to your TikTok account as a draft"},
    {"video.publish", "Post content to TikTok"}};

// TikTok's tokens hold characters that a form has to encode.
std::string issue(Context& x, std::string_view kind, Token token) {
  const auto value = std::string(kind) + random_text(40) + "!" + random_text(4) + ".va";
  x.state.tokens[value] = std::move(token);
  return value;
}

}  // namespace

std::string_view scope_meaning(std::string_view scope) { return meaning_of(kMeanings, scope); }

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

bool is_authorized(const State& state, const std::string& app, const std::string& user) {
  return std::ranges::any_of(state.grants, [&](const auto& entry) {
    return entry.second.app == app && entry.second.user == user && !entry.second.dead;
  });
}

void prune_tokens(Context& x) {
  const auto long_ago = x.now_ms() - kDayMs;
  std::erase_if(x.state.codes,
                [&](const auto& entry) { return entry.second.issued_ms < long_ago; });
  x.state.forget_old_tokens(x.now_ms());
}

}  // namespace herald::sandbox::tiktok
