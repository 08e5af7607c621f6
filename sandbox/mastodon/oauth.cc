#include "sandbox/mastodon/oauth.h"

#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/encoding.h"
#include "sandbox/mastodon/endpoint.h"
#include "sandbox/mastodon/parameters.h"
#include "sandbox/query.h"
#include "sandbox/scopes.h"

namespace herald::sandbox::mastodon {

namespace json = boost::json;

namespace {

constexpr std::int64_t kCodeMs = 10 * kMinuteMs;
constexpr std::string_view kTokenParameters =
    "grant_type code client_id client_secret redirect_uri code_verifier scope token "
    "token_type_hint";

// By Basic, which is looked at first, or by the body. Null: wrong or none.
const App* client_of(const Context& x, const Call& call, const Parameters& parameters) {
  auto id = parameters.get("client_id");
  auto secret = parameters.get("client_secret");
  const auto header = call.header("Authorization");
  if (header.starts_with("Basic ")) {
    const auto pair = from_base64(std::string_view(header).substr(6)).value_or("");
    const auto colon = std::min(pair.find(':'), pair.size());
    id = pair.substr(0, colon);
    secret = pair.substr(std::min(colon + 1, pair.size()));
  }
  const auto found = x.state.apps.find(id);
  return found != x.state.apps.end() && found->second.secret == secret ? &found->second : nullptr;
}

Answer token_answer(const Context& x, const std::string& value) {
  const auto& token = x.state.tokens.at(value);
  json::object body{{"access_token", value},
                    {"token_type", "Bearer"},
                    {"scope", joined(token.scopes)},
                    {"created_at", token.issued_ms / 1000}};
  if (x.choice("token_fields") == "more") body["expires_in"] = 7200;
  auto answer = answer_with(body);
  answer.response.headers.set("Cache-Control", "no-store");
  return answer;
}

// The living token of this person for this app and these scopes is given again (MA-11).
Answer token_for(Context& x, const Token& wanted) {
  for (const auto& [value, token] : x.state.tokens)
    if (token.app == wanted.app && token.account == wanted.account &&
        same_scopes(token.scopes, wanted.scopes) && !token.revoked && !token.expired)
      return token_answer(x, value);
  const auto value = random_text(43);
  x.state.tokens[value] = wanted;
  x.state.tokens[value].issued_ms = x.now_ms();
  return token_answer(x, value);
}

Checked<Answer> exchange_code(Context& x, const Call& call, const Parameters& parameters,
                              const App& app) {
  const Words words(x, call);
  for (const auto* name : {"code", "redirect_uri"})
    if (parameters.get(name).empty()) return Refused(words.missing(name));
  const auto found = x.state.codes.find(parameters.get("code"));
  if (found == x.state.codes.end()) return Refused(words.invalid_grant());
  auto& code = found->second;
  const auto verifier = parameters.get("code_verifier");
  if (!code.challenge.empty() && verifier.empty()) return Refused(words.missing("code_verifier"));
  const bool ignores = !release_of(x).modern;
  const bool proven =
      ignores || (code.challenge.empty() ? verifier.empty() : s256(verifier) == code.challenge);
  const bool good = !code.used && code.app == app.client_id && proven &&
                    code.redirect_uri == parameters.get("redirect_uri") &&
                    x.now_ms() < code.issued_ms + kCodeMs;
  if (!good) return Refused(words.invalid_grant());
  code.used = true;
  return token_for(x, {.app = app.client_id, .account = code.account, .scopes = code.scopes});
}

}  // namespace

std::vector<std::string> scopes_in(std::string_view text) {
  std::vector<std::string> scopes;
  for (auto& scope : split(text, ' '))
    if (!has_scope(scopes, scope)) scopes.push_back(std::move(scope));
  return scopes;
}

bool same_scopes(std::vector<std::string> some, std::vector<std::string> others) {
  std::ranges::sort(some);
  std::ranges::sort(others);
  return some == others;
}

Checked<Answer> give_token(Context& x, const Call& call) {
  const Words words(x, call);
  HERALD_TRY(const auto parameters, Parameters::read(x, call, kTokenParameters));
  const auto grant = parameters.get("grant_type");
  if (grant.empty()) return Refused(words.missing("grant_type"));
  const auto* app = client_of(x, call, parameters);
  if (app == nullptr) return Refused(words.invalid_client());
  if (grant == "authorization_code") return exchange_code(x, call, parameters, *app);
  if (grant != "client_credentials")
    return Refused(
        words.oauth(400, "unsupported_grant_type",
                    "The authorization grant type is not supported by the authorization server."));
  const auto asked = parameters.get("scope");
  const auto scopes = scopes_in(asked.empty() ? "read" : asked);
  for (const auto& scope : scopes)
    if (!has_scope(app->scopes, scope))
      return Refused(words.oauth(400, "invalid_scope",
                                 "The requested scope is invalid, unknown, or malformed."));
  return token_for(x, {.app = app->client_id, .scopes = scopes});
}

Checked<Answer> take_back(Context& x, const Call& call) {
  const Words words(x, call);
  HERALD_TRY(const auto parameters, Parameters::read(x, call, kTokenParameters));
  const auto* app = client_of(x, call, parameters);
  if (app == nullptr) return Refused(words.not_yours());
  const auto found = x.state.tokens.find(parameters.get("token"));
  if (found == x.state.tokens.end()) {
    if (x.choice("revoke_unknown") == "403") return Refused(words.not_yours());
    return answer_with(json::object{});
  }
  if (found->second.app != app->client_id) return Refused(words.not_yours());
  found->second.revoked = true;
  return answer_with(json::object{});
}

Checked<Answer> show_metadata(const Context& x, const Call& call) {
  if (!release_of(x).modern) return Refused(Words(x, call).error(404, "Not Found"));
  const auto at = [&](std::string_view path) { return call.link(x.state.host, path); };
  return answer_with(json::object{
      {"issuer", at("/")},
      {"service_documentation", "https://docs.joinmastodon.org/"},
      {"authorization_endpoint", at("/oauth/authorize")},
      {"token_endpoint", at("/oauth/token")},
      {"app_registration_endpoint", at("/api/v1/apps")},
      {"revocation_endpoint", at("/oauth/revoke")},
      {"scopes_supported",
       {"profile", "read", "read:accounts", "read:statuses", "write", "write:statuses",
        "write:media"}},
      {"response_types_supported", {"code"}},
      {"response_modes_supported", {"query"}},
      {"token_endpoint_auth_methods_supported", {"client_secret_basic", "client_secret_post"}},
      {"grant_types_supported", {"authorization_code", "client_credentials"}},
      {"code_challenge_methods_supported", {"S256"}}});
}

}  // namespace herald::sandbox::mastodon
