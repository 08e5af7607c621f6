#include "sandbox/tiktok/oauth.h"

#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/media_shelf.h"
#include "sandbox/query.h"
#include "sandbox/tiktok/address.h"
#include "sandbox/tiktok/refusal.h"
#include "sandbox/tiktok/tokens.h"

namespace herald::sandbox::tiktok {

namespace json = boost::json;

namespace {

constexpr std::size_t kVerifierMin = 43;
constexpr std::size_t kVerifierMax = 128;

Refused malformed(const Context& x) {
  return Refused(oauth_refusal(x, "invalid_request", "The request parameters are malformed."));
}

Refused dead_refresh(const Context& x) {
  return Refused(oauth_refusal(x, "invalid_grant", "Refresh token is invalid or expired."));
}

Checked<const App*> read_client(const Context& x, const Call& call) {
  const auto key = form_field(call, "client_key");
  const auto secret = form_field(call, "client_secret");
  if (key.empty() || secret.empty()) return malformed(x);
  const auto app = x.state.apps.find(key);
  if (app == x.state.apps.end() || app->second.secret != secret)
    return Refused(oauth_refusal(x, "invalid_client", "Client key or secret is incorrect."));
  return &app->second;
}

bool is_verifier(std::string_view text) {
  static constexpr std::string_view kUnreserved =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  return text.size() >= kVerifierMin && text.size() <= kVerifierMax &&
         text.find_first_not_of(kUnreserved) == text.npos;
}

// TikTok's S256 is the digest in hex, not in base64url (Login Kit for Desktop).
bool answers_challenge(const Context& x, const Code& code, const std::string& verifier) {
  if (code.challenge.empty()) return true;
  if (!is_desktop(code.redirect_uri) && x.choice("web_challenge") == "ignored") return true;
  return is_verifier(verifier) && sha256_hex(verifier) == code.challenge;
}

http::Response token_answer(const Grant& grant, const std::string& access,
                            const std::string& refresh, std::int64_t refresh_life_s) {
  return json_answer(200,
                     json::serialize(json::object{{"access_token", access},
                                                  {"expires_in", kAccessLifeSeconds},
                                                  {"open_id", open_id_of(grant.app, grant.user)},
                                                  {"refresh_expires_in", refresh_life_s},
                                                  {"refresh_token", refresh},
                                                  {"scope", joined(grant.scopes, ",")},
                                                  {"token_type", "Bearer"}}));
}

Checked<http::Response> exchange(Context& x, const Call& call, const App& app) {
  if (form_field(call, "code").empty() || form_field(call, "redirect_uri").empty())
    return malformed(x);
  const auto found = x.state.codes.find(form_field(call, "code"));
  const bool over = found == x.state.codes.end() || found->second.app != app.key ||
                    found->second.used ||
                    x.now_ms() >= found->second.issued_ms + x.number("code_seconds") * 1000;
  if (over) return Refused(oauth_refusal(x, "invalid_grant", "Authorization code is expired."));
  auto& code = found->second;
  if (form_field(call, "redirect_uri") != code.redirect_uri)
    return Refused(oauth_refusal(x, "invalid_request",
                                 "Redirect_uri is not matched with the uri when requesting code."));
  if (!answers_challenge(x, code, form_field(call, "code_verifier")))
    return Refused(
        oauth_refusal(x, "invalid_request", "Code verifier or code challenge is invalid."));
  code.used = true;
  const auto id = open_grant(x, {.app = app.key, .user = code.user, .scopes = code.scopes});
  const auto refresh = issue_refresh(x, id, x.now_ms() + kRefreshLifeSeconds * 1000);
  return token_answer(x.state.grants.at(id), issue_access(x, id), refresh, kRefreshLifeSeconds);
}

Checked<http::Response> refresh(Context& x, const Call& call, const App& app) {
  auto value = form_field(call, "refresh_token");
  if (value.empty()) return malformed(x);
  const auto* grant = x.state.live_grant(value, true, x.now_ms());
  if (grant == nullptr || grant->app != app.key || x.choice("refresh") == "refused")
    return dead_refresh(x);
  auto& token = x.state.tokens.at(value);
  const auto id = token.grant;
  const auto ends_ms =
      x.on("refresh_restarts") ? x.now_ms() + kRefreshLifeSeconds * 1000 : token.expires_ms;
  if (x.on("rotation")) {
    token.expires_ms = std::min(token.expires_ms, x.now_ms() + x.number("rotation_grace_s") * 1000);
    value = issue_refresh(x, id, ends_ms);
  } else {
    token.expires_ms = ends_ms;
  }
  return token_answer(*grant, issue_access(x, id), value, (ends_ms - x.now_ms()) / 1000);
}

}  // namespace

http::Response oauth_refusal(const Context& x, std::string_view error,
                             std::string_view description) {
  return oauth_error(x.choice("oauth_error_status") == "400" ? 400 : 200, error, description);
}

http::Response token_endpoint(Context& x, const Call& call) {
  const auto grant = form_field(call, "grant_type");
  if (grant.empty()) return malformed(x).error();
  if (grant != "authorization_code" && grant != "refresh_token")
    return oauth_refusal(x, "unsupported_grant_type", "The grant type is not supported.");
  const auto app = read_client(x, call);
  if (!app) return app.error();
  auto answer = grant == "refresh_token" ? refresh(x, call, **app) : exchange(x, call, **app);
  return answer ? std::move(*answer) : std::move(answer).error();
}

http::Response revoke_endpoint(Context& x, const Call& call) {
  const auto app = read_client(x, call);
  if (!app) return app.error();
  const auto value = form_field(call, "token");
  if (value.empty()) return malformed(x).error();
  const auto* grant = x.state.live_grant(value, false, x.now_ms());
  const bool own = grant != nullptr && grant->app == (*app)->key;
  if (!own && x.choice("revoke_unknown") == "refused")
    return oauth_refusal(x, "invalid_request", "The access token is invalid or expired.");
  if (own) x.state.grants.at(x.state.tokens.at(value).grant).dead = true;
  return {.status = 200};
}

}  // namespace herald::sandbox::tiktok
