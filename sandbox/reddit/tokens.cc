#include "sandbox/reddit/tokens.h"

#include <algorithm>
#include <array>

#include "sandbox/encoding.h"
#include "sandbox/query.h"

namespace herald::sandbox::reddit {

namespace {

constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;
constexpr std::size_t kPayloadLetters = 700;  // So that a token exceeds 1000 characters.

struct Meaning {
  std::string_view scope;
  std::string_view text;
};
constexpr std::array kMeanings = {
    Meaning{"identity", "Access my reddit username and signup date."},
    Meaning{"read", "Access posts and comments through my account."},
    Meaning{"submit", "Submit links and comments from my account."},
    Meaning{"flair", "Select my subreddit flair. Change link flair on my submissions."},
    Meaning{"history",
            "Access my voting history and comments or submissions I've saved or hidden."},
    Meaning{"mysubreddits",
            "Access the list of subreddits I moderate, contribute to, and subscribe "
            "to."},
    Meaning{"edit", "Edit and delete my comments and submissions."},
    Meaning{"account", "Update preferences and related account information."},
    Meaning{"save", "Save and unsave comments and submissions."},
    Meaning{"subscribe", "Manage my subreddit subscriptions."},
    Meaning{"vote", "Submit and change my votes on comments and submissions."},
    Meaning{"privatemessages", "Access my inbox and send private messages to other users."},
    Meaning{"report", "Report content for rules violations."},
    Meaning{"modposts",
            "Approve, remove, mark nsfw, and distinguish content in subreddits I "
            "moderate."},
};

std::string issue(Context& x, const std::string& value, Token token) {
  x.state.tokens[value] = std::move(token);
  return value;
}

}  // namespace

std::string_view scope_meaning(std::string_view scope) {
  const auto* found = std::ranges::find(kMeanings, scope, &Meaning::scope);
  return found == kMeanings.end() ? std::string_view() : found->text;
}

std::vector<std::string> split_scopes(std::string_view text) {
  std::string blanks(text);
  std::ranges::replace(blanks, ',', ' ');
  auto scopes = split(blanks, ' ');
  std::ranges::sort(scopes);
  const auto again = std::ranges::unique(scopes);
  scopes.erase(again.begin(), again.end());
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
  auto id = x.state.next_id();
  x.state.grants[id] = std::move(grant);
  return id;
}

std::string issue_access(Context& x, const std::string& grant) {
  // The form of Reddit's own, a signed JSON text, with nothing in it to read.
  const auto value =
      "eyJhbGciOiJSUzI1NiJ9." + base64url(random_text(kPayloadLetters)) + "." + random_text(86);
  return issue(x, value,
               {.grant = grant, .expires_ms = x.now_ms() + x.number("token_seconds") * 1000});
}

std::string issue_refresh(Context& x, const std::string& grant) {
  return issue(x, "7000000-" + random_text(30), {.grant = grant, .refreshes = true});
}

const Grant* live_grant(const Context& x, const std::string& token, bool refreshes) {
  const auto found = x.state.tokens.find(token);
  if (found == x.state.tokens.end()) return nullptr;
  const auto& held = found->second;
  const bool over = held.expires_ms != 0 && x.now_ms() >= held.expires_ms;
  if (held.refreshes != refreshes || held.dead || over) return nullptr;
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

std::string carried_token(const Call& call) {
  const auto header = call.header("Authorization");
  if (lower(header.substr(0, 7)) == "bearer ") return header.substr(7);
  for (const auto* name : {"refresh_token", "token"})
    if (const auto* value = call.find(name)) return *value;
  return {};
}

}  // namespace herald::sandbox::reddit
