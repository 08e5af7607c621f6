#include "sandbox/linkedin/tokens.h"

#include "sandbox/encoding.h"

namespace herald::sandbox::linkedin {

namespace {

constexpr ScopeMeaning kMeanings[] = {
    {"openid", "Use your name and photo"},
    {"profile", "Use your profile details"},
    {"email", "Use the primary email address associated with your LinkedIn account"},
    {"r_basicprofile", "Use your basic profile including your name, photo, and headline"},
    {"w_member_social", "Create, modify, and delete posts, comments, and reactions on your behalf"},
    {"r_member_social", "Retrieve your posts, comments, reactions, and engagement data"},
    {"w_organization_social",
     "Create, modify, and delete posts, comments, and reactions on your organization's "
     "behalf"},
    {"r_organization_social",
     "Retrieve your organization's posts, comments, reactions, and engagement data"},
    {"rw_organization_admin", "Manage your organization's pages and retrieve reporting"},
    {"r_organization_admin", "Retrieve your organization's pages and their reporting"},
    {"r_member_postAnalytics", "Retrieve your posts and their reporting data"},
    {"r_member_profileAnalytics", "Retrieve your profile's followers and viewers"},
    {"w_member_social_feed", "Comment and react on posts on your behalf"},
    {"w_organization_social_feed", "Comment and react on posts on your organization's behalf"},
    {"r_organization_social_feed", "Retrieve comments and reactions on your organization's posts"},
};

constexpr std::size_t kTokenLetters = 340;

}  // namespace

std::string_view scope_meaning(std::string_view scope) { return meaning_of(kMeanings, scope); }

const std::string* standing_grant(const State& state, const Grant& wanted) {
  for (const auto& [id, grant] : state.grants)
    if (!grant.ended && grant.app == wanted.app && grant.person == wanted.person &&
        grant.scopes == wanted.scopes)
      return &id;
  return nullptr;
}

std::string open_grant(Context& x, const Grant& wanted) {
  if (const auto* standing = standing_grant(x.state, wanted)) return *standing;
  for (auto& [id, grant] : x.state.grants)
    if (grant.app == wanted.app && grant.person == wanted.person) grant.ended = true;
  auto id = x.state.next_id(x.now_ms());
  x.state.grants[id] = wanted;
  x.state.grants[id].authorized_ms = x.now_ms();
  return id;
}

std::string issue_code(Context& x, Code code) {
  auto value = "AQT" + random_text(120);
  code.issued_ms = x.now_ms();
  x.state.codes[value] = std::move(code);
  return value;
}

std::string issue_token(Context& x, Token token) {
  auto value = (token.refreshes ? "AQW" : "AQV") + random_text(kTokenLetters);
  token.issued_ms = x.now_ms();
  x.state.tokens[value] = std::move(token);
  return value;
}

std::string_view status_of(const Context& x, const Token& token) {
  const auto grant = x.state.grants.find(token.grant);
  if (token.revoked || grant == x.state.grants.end() || grant->second.ended) return "revoked";
  return x.now_ms() >= token.expires_ms ? "expired" : "active";
}

Checked<const Grant*> check_access(const Context& x, const std::string& token) {
  if (token.empty()) return Refused(empty_token());
  const auto found = x.state.tokens.find(token);
  if (found == x.state.tokens.end() || found->second.refreshes) return Refused(invalid_token());
  const auto status = status_of(x, found->second);
  if (status == "revoked") return Refused(revoked_token());
  if (status == "expired") return Refused(expired_token(x));
  return &x.state.grants.at(found->second.grant);
}

void end_grants(State& state, const std::string& app) {
  for (auto& [id, grant] : state.grants)
    if (app.empty() || grant.app == app) grant.ended = true;
}

void prune_tokens(Context& x) {
  const auto long_ago = x.now_ms() - 30 * kDayMs;
  std::erase_if(x.state.codes,
                [&](const auto& entry) { return entry.second.issued_ms < long_ago; });
  std::erase_if(x.state.tokens,
                [&](const auto& entry) { return entry.second.expires_ms < long_ago; });
}

}  // namespace herald::sandbox::linkedin
