#include "sandbox/reddit/oauth.h"

#include <boost/json.hpp>

#include "sandbox/encoding.h"
#include "sandbox/reddit/form.h"
#include "sandbox/reddit/refusal.h"
#include "sandbox/reddit/tokens.h"

namespace herald::sandbox::reddit {

namespace json = boost::json;

namespace {

constexpr std::int64_t kCodeLifeMs = 10LL * 60 * 1000;

// Null: no Basic, or a wrong one.
const App* client_of(const Context& x, const Call& call) {
  const auto header = call.header("Authorization");
  if (lower(header.substr(0, 6)) != "basic ") return nullptr;
  const auto plain = from_base64(std::string_view(header).substr(6)).value_or("");
  const auto colon = plain.find(':');
  if (colon == plain.npos) return nullptr;
  const auto app = x.state.apps.find(plain.substr(0, colon));
  const bool known = app != x.state.apps.end() && app->second.secret == plain.substr(colon + 1);
  return known ? &app->second : nullptr;
}

http::Response token_answer(Context& x, const std::string& id, const std::string& refresh_token) {
  json::object body{{"access_token", issue_access(x, id)},
                    {"token_type", "bearer"},
                    {"expires_in", x.number("token_seconds")},
                    {"scope", joined(x.state.grants.at(id).scopes)}};
  if (!refresh_token.empty()) body["refresh_token"] = refresh_token;
  return json_answer(200, json::serialize(body));
}

http::Response exchange(Context& x, const Call& call, const App& app) {
  const auto value = in_form(call, "code");
  const auto redirect_uri = in_form(call, "redirect_uri");
  if (value.empty() || redirect_uri.empty()) return oauth_error(200, "invalid_request");
  const auto found = x.state.codes.find(value);
  if (found == x.state.codes.end()) return oauth_error(200, "invalid_grant");
  auto& code = found->second;
  const bool over = code.used || x.now_ms() >= code.issued_ms + kCodeLifeMs;
  if (over || code.app != app.id || code.redirect_uri != redirect_uri)
    return oauth_error(200, "invalid_grant");
  code.used = true;
  const auto grant = open_grant(x, {.app = app.id, .user = code.user, .scopes = code.scopes});
  return token_answer(x, grant, code.permanent ? issue_refresh(x, grant) : "");
}

http::Response dead_refresh(const Context& x) {
  const auto& form = x.choice("dead_refresh");
  if (form == "invalid_request") return oauth_error(400, "invalid_request");
  return form == "bare" ? json_answer(400, R"({"error":400})") : plain_error(400);
}

http::Response refresh(Context& x, const Call& call, const App& app) {
  const auto value = in_form(call, "refresh_token");
  const auto* grant = x.state.live_grant(value, true, x.now_ms());
  if (grant == nullptr || grant->app != app.id) return dead_refresh(x);
  auto& token = x.state.tokens.at(value);
  const auto id = token.grant;
  const auto& answer = x.choice("refresh_token_answer");
  if (answer != "rotated") return token_answer(x, id, answer == "none" ? "" : value);
  token.dead = true;
  return token_answer(x, id, issue_refresh(x, id));
}

}  // namespace

http::Response token_endpoint(Context& x, const Call& call) {
  const auto* app = client_of(x, call);
  if (app == nullptr) return wrong_client();
  const auto grant = in_form(call, "grant_type");
  if (grant == "authorization_code") return exchange(x, call, *app);
  if (grant == "refresh_token") return refresh(x, call, *app);
  if (grant == "password")
    return json_answer(200, R"({"error":"unauthorized_client",)"
                            R"("error_description":"Only script apps may use password auth"})");
  return oauth_error(200, "unsupported_grant_type");
}

http::Response revoke_endpoint(Context& x, const Call& call) {
  const auto* app = client_of(x, call);
  if (app == nullptr) return wrong_client();
  const auto found = x.state.tokens.find(in_form(call, "token"));
  if (found != x.state.tokens.end()) {
    auto& grant = x.state.grants.at(found->second.grant);
    if (grant.app != app->id) return oauth_error(400, "unauthorized_client");
    // An access token goes alone; a refresh token takes its access tokens along.
    found->second.dead = true;
    if (found->second.refreshes) grant.dead = true;
  }
  return text_answer(x.choice("revoke_status") == "204" ? 204 : 200, "");
}

}  // namespace herald::sandbox::reddit
