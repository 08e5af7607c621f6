#include "sandbox/google/oauth.h"

#include <boost/json.hpp>
#include <expected>

#include "sandbox/google/identity.h"
#include "sandbox/google/tokens.h"

namespace herald::sandbox::google {

namespace json = boost::json;

namespace {

// RFC 6749, section 5.2.
http::Response oauth_answer(int status, const json::object& body) {
  auto response = json_answer(status, json::serialize(body));
  response.headers.set("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate");
  response.headers.set("Pragma", "no-cache");
  return response;
}

std::unexpected<http::Response> refuse(int status, std::string_view error,
                                       std::string_view description) {
  return std::unexpected(
      oauth_answer(status, {{"error", error}, {"error_description", description}}));
}

using Refusable = std::expected<http::Response, http::Response>;

// A parameter of the form or the query. A JSON body counts for nothing here.
std::string parameter(const Call& call, std::string_view name) {
  const bool form = call.content_type == "application/x-www-form-urlencoded";
  if (form || call.content_type.empty())
    for (const auto& field : call.fields)
      if (field.name == name) return field.value;
  for (const auto& field : call.query)
    if (field.name == name) return field.value;
  return {};
}

struct Credentials {
  std::string id;
  std::string secret;
};

Credentials credentials(const Call& call) {
  const auto header = call.header("Authorization");
  if (!header.starts_with("Basic "))
    return {parameter(call, "client_id"), parameter(call, "client_secret")};
  const auto decoded = base64_decoded(std::string_view(header).substr(6));
  const auto colon = std::min(decoded.find(':'), decoded.size());
  return {decoded.substr(0, colon), decoded.substr(std::min(colon + 1, decoded.size()))};
}

std::expected<const App*, http::Response> authenticate(const Context& google, const Call& call) {
  const auto sent = credentials(call);
  if (sent.id.empty())
    return refuse(400, "invalid_request", "Could not determine client ID from request.");
  const auto* app = google.directory.app(sent.id);
  if (app == nullptr) return refuse(401, "invalid_client", "The OAuth client was not found.");
  if (sent.secret.empty()) return refuse(400, "invalid_request", "client_secret is missing.");
  if (sent.secret != app->secret) return refuse(401, "invalid_client", "Unauthorized");
  return app;
}

json::object token_body(Context& google, const Token& token, const std::string& nonce) {
  const auto access = issue_access(google, token);
  json::object body{{"access_token", access},
                    {"expires_in", kAccessLifeSeconds},
                    {"scope", joined(token.scopes)},
                    {"token_type", "Bearer"}};
  if (has_scope(token.scopes, "openid"))
    body["id_token"] = google.key.signed_token(id_claims(google, token, access, nonce));
  return body;
}

std::expected<Done, http::Response> check_verifier(const Call& call, const Code& code) {
  const auto verifier = parameter(call, "code_verifier");
  if (code.challenge.empty() && !verifier.empty())
    return refuse(400, "invalid_grant", "code_verifier or verifier is not needed.");
  if (code.challenge.empty()) return Done{};
  if (verifier.empty()) return refuse(400, "invalid_grant", "Missing code verifier.");
  const auto proof = code.challenge_method == "S256" ? sha256_base64url(verifier) : verifier;
  if (proof != code.challenge) return refuse(400, "invalid_grant", "Invalid code verifier.");
  return Done{};
}

Refusable exchange_code(Context& google, const Call& call, const App& app) {
  const auto sent = parameter(call, "code");
  if (sent.empty()) return refuse(400, "invalid_request", "Missing required parameter: code");
  if (!sent.starts_with("4/") || sent.find('%') != sent.npos)
    return refuse(400, "invalid_grant", "Malformed auth code.");
  const auto found = google.state.codes.find(sent);
  if (found == google.state.codes.end() || found->second.used || found->second.app != app.id ||
      google.now_ms() - found->second.issued_ms >= kCodeLifeMs)
    return refuse(400, "invalid_grant", "Bad Request");
  auto& code = found->second;
  const auto redirect_uri = parameter(call, "redirect_uri");
  if (redirect_uri.empty())
    return refuse(400, "invalid_request", "Missing parameter: redirect_uri");
  if (redirect_uri != code.redirect_uri) return refuse(400, "redirect_uri_mismatch", "Bad Request");
  HERALD_CHECK(check_verifier(call, code));
  code.used = true;
  const Token token{
      .app = app.id, .channel = code.channel, .scopes = code.scopes, .offline = code.offline};
  auto body = token_body(google, token, code.nonce);
  if (code.with_refresh) {
    body["refresh_token"] = issue_refresh(google, token);
    if (google.on("testing_mode")) body["refresh_token_expires_in"] = 7 * 24 * 60 * 60 - 1;
  }
  return oauth_answer(200, body);
}

// The refresh token itself never changes (YO-10).
Refusable exchange_refresh(Context& google, const Call& call, const App& app) {
  const auto sent = parameter(call, "refresh_token");
  if (sent.empty())
    return refuse(400, "invalid_request", "Missing required parameter: refresh_token");
  const auto found = google.state.refresh_tokens.find(sent);
  if (found == google.state.refresh_tokens.end())
    return refuse(400, "invalid_grant", "Bad Request");
  auto& held = found->second;
  if (held.app != app.id) return refuse(400, "unauthorized_client", "Unauthorized");
  if (!refresh_alive(google, held)) {
    held.dead = true;
    return refuse(400, "invalid_grant", "Token has been expired or revoked.");
  }
  auto token = held;
  if (const auto narrowed = split_scopes(parameter(call, "scope")); !narrowed.empty()) {
    for (const auto& scope : narrowed)
      if (!has_scope(held.scopes, scope)) return refuse(400, "invalid_scope", "Bad Request");
    token.scopes = narrowed;
  }
  held.used_ms = google.now_ms();
  return oauth_answer(200, token_body(google, token, {}));
}

Refusable token(Context& google, const Call& call) {
  const auto type = parameter(call, "grant_type");
  if (type != "authorization_code" && type != "refresh_token")
    return refuse(400, "unsupported_grant_type", "Invalid grant_type: " + type);
  HERALD_TRY(const auto* app, authenticate(google, call));
  return type == "refresh_token" ? exchange_refresh(google, call, *app)
                                 : exchange_code(google, call, *app);
}

}  // namespace

Answer exchange(Context& google, const Call& call) {
  auto answer = token(google, call);
  return {.response = answer ? std::move(*answer) : std::move(answer.error())};
}

Answer revoke(Context& google, const Call& call) {
  const auto value = parameter(call, "token");
  if (value.empty())
    return {.response =
                refuse(400, "invalid_request", "Missing required parameter: token").error()};
  const auto refresh = google.state.refresh_tokens.find(value);
  const Token* token = live_access(google, value);
  if (refresh != google.state.refresh_tokens.end() && refresh_alive(google, refresh->second))
    token = &refresh->second;
  if (token == nullptr)
    return {.response = refuse(400, "invalid_token", "Token expired or revoked").error()};
  forget_grant(google.state, token->app, token->channel);
  return {.response = oauth_answer(200, {})};
}

}  // namespace herald::sandbox::google
