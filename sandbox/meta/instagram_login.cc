#include "sandbox/meta/instagram_login.h"

#include <array>
#include <boost/json.hpp>

#include "sandbox/encoding.h"
#include "sandbox/meta/nodes.h"

namespace herald::sandbox::meta {

namespace json = boost::json;

namespace {

constexpr std::int64_t kCodeLifeMs = 3600 * 1000;
constexpr std::int64_t kShortLifeMs = 3600 * 1000;
constexpr std::int64_t kLongLifeS = 5183944;
constexpr std::int64_t kRefreshAfterMs = 24LL * 3600 * 1000;

constexpr std::string_view kCodeUnknown = "Matching code was not found or was already used";

constexpr Refusal kTooYoung{"IL-05",
                            400,
                            "The access token must be at least 24 hours old to be refreshed",
                            100,
                            0,
                            {},
                            {},
                            Transient::unsaid,
                            "IGApiException"};
constexpr Refusal kMethod{"IL-07",
                          400,
                          "Unsupported request - method type: {}",
                          100,
                          0,
                          {},
                          {},
                          Transient::unsaid,
                          "IGApiException"};

Answer flat_error(const std::string& message) {
  return {
      .response = json_answer(
          400, json::serialize(json::object{
                   {"error_type", "OAuthException"}, {"code", 400}, {"error_message", message}}))};
}

Answer mismatch() {  // Also said of a wrong secret.
  return flat_error(
      "Error validating verification code. Please make sure your redirect_uri is identical to the "
      "one you used in the OAuth dialog request");
}

std::vector<std::string> granted(const State& state, const Token& token) {
  std::vector<std::string> names;
  const auto found = state.consents.find(token.app + "/" + token.person);
  if (found == state.consents.end()) return names;
  for (const auto& [name, status] : found->second.permissions)
    if (status == "granted") names.push_back(name);
  return names;
}

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "" : ",") + name;
  return out;
}

Token& issue(State& state, const Token& like, bool long_lived, std::int64_t now_ms) {
  auto token = like;
  token.text = "IGAA" + random_text(long_lived ? 120 : 100);
  token.issued_ms = now_ms;
  token.expires_ms = now_ms + (long_lived ? kLongLifeS * 1000 : kShortLifeMs);
  token.long_lived = long_lived;
  auto& held = state.tokens[token.text];
  held = std::move(token);
  return held;
}

json::object short_answer(const State& state, const Token& token, bool wrapped) {
  const auto names = granted(state, token);
  if (wrapped)
    return {{"data", json::array{json::object{{"access_token", token.text},
                                              {"user_id", token.account},
                                              {"permissions", joined(names)}}}}};
  json::array list;
  for (const auto& name : names) list.emplace_back(name);
  return {{"access_token", token.text},
          {"user_id", std::stoll(token.account)},
          {"permissions", std::move(list)}};
}

// A live token of this product.
Graph<Token> instagram_token(const Call& call, const State& state, Time now) {
  HERALD_TRY(auto token, check_token(call.get("access_token"), state, now));
  if (token.kind != "INSTAGRAM") return std::unexpected(refuse(kTokenUnreadable));
  return token;
}

GraphError method_error(const Call& call) {
  std::string verb = call.method;
  for (char& c : verb) c = static_cast<char>(c | 0x20);
  return refuse(kMethod, {verb});
}

}  // namespace

Answer instagram_exchange(const Call& call, World& world, State& state) {
  if (call.method != "POST") return flat_error("Unsupported request - method type: get");
  const auto* app = state.instagram_app(call.get("client_id"));
  if (app == nullptr) return flat_error("Invalid platform app");
  if (call.get("client_secret") != app->secret) return mismatch();
  if (call.get("grant_type") != "authorization_code")
    return flat_error("Invalid grant_type: " + call.get("grant_type"));
  const auto now_ms = to_ms(world.clock.now());
  const auto found = state.codes.find(call.get("code"));
  const bool good = found != state.codes.end() && found->second.app == app->id &&
                    !found->second.used && now_ms < found->second.issued_ms + kCodeLifeMs;
  if (!good) return flat_error(std::string(kCodeUnknown));
  if (call.get("redirect_uri") != found->second.redirect_uri) return mismatch();
  found->second.used = true;
  const auto& token = issue(state,
                            {.kind = "INSTAGRAM",
                             .app = app->id,
                             .person = found->second.person,
                             .account = found->second.account},
                            false, now_ms);
  const bool wrapped = world.switches.text("meta.login_token_shape") == "wrapped";
  return json_result(short_answer(state, token, wrapped));
}

