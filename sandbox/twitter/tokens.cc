#include "sandbox/twitter/tokens.h"

#include <algorithm>
#include <array>

#include "sandbox/encoding.h"
#include "sandbox/query.h"

namespace herald::sandbox::twitter {

namespace {

constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;

struct Meaning {
  std::string_view scope;
  std::string_view text;
};
constexpr std::array kMeanings = {
    Meaning{"tweet.read", "All the posts you can view, including posts from protected accounts."},
    Meaning{"users.read", "Any account you can view, including protected accounts."},
    Meaning{"tweet.write", "Post and repost for you."},
    Meaning{"media.write", "Upload media for you."},
    Meaning{"offline.access", "Stay connected to your account until you revoke access."},
    Meaning{"users.email", "Your email address."},
    Meaning{"tweet.moderate.write", "Hide and unhide replies to your posts."},
    Meaning{"follows.read", "People who follow you and people who you follow."},
    Meaning{"follows.write", "Follow and unfollow people for you."},
    Meaning{"like.read", "Posts you’ve liked and likes you can view."},
    Meaning{"like.write", "Like and unlike posts for you."},
    Meaning{"list.read", "Lists, list members, and list followers of your lists."},
    Meaning{"list.write", "Create and manage Lists for you."},
    Meaning{"bookmark.read", "Posts you’ve bookmarked."},
    Meaning{"bookmark.write", "Bookmark and remove bookmarks from posts for you."},
    Meaning{"dm.read", "All the direct messages you can view."},
    Meaning{"dm.write", "Send direct messages for you."},
    Meaning{"mute.read", "Accounts you’ve muted."},
    Meaning{"mute.write", "Mute and unmute accounts for you."},
    Meaning{"block.read", "Accounts you’ve blocked."},
    Meaning{"block.write", "Block and unblock accounts for you."},
    Meaning{"space.read", "All the Spaces you can view."},
};

std::string issue(Context& x, Token token) {
  // The form of X's own: base64url of a text that ends in its kind.
  const auto value = base64url(random_text(48) + ":" + std::to_string(x.now_ms()) +
                               (token.refreshes ? ":1:0:rt:1" : ":1:0:at:1"));
  x.state.tokens[value] = std::move(token);
  return value;
}

}  // namespace

std::string_view scope_meaning(std::string_view scope) {
  const auto* found = std::ranges::find(kMeanings, scope, &Meaning::scope);
  return found == kMeanings.end() ? std::string_view() : found->text;
}

std::vector<std::string> split_scopes(std::string_view text) {
  std::vector<std::string> scopes;
  for (auto& scope : split(text, ' '))
    if (!has_scope(scopes, scope)) scopes.push_back(std::move(scope));
  return scopes;
}

std::string joined(const std::vector<std::string>& scopes) {
  std::string text;
  for (const auto& scope : scopes) text += (text.empty() ? "" : " ") + scope;
  return text;
}

bool has_scope(const std::vector<std::string>& scopes, std::string_view scope) {
  return std::ranges::find(scopes, scope) != scopes.end();
}

std::string open_grant(Context& x, Grant grant) {
  if (x.on("single_grant")) end_grants(x.state, grant.app, grant.user);
  auto id = x.state.next_id(x.now_ms());
  x.state.grants[id] = std::move(grant);
  return id;
}

std::string issue_access(Context& x, const std::string& grant) {
  return issue(x, {.grant = grant, .expires_ms = x.now_ms() + kAccessLifeSeconds * 1000});
}

std::string issue_refresh(Context& x, const std::string& grant) {
  const auto days = x.number("refresh_days");
  return issue(x, {.grant = grant,
                   .refreshes = true,
                   .expires_ms = days == 0 ? 0 : x.now_ms() + days * kDayMs});
}

const Grant* live_grant(const Context& x, const std::string& token, bool refreshes) {
  const auto found = x.state.tokens.find(token);
  if (found == x.state.tokens.end()) return nullptr;
  const auto& held = found->second;
  const bool over = held.expires_ms != 0 && x.now_ms() >= held.expires_ms;
  if (held.refreshes != refreshes || held.dead || held.spent || over) return nullptr;
  const auto grant = x.state.grants.find(held.grant);
  return grant == x.state.grants.end() || grant->second.dead ? nullptr : &grant->second;
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
  std::erase_if(x.state.tokens, [&](const auto& entry) {
    return entry.second.expires_ms != 0 && entry.second.expires_ms < long_ago;
  });
}

}  // namespace herald::sandbox::twitter
