#include "sandbox/twitter/tokens.h"

#include "sandbox/encoding.h"
#include "sandbox/query.h"

namespace herald::sandbox::twitter {

namespace {

constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;

constexpr ScopeMeaning kMeanings[] = {
    {"tweet.read", "All the posts you can view, including posts from protected accounts."},
    {"users.read", "Any account you can view, including protected accounts."},
    {"tweet.write", "Post and repost for you."},
    {"media.write", "Upload media for you."},
    {"offline.access", "Stay connected to your account until you revoke access."},
    {"users.email", "Your email address."},
    {"tweet.moderate.write", "Hide and unhide replies to your posts."},
    {"follows.read", "People who follow you and people who you follow."},
    {"follows.write", "Follow and unfollow people for you."},
    {"like.read", "Posts you’ve liked and likes you can view."},
    {"like.write", "Like and unlike posts for you."},
    {"list.read", "Lists, list members, and list followers of your lists."},
    {"list.write", "Create and manage Lists for you."},
    {"bookmark.read", "Posts you’ve bookmarked."},
    {"bookmark.write", "Bookmark and remove bookmarks from posts for you."},
    {"dm.read", "All the direct messages you can view."},
    {"dm.write", "Send direct messages for you."},
    {"mute.read", "Accounts you’ve muted."},
    {"mute.write", "Mute and unmute accounts for you."},
    {"block.read", "Accounts you’ve blocked."},
    {"block.write", "Block and unblock accounts for you."},
    {"space.read", "All the Spaces you can view."},
};

std::string issue(Context& x, Token token) {
  // The form of X's own: base64url of a text that ends in its kind.
  const auto value = base64url(random_text(48) + ":" + std::to_string(x.now_ms()) +
                               (token.refreshes ? ":1:0:rt:1" : ":1:0:at:1"));
  x.state.tokens[value] = std::move(token);
  return value;
}

}  // namespace

std::string_view scope_meaning(std::string_view scope) { return meaning_of(kMeanings, scope); }

std::vector<std::string> split_scopes(std::string_view text) {
  std::vector<std::string> scopes;
  for (auto& scope : split(text, ' '))
    if (!has_scope(scopes, scope)) scopes.push_back(std::move(scope));
  return scopes;
}

std::string open_grant(Context& x, Grant grant) {
  if (x.on("single_grant")) x.state.end_grants(grant.app, grant.user);
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

void prune_tokens(Context& x) {
  const auto long_ago = x.now_ms() - kDayMs;
  std::erase_if(x.state.codes,
                [&](const auto& entry) { return entry.second.issued_ms < long_ago; });
  x.state.forget_old_tokens(x.now_ms());
}

}  // namespace herald::sandbox::twitter
