#include "sandbox/reddit/tokens.h"

#include <algorithm>

#include "sandbox/encoding.h"

namespace herald::sandbox::reddit {

namespace {

constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;
constexpr std::size_t kPayloadLetters = 700;  // So that a token exceeds 1000 characters.

constexpr ScopeMeaning kMeanings[] = {
    {"identity", "Access my reddit username and signup date."},
    {"read", "Access posts and comments through my account."},
    {"submit", "Submit links and comments from my account."},
    {"flair", "Select my subreddit flair. Change link flair on my submissions."},
    {"history", "Access my voting history and comments or submissions I've saved or hidden."},
    {"mysubreddits",
     "Access the list of subreddits I moderate, contribute to, and subscribe "
     "to."},
    {"edit", "Edit and delete my comments and submissions."},
    {"account", "Update preferences and related account information."},
    {"save", "Save and unsave comments and submissions."},
    {"subscribe", "Manage my subreddit subscriptions."},
    {"vote", "Submit and change my votes on comments and submissions."},
    {"privatemessages", "Access my inbox and send private messages to other users."},
    {"report", "Report content for rules violations."},
    {"modposts",
     "Approve, remove, mark nsfw, and distinguish content in subreddits I "
     "moderate."},
};

std::string issue(Context& x, const std::string& value, Token token) {
  x.state.tokens[value] = std::move(token);
  return value;
}

}  // namespace

std::string_view scope_meaning(std::string_view scope) { return meaning_of(kMeanings, scope); }

std::vector<std::string> split_scopes(std::string_view text) {
  std::string blanks(text);
  std::ranges::replace(blanks, ',', ' ');
  return sorted_scopes(blanks);
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

void prune_tokens(Context& x) {
  const auto long_ago = x.now_ms() - kDayMs;
  std::erase_if(x.state.codes,
                [&](const auto& entry) { return entry.second.issued_ms < long_ago; });
  x.state.forget_old_tokens(x.now_ms());
}

std::string carried_token(const Call& call) {
  const auto header = call.header("Authorization");
  if (lower(header.substr(0, 7)) == "bearer ") return header.substr(7);
  for (const auto* name : {"refresh_token", "token"})
    if (const auto* value = call.find(name)) return *value;
  return {};
}

}  // namespace herald::sandbox::reddit