Graph<Answer> instagram_long_token(const Call& call, World& world, State& state) {
  if (call.method != "GET") return std::unexpected(method_error(call));
  const auto now = world.clock.now();
  if (call.get("grant_type") != "ig_exchange_token")
    return std::unexpected(refuse_parameter("The parameter grant_type is invalid"));
  HERALD_TRY(const auto token, instagram_token(call, state, now));
  const auto* app = state.instagram_app(token.app);
  if (app == nullptr || call.get("client_secret") != app->secret)
    return std::unexpected(refuse(kSecretWrong));
  if (token.long_lived) return std::unexpected(method_error(call));
  const auto& fresh = issue(state, token, true, to_ms(now));
  return json_result(
      {{"access_token", fresh.text}, {"token_type", "bearer"}, {"expires_in", kLongLifeS}});
}

Graph<Answer> instagram_refresh(const Call& call, World& world, State& state) {
  if (call.method != "GET") return std::unexpected(method_error(call));
  const auto now = world.clock.now();
  if (call.get("grant_type") != "ig_refresh_token")
    return std::unexpected(refuse_parameter("The parameter grant_type is invalid"));
  HERALD_TRY(const auto token, instagram_token(call, state, now));
  if (!token.long_lived) return std::unexpected(method_error(call));
  if (to_ms(now) < token.issued_ms + kRefreshAfterMs) return std::unexpected(refuse(kTooYoung));
  auto& fresh = world.switches.on("meta.refresh_keeps_token") ? state.tokens.at(token.text)
                                                              : issue(state, token, true, 0);
  fresh.issued_ms = to_ms(now);
  fresh.expires_ms = fresh.issued_ms + kLongLifeS * 1000;
  return json_result({{"access_token", fresh.text},
                      {"token_type", "bearer"},
                      {"expires_in", kLongLifeS},
                      {"permissions", joined(granted(state, fresh))}});
}

Graph<Answer> instagram_me(GraphCall& graph) {
  if (auto refused = unknown_parameter(graph, "")) return std::unexpected(*refused);
  const auto& account = graph.state.accounts.at(graph.token->account);
  HERALD_TRY(const auto fields, parse_fields(graph.get("fields")));
  HERALD_TRY(const auto shown, show_account(graph, account, fields));
  if (graph.world.switches.text("meta.login_me_shape") == "wrapped")
    return json_result({{"data", json::array{shown}}});
  return json_result(shown);
}

http::Response instagram_scripted(std::string_view name) {
  if (name == "IL-01") return flat_error(std::string(kCodeUnknown)).response;
  if (name == "IL-02") return mismatch().response;
  if (name == "IL-05") return to_response(refuse(kTooYoung));
  if (name == "IL-07") return to_response(refuse(kMethod, {"post"}));
  return {.status = 0};
}

std::string instagram_permission(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kNames = {{
      {"instagram_basic", "instagram_business_basic"},
      {"instagram_content_publish", "instagram_business_content_publish"},
      {"instagram_manage_comments", "instagram_business_manage_comments"},
      {"instagram_manage_insights", "instagram_business_manage_insights"},
      {"instagram_manage_messages", "instagram_business_manage_messages"},
  }};
  for (const auto& [of_facebook, own] : kNames)
    if (of_facebook == name) return std::string(own);
  return {};
}

GraphError as_instagram(const Switches& switches, GraphError error) {
  if (error.code != 100) return error;
  auto body = json::parse(error.body).as_object();
  body.at("error").as_object()["type"] = switches.text("meta.login_error_type");
  error.body = json::serialize(body);
  return error;
}

}  // namespace herald::sandbox::meta
