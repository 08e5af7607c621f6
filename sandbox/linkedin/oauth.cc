#include "sandbox/linkedin/oauth.h"

#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/encoding.h"
#include "sandbox/linkedin/refusal.h"
#include "sandbox/linkedin/tokens.h"
#include "sandbox/query.h"

namespace herald::sandbox::linkedin {

namespace json = boost::json;

namespace {

constexpr std::int64_t kCodeLifeMs = 30LL * 60 * 1000;
constexpr std::int64_t kAccessLifeMs = 60 * kDayMs;
constexpr std::int64_t kRefreshLifeMs = 365 * kDayMs;

Checked<const App*> read_client(const Context& x, const Call& call) {
  for (const auto* name : {"client_id", "client_secret"})
    if (form_field(call, name).empty()) return Refused(missing_parameter(name));
  const auto app = x.state.apps.find(form_field(call, "client_id"));
  if (app == x.state.apps.end() || app->second.secret != form_field(call, "client_secret"))
    return Refused(wrong_client());
  return &app->second;
}

// Its claims are what userinfo answers. Nobody can check its signature: no keys are published here.
std::string id_token(const Context& x, const Grant& grant) {
  const auto& person = x.state.people.at(grant.person);
  const json::object claims{{"iss", "https://www.linkedin.com/oauth"},
                            {"aud", grant.app},
                            {"iat", x.now_ms() / 1000},
                            {"exp", x.now_ms() / 1000 + 3600},
                            {"sub", person.id},
                            {"name", person.name()},
                            {"given_name", person.given_name},
                            {"family_name", person.family_name}};
  return base64url(R"({"typ":"JWT","alg":"RS256"})") + "." + base64url(json::serialize(claims)) +
         "." + random_text(86);
}

// `refresh`: an entry of tokens, or the end: there is none.
http::Response token_answer(Context& x, const std::string& grant_id,
                            const std::string& refresh_token) {
  const auto& grant = x.state.grants.at(grant_id);
  auto expires = x.now_ms() + kAccessLifeMs;
  if (!refresh_token.empty())
    expires = std::min(expires, x.state.tokens.at(refresh_token).expires_ms);
  json::object body{{"access_token", issue_token(x, {.grant = grant_id, .expires_ms = expires})},
                    {"expires_in", (expires - x.now_ms()) / 1000}};
  if (!refresh_token.empty()) {
    const auto left = (x.state.tokens.at(refresh_token).expires_ms - x.now_ms()) / 1000;
    body["refresh_token"] = refresh_token;
    body["refresh_token_expires_in"] =
        x.choice("refresh_life_unit") == "minutes" ? left / 60 : left;
  }
  body["scope"] = joined(grant.scopes, ",");
  body["token_type"] = "Bearer";
  if (has_scope(grant.scopes, "openid")) body["id_token"] = id_token(x, grant);
  return json_answer(200, json::serialize(body));
}

Checked<http::Response> exchange(Context& x, const Call& call) {
  for (const auto* name : {"code", "redirect_uri"})
    if (form_field(call, name).empty()) return Refused(missing_parameter(name));
  HERALD_TRY(const auto* app, read_client(x, call));
  const auto found = x.state.codes.find(form_field(call, "code"));
  if (found == x.state.codes.end()) return Refused(unknown_code());
  auto& code = found->second;
  if (code.used || code.app != app->id || x.now_ms() >= code.issued_ms + kCodeLifeMs ||
      code.redirect_uri != form_field(call, "redirect_uri") || x.state.grants.at(code.grant).ended)
    return Refused(wrong_code());
  code.used = true;
  std::string refresh_token;
  if (x.on("refresh_tokens"))
    refresh_token = issue_token(
        x, {.grant = code.grant, .refreshes = true, .expires_ms = x.now_ms() + kRefreshLifeMs});
  return token_answer(x, code.grant, refresh_token);
}

Checked<http::Response> refresh(Context& x, const Call& call) {
  const auto value = form_field(call, "refresh_token");
  if (value.empty()) return Refused(missing_parameter("refresh_token"));
  HERALD_TRY(const auto* app, read_client(x, call));
  const auto found = x.state.tokens.find(value);
  if (found == x.state.tokens.end() || !found->second.refreshes ||
      status_of(x, found->second) != "active" ||
      x.state.grants.at(found->second.grant).app != app->id)
    return Refused(dead_refresh_token());
  return token_answer(x, found->second.grant, value);
}

}  // namespace

http::Response token_endpoint(Context& x, const Call& call) {
  const auto kind = form_field(call, "grant_type");
  if (kind.empty()) return missing_parameter("grant_type");
  if (kind != "authorization_code" && kind != "refresh_token")
    return oauth_error(400, "unsupported_grant_type", "The grant type is not supported");
  auto answer = kind == "refresh_token" ? refresh(x, call) : exchange(x, call);
  return answer ? std::move(*answer) : std::move(answer).error();
}

http::Response introspect_endpoint(Context& x, const Call& call) {
  for (const auto* name : {"client_id", "token"})
    if (form_field(call, name).empty()) return missing_parameter(name);
  if (!x.state.apps.contains(form_field(call, "client_id")))
    return oauth_error(400, "invalid_request", "The client_id is not known");
  const auto app = read_client(x, call);
  if (!app) return app.error();
  const auto found = x.state.tokens.find(form_field(call, "token"));
  if (found == x.state.tokens.end()) return json_answer(200, R"({"active":false})");
  const auto& token = found->second;
  const auto& grant = x.state.grants.at(token.grant);
  if (grant.app != (*app)->id) return json_answer(200, R"({"active":false})");
  const auto status = status_of(x, token);
  return json_answer(200,
                     json::serialize(json::object{{"active", status == "active"},
                                                  {"client_id", grant.app},
                                                  {"authorized_at", grant.authorized_ms / 1000},
                                                  {"created_at", token.issued_ms / 1000},
                                                  {"status", status},
                                                  {"expires_at", token.expires_ms / 1000},
                                                  {"scope", joined(grant.scopes, ",")},
                                                  {"auth_type", "3L"}}));
}

http::Response revoke_endpoint(Context& x, const Call& call) {
  if (!x.on("revoke_endpoint")) return no_resource();
  if (form_field(call, "token").empty()) return missing_parameter("token");
  const auto app = read_client(x, call);
  if (!app) return app.error();
  const auto found = x.state.tokens.find(form_field(call, "token"));
  if (found != x.state.tokens.end()) {
    auto& grant = x.state.grants.at(found->second.grant);
    if (grant.app == (*app)->id) {
      found->second.revoked = true;
      grant.ended = grant.ended || found->second.refreshes;
    }
  }
  http::Response response;
  response.status = 200;
  return response;
}

}  // namespace herald::sandbox::linkedin
