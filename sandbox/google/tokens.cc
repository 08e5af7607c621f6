#include "sandbox/google/tokens.h"

#include <algorithm>

namespace herald::sandbox::google {

namespace {

constexpr std::string_view kPrefix = "https://www.googleapis.com/auth/";
constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;
constexpr std::int64_t kIdleMs = 180 * kDayMs;
constexpr std::int64_t kTestingMs = 7 * kDayMs;

constexpr ScopeMeaning kMeanings[] = {
    // Behind kPrefix.
    {"youtube", "Manage your YouTube account"},
    {"youtube.upload", "Manage your YouTube videos"},
    {"youtube.readonly", "View your YouTube account"},
    {"youtube.force-ssl",
     "See, edit, and permanently delete your YouTube videos, ratings, comments and captions"},
    {"youtubepartner", "View and manage your assets and associated content on YouTube"},
    {"yt-analytics.readonly", "View YouTube Analytics reports for your YouTube content"},
    {"yt-analytics-monetary.readonly",
     "View monetary and non-monetary YouTube Analytics reports for your YouTube content"},
};

std::string pair_key(const std::string& app, const std::string& channel) {
  return app + "/" + channel;
}

}  // namespace

std::string full_scope(std::string_view scope) {
  if (scope == "email") return std::string(kPrefix) + "userinfo.email";
  if (scope == "profile") return std::string(kPrefix) + "userinfo.profile";
  return std::string(scope);
}

bool sign_in_scope(std::string_view full) {
  return full == "openid" || full == full_scope("email") || full == full_scope("profile");
}

std::string_view scope_meaning(std::string_view full) {
  if (!full.starts_with(kPrefix)) return {};
  return meaning_of(kMeanings, full.substr(kPrefix.size()));
}

bool known_scope(std::string_view full) {
  return sign_in_scope(full) || !scope_meaning(full).empty();
}

std::vector<std::string> split_scopes(std::string_view text) {
  std::vector<std::string> scopes;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    auto scope = full_scope(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!scope.empty() && !has_scope(scopes, scope)) scopes.push_back(std::move(scope));
  }
  return scopes;
}

Grant* find_grant(State& state, const std::string& app, const std::string& channel) {
  const auto found = state.grants.find(pair_key(app, channel));
  return found == state.grants.end() ? nullptr : &found->second;
}

void forget_grant(State& state, const std::string& app, const std::string& channel) {
  state.grants.erase(pair_key(app, channel));
  for (auto* tokens : {&state.access_tokens, &state.refresh_tokens})
    for (auto& [value, token] : *tokens)
      if (token.app == app && token.channel == channel) token.dead = true;
  for (auto& [value, code] : state.codes)
    if (code.app == app && code.channel == channel) code.used = true;
}

std::string issue_code(Context& google, Code code) {
  auto& grant = google.state.grants[pair_key(code.app, code.channel)];
  for (const auto& scope : code.scopes)
    if (!has_scope(grant.scopes, scope)) grant.scopes.push_back(scope);
  grant.offline = grant.offline || code.offline;
  code.issued_ms = google.now_ms();
  auto value = "4/0A" + random_base64url(36);
  google.state.codes[value] = std::move(code);
  return value;
}

std::string issue_access(Context& google, Token token) {
  token.issued_ms = google.now_ms();
  token.expires_ms = token.issued_ms + kAccessLifeSeconds * 1000;
  auto value = "ya29.a0" + random_base64url(60);
  google.state.access_tokens[value] = std::move(token);
  return value;
}

std::string issue_refresh(Context& google, Token token) {
  auto& tokens = google.state.refresh_tokens;
  std::size_t alive = 0;
  Token* oldest = nullptr;
  for (auto& [value, other] : tokens) {
    if (other.dead || other.app != token.app || other.channel != token.channel) continue;
    ++alive;
    if (oldest == nullptr || other.issued_ms < oldest->issued_ms) oldest = &other;
  }
  if (alive >= kRefreshTokensMax) oldest->dead = true;
  token.issued_ms = token.used_ms = google.now_ms();
  auto value = "1//0" + random_base64url(48);
  tokens[value] = std::move(token);
  return value;
}

const Token* live_access(const Context& google, std::string_view value) {
  const auto found = google.state.access_tokens.find(std::string(value));
  if (found == google.state.access_tokens.end()) return nullptr;
  const auto& token = found->second;
  return token.dead || google.now_ms() >= token.expires_ms ? nullptr : &token;
}

bool refresh_alive(const Context& google, const Token& token) {
  if (token.dead || google.now_ms() - token.used_ms >= kIdleMs) return false;
  const bool testing =
      google.on("testing_mode") &&
      !std::ranges::all_of(token.scopes, [](const auto& scope) { return sign_in_scope(scope); });
  return !testing || google.now_ms() - token.issued_ms < kTestingMs;
}

void prune_tokens(Context& google) {
  const auto now = google.now_ms();
  std::erase_if(google.state.access_tokens,
                [now](const auto& entry) { return now - entry.second.expires_ms > kDayMs; });
  std::erase_if(google.state.codes,
                [now](const auto& entry) { return now - entry.second.issued_ms > kDayMs; });
}

}  // namespace herald::sandbox::google
