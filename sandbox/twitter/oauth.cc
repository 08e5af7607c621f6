#include "sandbox/twitter/oauth.h"

#include <algorithm>
#include <boost/json.hpp>
#include <optional>

#include "sandbox/encoding.h"
#include "sandbox/query.h"
#include "sandbox/twitter/problem.h"
#include "sandbox/twitter/tokens.h"

namespace herald::sandbox::twitter {

namespace json = boost::json;

namespace {

constexpr std::int64_t kCodeLifeMs = 30 * 1000;

std::string in_body(const Call& call, std::string_view name) {
  const bool taken = call.content_type == "application/x-www-form-urlencoded" ||
                     call.content_type == "application/json";
  return taken ? field_of(call, name) : std::string();
}

http::Response wrong_code() {
  return oauth_error(400, "invalid_request",
                     "Value passed for the authorization code was invalid.");
}

http::Response wrong_token() {
  return oauth_error(400, "invalid_request", "Value passed for the token was invalid.");
}

http::Response missing(std::string_view name) {
  return oauth_error(400, "invalid_request",
                     "Missing required parameter [" + std::string(name) + "].");
}

http::Response no_client() {
  return oauth_error(401, "unauthorized_client", "Missing valid authorization header");
}

struct Basic {
  std::string id;
  std::string secret;
};

// RFC 6749, 2.3.1: both are form-encoded before they are joined.
std::optional<Basic> basic_of(const Call& call) {
  const auto header = call.header("Authorization");
  if (!header.starts_with("Basic ")) return {};
  const auto plain = from_base64(std::string_view(header).substr(6)).value_or("");
  const auto colon = std::min(plain.find(':'), plain.size());
  const auto decoded = [](const std::string& text) {
    const auto fields = parse_form("v=" + text);
    return fields.empty() ? std::string() : fields.front().value;
  };
  return Basic{.id = decoded(plain.substr(0, colon)),
               .secret = decoded(plain.substr(std::min(colon + 1, plain.size())))};
}

Checked<const App*> read_client(const Context& x, const Call& call) {
  const auto basic = basic_of(call);
  const auto id = basic ? basic->id : in_body(call, "client_id");
  if (!basic && !call.header("Authorization").empty()) return Refused(no_client());
  if (id.empty()) return Refused(basic ? no_client() : missing("client_id"));
  const auto app = x.state.apps.find(id);
  if (app == x.state.apps.end())
    return Refused(oauth_error(401, "invalid_client", "The client is not known."));
  const auto& secret = app->second.secret;
  // A confidential client must show its secret in the header, a public one has none to show.
  if (!secret.empty() && (!basic || basic->secret != secret)) return Refused(no_client());
  const auto named = in_body(call, "client_id");
  if (!named.empty() && named != id) return Refused(no_client());
  return &app->second;
}

http::Response token_answer(Context& x, const std::string& id) {
  const auto& scopes = x.state.grants.at(id).scopes;
  json::object body{{"token_type", "bearer"},
                    {"expires_in", kAccessLifeSeconds},
                    {"access_token", issue_access(x, id)},
                    {"scope", joined(scopes)}};
  if (has_scope(scopes, "offline.access")) body["refresh_token"] = issue_refresh(x, id);
  return json_answer(200, json::serialize(body));
}

Checked<http::Response> exchange(Context& x, const Call& call, const App& app) {
  for (const auto* name : {"code", "redirect_uri", "code_verifier"})
    if (in_body(call, name).empty()) return Refused(missing(name));
  const auto found = x.state.codes.find(in_body(call, "code"));
  if (found == x.state.codes.end() || found->second.app != app.id) return Refused(wrong_code());
  auto& code = found->second;
  if (code.used || x.now_ms() >= code.issued_ms + kCodeLifeMs) return Refused(wrong_code());
  if (in_body(call, "redirect_uri") != code.redirect_uri)
    return Refused(oauth_error(400, "invalid_request",
                               "Value passed for the redirect uri did not match the uri of the "
                               "authorization code."));
  const auto verifier = in_body(call, "code_verifier");
  if ((code.plain ? verifier : s256(verifier)) != code.challenge)
    return Refused(oauth_error(400, "invalid_request",
                               "Value passed for the code verifier did not match the code "
                               "challenge."));
  code.used = true;
  return token_answer(x, open_grant(x, {.app = app.id, .user = code.user, .scopes = code.scopes}));
}

Checked<http::Response> refresh(Context& x, const Call& call, const App& app) {
  const auto value = in_body(call, "refresh_token");
  if (value.empty()) return Refused(missing("refresh_token"));
  const auto found = x.state.tokens.find(value);
  if (found == x.state.tokens.end()) return Refused(wrong_token());
  auto& token = found->second;
  auto& grant = x.state.grants.at(token.grant);
  if (grant.app != app.id) return Refused(wrong_token());
  if (token.refreshes && token.spent && x.on("reuse_kills_family")) grant.dead = true;
  if (x.state.live_grant(value, true, x.now_ms()) == nullptr) return Refused(wrong_token());
  token.spent = true;
  return token_answer(x, token.grant);
}

}  // namespace

http::Response token_endpoint(Context& x, const Call& call) {
  const auto grant = in_body(call, "grant_type");
  if (grant.empty()) return missing("grant_type");
  if (grant != "authorization_code" && grant != "refresh_token")
    return oauth_error(400, "unsupported_grant_type",
                       "Value passed for the grant type was invalid.");
  const auto app = read_client(x, call);
  if (!app) return app.error();
  auto answer = grant == "refresh_token" ? refresh(x, call, **app) : exchange(x, call, **app);
  return answer ? std::move(*answer) : std::move(answer).error();
}

http::Response revoke_endpoint(Context& x, const Call& call) {
  const auto app = read_client(x, call);
  if (!app) return app.error();
  const auto value = in_body(call, "token");
  if (value.empty()) return missing("token");
  const auto found = x.state.tokens.find(value);
  if (found != x.state.tokens.end()) {
    auto& grant = x.state.grants.at(found->second.grant);
    if (grant.app != (*app)->id) return wrong_token();
    // RFC 7009, 2.1: without its refresh token the grant is over; an access token goes alone.
    found->second.dead = true;
    if (found->second.refreshes) grant.dead = true;
  }
  return json_answer(200, x.choice("revoke_answer") == "empty" ? "{}" : R"({"revoked":true})");
}

http::Response app_only_token(Context& x, const Call& call) {
  if (in_body(call, "grant_type") != "client_credentials") return missing("grant_type");
  const auto app = read_client(x, call);
  if (!app) return app.error();
  return json_answer(200, json::serialize(json::object{{"token_type", "bearer"},
                                                       {"access_token", (*app)->bearer}}));
}

}  // namespace herald::sandbox::twitter
