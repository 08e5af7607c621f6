#include "sandbox/pinterest/oauth.h"

#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/encoding.h"
#include "sandbox/query.h"
#include "sandbox/scopes.h"

namespace herald::sandbox::pinterest {

namespace json = boost::json;

namespace {

constexpr std::int64_t kCodeMs = 10LL * 60 * 1000;
constexpr std::int64_t kAccessS = 2'592'000;
constexpr std::int64_t kGraceMs = 60'000;

// Null: no Basic, a wrong one, or no form.
const App* app_of(const State& state, const Call& call) {
  constexpr std::string_view kBasic = "Basic ";
  const auto header = call.header("Authorization");
  if (!header.starts_with(kBasic) || call.content_type != "application/x-www-form-urlencoded")
    return nullptr;
  const auto plain = from_base64(header.substr(kBasic.size()));
  if (!plain) return nullptr;
  const auto colon = plain->find(':');
  if (colon == plain->npos) return nullptr;
  const auto found = state.apps.find(plain->substr(0, colon));
  if (found == state.apps.end() || found->second.secret != plain->substr(colon + 1)) return nullptr;
  return &found->second;
}

json::object scope_field(const Context& x, const Grant& grant) {
  const auto& how = x.choice("token_scope");
  if (how == "absent") return {};
  return {{"scope", joined(grant.scopes, how == "commas" ? "," : " ")}};
}

Answer issue(Context& x, const std::string& grant_id, std::string_view response_type) {
  auto& state = x.state;
  const auto refresh_s = x.number("refresh_life_s");
  const auto access = "pina_" + random_text(50);
  const auto refresh = "pinr_" + random_text(50);
  state.tokens[access] = {.grant = grant_id, .expires_ms = x.now_ms() + kAccessS * 1000};
  state.tokens[refresh] = {
      .grant = grant_id, .refreshes = true, .expires_ms = x.now_ms() + refresh_s * 1000};
  json::object body{{"access_token", access},         {"refresh_token", refresh},
                    {"response_type", response_type}, {"token_type", "bearer"},
                    {"expires_in", kAccessS},         {"refresh_token_expires_in", refresh_s}};
  if (x.on("refresh_expires_at")) body["refresh_token_expires_at"] = x.now_ms() / 1000 + refresh_s;
  for (const auto& field : scope_field(x, state.grants.at(grant_id))) body.insert(field);
  return {.response = json_answer(200, json::serialize(body))};
}

Checked<Answer> exchange(Context& x, const App& app, const Call& call) {
  const auto found = x.state.codes.find(form_field(call, "code"));
  if (found == x.state.codes.end()) return Refused(grant_invalid(x));
  auto& code = found->second;
  const bool good = !code.used && code.app == app.id &&
                    code.redirect_uri == form_field(call, "redirect_uri") &&
                    x.now_ms() < code.issued_ms + kCodeMs;
  if (!good) return Refused(grant_invalid(x));
  code.used = true;
  const auto grant = random_text(16);
  x.state.grants[grant] = {.app = app.id, .user = code.user, .scopes = code.scopes};
  return issue(x, grant, "authorization_code");
}

// Whether a refresh token that was used dies at once is not known.
void spend(const Context& x, Token& token) {
  const auto& how = x.choice("old_refresh_token");
  if (how == "dies") token.dead = true;
  if (how == "a_minute") token.expires_ms = std::min(token.expires_ms, x.now_ms() + kGraceMs);
}

Checked<Answer> refresh(Context& x, const App& app, const Call& call) {
  const auto value = form_field(call, "refresh_token");
  const auto* grant = x.state.live_grant(value, true, x.now_ms());
  if (grant == nullptr || grant->app != app.id) return Refused(grant_invalid(x));
  auto& token = x.state.tokens.at(value);
  const auto wanted = sorted_scopes(form_field(call, "scope"));
  const bool more = std::ranges::any_of(
      wanted, [&](const std::string& scope) { return !has_scope(grant->scopes, scope); });
  if (more) return Refused(invalid("scope: more than was granted"));
  spend(x, token);
  return issue(x, token.grant, "refresh_token");
}

}  // namespace

Checked<Answer> give_token(Context& x, const Call& call) {
  const auto* app = app_of(x.state, call);
  if (app == nullptr) return Refused(authentication_failed(x));
  const auto type = form_field(call, "grant_type");
  if (type == "authorization_code") return exchange(x, *app, call);
  if (type == "refresh_token") return refresh(x, *app, call);
  return Refused(invalid("grant_type: '" + type + "' is not one of the known ones"));
}

Checked<Answer> revoke_token(const Context& x, const Call& call) {
  if (app_of(x.state, call) == nullptr) return Refused(authentication_failed(x));
  return Refused(not_permitted());  // For system users alone.
}

}  // namespace herald::sandbox::pinterest
