#include "sandbox/threads/oauth.h"

#include <boost/json.hpp>

#include "sandbox/encoding.h"
#include "sandbox/threads/endpoint.h"

namespace herald::sandbox::threads {

namespace json = boost::json;

namespace {

constexpr std::int64_t kHourMs = 60LL * 60 * 1000;
constexpr std::int64_t kLongLifeS = 5183944;  // Sixty days, and the seconds it took.

std::string issue(Context& x, Token token, std::int64_t life_ms) {
  const auto value = "THQVJ" + random_text(80);
  token.issued_ms = x.now_ms();
  token.expires_ms = token.issued_ms + life_ms;
  x.state.tokens[value] = std::move(token);
  return value;
}

Answer long_answer(const std::string& token) {
  return answer_with(
      {{"access_token", token}, {"token_type", "bearer"}, {"expires_in", kLongLifeS}});
}

}  // namespace

Checked<Answer> exchange_code(Context& x, const Call& call) {
  // One client sends everything as a query of a GET, and it works.
  if (call.method != "POST" && call.method != "GET") return Refused(wrong_method(x, call.method));
  const auto no = [](std::string_view why) { return Refused(flat_error(400, why)); };
  const auto app = x.state.apps.find(call.get("client_id"));
  if (app == x.state.apps.end()) return no("Invalid client_id");
  if (call.get("client_secret") != app->second.secret)
    return Refused(flat_error(static_cast<int>(x.number("secret_error_status")),
                              "Error validating client secret."));
  if (call.get("grant_type") != "authorization_code") return no("Invalid grant_type");
  const auto found = x.state.codes.find(call.get("code"));
  if (found == x.state.codes.end()) return Refused(matching_code());
  auto& code = found->second;
  const bool good = !code.used && code.app == app->first &&
                    code.redirect_uri == call.get("redirect_uri") &&
                    x.now_ms() < code.issued_ms + kHourMs;
  if (!good) return Refused(matching_code());
  code.used = true;
  const auto token =
      issue(x, {.app = app->first, .profile = code.profile, .scopes = code.scopes}, kHourMs);
  json::object body{{"access_token", token}};
  if (x.choice("user_id") == "string")
    body["user_id"] = code.profile;
  else
    body["user_id"] = std::stoll(code.profile);
  if (x.on("short_token_type")) body["token_type"] = "bearer";
  return answer_with(body);
}

Checked<Answer> exchange_for_long(Context& x, const Call& call) {
  if (call.method != "GET") return Refused(wrong_method(x, call.method));
  if (call.get("grant_type") != "th_exchange_token")
    return Refused(invalid_parameter(x, "The parameter grant_type is invalid"));
  HERALD_TRY(const auto* token, living_token(x, call.get("access_token")));
  if (call.get("client_secret") != x.state.apps.at(token->app).secret)
    return Refused(refuse(x, {.code = 1, .message = "Error validating client secret."}));
  if (token->long_lived) return Refused(session_key_invalid(x));
  auto fresh = *token;
  fresh.long_lived = true;
  return long_answer(issue(x, std::move(fresh), kLongLifeS * 1000));
}

Checked<Answer> refresh_long(Context& x, const Call& call) {
  if (call.method != "GET") return Refused(wrong_method(x, call.method));
  if (call.get("grant_type") != "th_refresh_token")
    return Refused(invalid_parameter(x, "The parameter grant_type is invalid"));
  const auto value = call.get("access_token");
  HERALD_TRY(const auto* token, living_token(x, value));
  if (!token->long_lived)
    return Refused(invalid_parameter(x, "Only a long-lived token can be refreshed"));
  if (x.now_ms() < token->issued_ms + kDayMs)
    return Refused(invalid_parameter(x, "The token is less than 24 hours old"));
  if (!x.on("refresh_keeps_token")) return long_answer(issue(x, *token, kLongLifeS * 1000));
  auto& kept = x.state.tokens.at(value);
  kept.issued_ms = x.now_ms();
  kept.expires_ms = kept.issued_ms + kLongLifeS * 1000;
  return long_answer(value);
}

Checked<Answer> inspect_token(Request& request) {
  const auto value = request.call.get("input_token");
  const auto found = request.state().tokens.find(value);
  if (found == request.state().tokens.end() || found->second.app != request.token.app)
    return Refused(garbage_token(request.x));
  const auto& token = found->second;
  json::array scopes;
  for (const auto& scope : token.scopes) scopes.emplace_back(scope);
  return answer_with(
      {{"data", json::object{{"type", "USER"},
                             {"application", request.state().apps.at(token.app).name},
                             {"data_access_expires_at", (token.issued_ms + 90 * kDayMs) / 1000},
                             {"expires_at", token.expires_ms / 1000},
                             {"is_valid", !token.revoked && request.x.now_ms() < token.expires_ms},
                             {"issued_at", token.issued_ms / 1000},
                             {"scopes", std::move(scopes)},
                             {"user_id", token.profile}}}});
}

}  // namespace herald::sandbox::threads
