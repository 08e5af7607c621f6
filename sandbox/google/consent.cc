#include "sandbox/google/consent.h"

#include <algorithm>
#include <array>
#include <expected>
#include <optional>
#include <set>

#include "sandbox/google/consent_page.h"
#include "sandbox/google/tokens.h"

namespace herald::sandbox::google {

namespace {

using Refused = std::unexpected<http::Response>;

Refused refuse(int status, std::string_view error, std::string_view text) {
  return Refused(error_page(status, error, text));
}

std::set<std::string> words(std::string_view text) {
  std::set<std::string> out;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (end > 0) out.emplace(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::optional<std::string> repeated_parameter(const Call& call) {
  std::set<std::string> seen;
  for (const auto& field : call.query)
    if (!seen.insert(field.name).second) return field.name;
  return {};
}

std::expected<const App*, http::Response> read_app(const Context& google, const Call& call) {
  if (const auto name = repeated_parameter(call))
    return refuse(400, "invalid_request",
                  "OAuth 2 parameters can only have a single value: " + *name);
  for (const auto* name : {"client_id", "redirect_uri", "response_type", "scope"})
    if (call.get(name).empty())
      return refuse(400, "invalid_request", std::string("Missing required parameter: ") + name);
  const auto* app = google.directory.app(call.get("client_id"));
  if (app == nullptr) return refuse(401, "invalid_client", "The OAuth client was not found.");
  if (!app->accepts_redirect(call.get("redirect_uri")))
    return refuse(400, "redirect_uri_mismatch",
                  "The redirect URI in the request, " + call.get("redirect_uri") +
                      ", does not match the ones authorized for the OAuth client.");
  return app;
}

std::expected<std::vector<std::string>, http::Response> read_scopes(const Call& call) {
  auto scopes = split_scopes(call.get("scope"));
  std::string unknown;
  for (const auto& scope : scopes)
    if (!known_scope(scope)) unknown += (unknown.empty() ? "" : ", ") + scope;
  if (!unknown.empty())
    return refuse(400, "invalid_scope",
                  "Some requested scopes were invalid. invalid=[" + unknown + "]");
  return scopes;
}

std::expected<AuthorizeRequest, http::Response> read_request(const Context& google,
                                                             const Call& call) {
  HERALD_TRY(const auto* app, read_app(google, call));
  if (call.get("response_type") != "code")
    return refuse(400, "unsupported_response_type", "Invalid response_type: only code is served.");
  HERALD_TRY(auto scopes, read_scopes(call));
  AuthorizeRequest request{.app = app,
                           .redirect_uri = call.get("redirect_uri"),
                           .scopes = std::move(scopes),
                           .prompt = words(call.get("prompt")),
                           .challenge = call.get("code_challenge"),
                           .challenge_method = call.get("code_challenge_method", "plain")};
  const auto access = call.get("access_type", "online");
  if (access != "online" && access != "offline")
    return refuse(400, "invalid_request", "Invalid parameter value for access_type: " + access);
  request.offline = access == "offline";
  for (const auto& word : request.prompt)
    if (word != "none" && word != "consent" && word != "select_account")
      return refuse(400, "invalid_request", "Invalid parameter value for prompt: " + word);
  if (request.prompt.contains("none") && request.prompt.size() > 1)
    return refuse(400, "invalid_request", "Invalid parameter value for prompt: none stands alone");
  if (request.challenge_method != "S256" && request.challenge_method != "plain")
    return refuse(400, "invalid_request",
                  "Invalid parameter value for code_challenge_method: " + request.challenge_method);
  // RFC 7636, section 4.2.
  if (!request.challenge.empty() &&
      (request.challenge.size() < 43 || request.challenge.size() > 128))
    return refuse(400, "invalid_request", "Invalid parameter value for code_challenge");
  return request;
}

Answer send_back(const Call& call, const AuthorizeRequest& request, std::string parameters) {
  auto to = request.redirect_uri;
  to += to.find('?') == to.npos ? '?' : '&';
  if (const auto* state = call.find("state")) to += "state=" + percent_encoded(*state) + "&";
  return {.response = redirect(to + parameters)};
}

bool covers(const Grant* grant, const std::vector<std::string>& scopes, bool offline) {
  return grant != nullptr && (!offline || grant->offline) &&
         std::ranges::all_of(scopes, [&](const auto& s) { return has_scope(grant->scopes, s); });
}

// Ends the flow well. Google repeats in the address which scopes were given.
Answer hand_over(Context& google, const Call& call, const AuthorizeRequest& request,
                 const Identity& identity, std::vector<std::string> scopes) {
  const auto* grant = find_grant(google.state, request.app->id, identity.channel);
  const bool asked = request.prompt.contains("consent") || !covers(grant, scopes, request.offline);
  if (grant != nullptr && call.get("include_granted_scopes") == "true")
    for (const auto& scope : grant->scopes)
      if (!has_scope(scopes, scope)) scopes.push_back(scope);
  const auto code = issue_code(google, {.app = request.app->id,
                                        .redirect_uri = request.redirect_uri,
                                        .channel = identity.channel,
                                        .scopes = scopes,
                                        .challenge = request.challenge,
                                        .challenge_method = request.challenge_method,
                                        .nonce = call.get("nonce"),
                                        .offline = request.offline,
                                        .with_refresh = request.offline && asked});
  return send_back(call, request,
                   "iss=https%3A%2F%2Faccounts.google.com&code=" + percent_encoded(code) +
                       "&scope=" + percent_encoded(joined(scopes)) +
                       "&authuser=0&prompt=" + (asked ? "consent" : "none"));
}

// prompt=none: no page; works only where everything was given before.
Answer silently(Context& google, const Call& call, const AuthorizeRequest& request) {
  const auto* hinted = google.directory.hinted(call.get("login_hint"));
  for (const auto& identity : google.directory.identities()) {
    if (hinted != nullptr && &identity != hinted) continue;
    const auto* grant = find_grant(google.state, request.app->id, identity.channel);
    if (covers(grant, request.scopes, request.offline))
      return hand_over(google, call, request, identity, request.scopes);
  }
  return send_back(call, request, "error=interaction_required");
}

}  // namespace

Answer authorize(Context& google, const Call& call) {
  const auto request = read_request(google, call);
  if (!request) return {.response = request.error()};
  if (request->prompt.contains("none")) return silently(google, call, *request);
  return {.response = consent_page(google.directory, call, *request)};
}

Answer decide(Context& google, const Call& call) {
  const auto request = read_request(google, call);
  if (!request) return {.response = request.error()};
  if (call.get("decision") != "continue") return send_back(call, *request, "error=access_denied");
  const auto* identity = google.directory.identity(call.get("account"));
  if (identity == nullptr)
    return {.response = error_page(400, "invalid_request", "Choose one of the accounts.")};
  std::set<std::string> ticked;
  for (const auto& field : call.fields)
    if (field.name == "granted") ticked.insert(full_scope(field.value));
  std::vector<std::string> scopes;
  for (const auto& scope : request->scopes)
    if (sign_in_scope(scope) || ticked.contains(scope)) scopes.push_back(scope);
  if (scopes.empty()) return send_back(call, *request, "error=access_denied");
  return hand_over(google, call, *request, *identity, std::move(scopes));
}

}  // namespace herald::sandbox::google
