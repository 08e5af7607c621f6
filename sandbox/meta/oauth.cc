#include "sandbox/meta/oauth.h"

#include <boost/json.hpp>

#include "sandbox/encoding.h"

namespace herald::sandbox::meta {

namespace json = boost::json;

namespace {

constexpr std::int64_t kCodeLifeMs = 10 * 60 * 1000;
constexpr std::int64_t kShortLifeS = 5183;
constexpr std::int64_t kLongLifeS = 5183944;
constexpr std::int64_t kDataAccessMs = 90LL * 24 * 3600 * 1000;

Token& issue_user_token(State& state, const std::string& app, const std::string& person,
                        bool long_lived, std::int64_t now_ms) {
  Token token{.text = "EAAG" + random_text(60),
              .kind = "USER",
              .app = app,
              .person = person,
              .issued_ms = now_ms,
              .expires_ms = now_ms + (long_lived ? kLongLifeS : kShortLifeS) * 1000,
              .long_lived = long_lived};
  auto& held = state.tokens[token.text];
  held = std::move(token);
  return held;
}

Answer token_answer(const Token& token, std::int64_t now_ms) {
  return json_result({{"access_token", token.text},
                      {"token_type", "bearer"},
                      {"expires_in", (token.expires_ms - now_ms) / 1000}});
}

Graph<Answer> exchange_code(const Call& call, State& state, const App& app, std::int64_t now_ms) {
  const auto found = state.codes.find(call.get("code"));
  if (found == state.codes.end() || found->second.app != app.id)
    return std::unexpected(refuse(kCodeMalformed));
  auto& code = found->second;
  if (code.used) return std::unexpected(refuse(kCodeUsed));
  if (now_ms >= code.issued_ms + kCodeLifeMs) return std::unexpected(refuse(kCodeExpired));
  const auto* redirect_uri = call.find("redirect_uri");
  if (redirect_uri == nullptr) return std::unexpected(refuse(kRedirectMissing));
  if (*redirect_uri != code.redirect_uri) return std::unexpected(refuse(kRedirectDiffers));
  code.used = true;
  return token_answer(issue_user_token(state, app.id, code.person, false, now_ms), now_ms);
}

Graph<Answer> exchange_token(const Call& call, State& state, const App& app, Time now) {
  HERALD_TRY(const auto old, check_token(call.get("fb_exchange_token"), state, now));
  if (old.kind != "USER" || old.app != app.id) return std::unexpected(refuse(kTokenUnreadable));
  return token_answer(issue_user_token(state, app.id, old.person, true, to_ms(now)), to_ms(now));
}

json::array granted_scopes(const State& state, const Token& token) {
  json::array scopes;
  const auto found = state.consents.find(token.app + "/" + token.person);
  if (found == state.consents.end()) return scopes;
  for (const auto& [name, status] : found->second.permissions)
    if (status == "granted") scopes.emplace_back(name);
  return scopes;
}

json::array granular_scopes(const State& state, const Token& token) {
  const auto found = state.consents.find(token.app + "/" + token.person);
  json::array out;
  if (found == state.consents.end()) return out;
  for (const auto& [name, status] : found->second.permissions) {
    if (status != "granted" || name == "public_profile") continue;
    json::array targets;
    for (const auto& id : found->second.pages) {
      const auto& page = state.pages.at(id);
      if (!name.starts_with("instagram_")) targets.emplace_back(id);
      if (name.starts_with("instagram_") && !page.instagram.empty())
        targets.emplace_back(page.instagram);
    }
    out.push_back(json::object{{"scope", name}, {"target_ids", std::move(targets)}});
  }
  return out;
}

json::object live_token_facts(const State& state, const Token& token) {
  json::object facts{{"app_id", token.app},
                     {"type", token.kind},
                     {"application", state.app(token.app)->name},
                     {"expires_at", token.expires_ms / 1000},
                     {"is_valid", true}};
  if (token.kind == "APP") return facts;
  facts["data_access_expires_at"] = (token.issued_ms + kDataAccessMs) / 1000;
  facts["issued_at"] = token.issued_ms / 1000;
  facts["scopes"] = granted_scopes(state, token);
  facts["granular_scopes"] = granular_scopes(state, token);
  facts["user_id"] = token.person;
  if (token.kind == "PAGE") facts["profile_id"] = token.page;
  return facts;
}

json::object dead_token_facts(const Token& token, const GraphError& error) {
  const auto body = json::parse(error.body).at("error").as_object();
  json::object reason{{"code", body.at("code")}, {"message", body.at("message")}};
  if (const auto* subcode = body.if_contains("error_subcode")) reason["subcode"] = *subcode;
  json::object facts{{"error", std::move(reason)}, {"is_valid", false}, {"scopes", json::array()}};
  if (token.app.empty()) return facts;
  facts["app_id"] = token.app;
  facts["type"] = token.kind;
  return facts;
}

// Whose permissions the path names. An app token may name any person, a person themself.
Graph<std::string> person_of(const GraphCall& graph) {
  const auto& id = graph.segments[0];
  if (graph.by_instagram()) return graph.token->person;
  if (!graph.token || (id == "me" && !graph.by_person()))
    return std::unexpected(refuse(id == "me" ? kUserTokenMissing : kTokenMissing));
  if (id == "me") return graph.token->person;
  if (graph.by_person() ? graph.token->person == id : graph.state.people.contains(id)) return id;
  return std::unexpected(no_object(graph, id));
}

}  // namespace

Graph<Answer> exchange(const Call& call, World& world, State& state) {
  const auto* app = state.app(call.get("client_id"));
  if (app == nullptr) return std::unexpected(refuse(kAppUnknown));
  if (call.get("client_secret") != app->secret) return std::unexpected(refuse(kSecretWrong));
  const auto grant = call.get("grant_type");
  if (grant == "client_credentials")
    return json_result({{"access_token", app->id + "|" + app->secret}, {"token_type", "bearer"}});
  if (grant == "fb_exchange_token") return exchange_token(call, state, *app, world.clock.now());
  return exchange_code(call, state, *app, to_ms(world.clock.now()));
}

Graph<Answer> debug_token(GraphCall& graph) {
  if (!graph.token) return std::unexpected(refuse(kTokenMissing));
  const auto text = graph.get("input_token");
  Token held;
  if (const auto found = graph.state.tokens.find(text); found != graph.state.tokens.end())
    held = found->second;
  if (!held.app.empty() && held.app != graph.token->app)
    return std::unexpected(refuse(kOtherAppsToken));
  const auto live = check_token(text, graph.state, graph.world.clock.now());
  if (!live) return json_result({{"data", dead_token_facts(held, live.error())}});
  if (live->app != graph.token->app) return std::unexpected(refuse(kOtherAppsToken));
  return json_result({{"data", live_token_facts(graph.state, *live)}});
}

Graph<Answer> show_permissions(GraphCall& graph) {
  HERALD_TRY(const auto person, person_of(graph));
  json::array data;
  if (const auto* consent = graph.state.consent(graph.token->app, person))
    for (const auto& [name, status] : consent->permissions)
      data.push_back(json::object{{"permission", name}, {"status", status}});
  return json_result({{"data", std::move(data)}});
}

Graph<Answer> revoke_permissions(GraphCall& graph) {
  HERALD_TRY(const auto person, person_of(graph));
  const auto app = graph.token->app;
  auto* consent = graph.state.consent(app, person);
  if (consent == nullptr) return std::unexpected(refuse(kAppRemoved, {app}));
  if (graph.segments.size() > 2) {
    const auto held = consent->permissions.find(graph.segments[2]);
    if (held == consent->permissions.end())
      return std::unexpected(refuse_parameter("Invalid permission " + graph.segments[2]));
    held->second = "declined";
    return json_result({{"success", true}});
  }
  graph.state.kill_tokens(app, person, 458);
  graph.state.consents.erase(app + "/" + person);
  return json_result({{"success", true}});
}

std::string page_token(GraphCall& graph, const std::string& page) {
  const auto& own = *graph.token;
  if (own.kind == "PAGE") return own.text;
  const auto expires_ms = own.long_lived ? 0 : own.expires_ms;
  for (const auto& [text, token] : graph.state.tokens)
    if (token.kind == "PAGE" && token.page == page && token.app == own.app &&
        token.person == own.person && token.dead == 0 && token.expires_ms == expires_ms)
      return text;
  Token token{.text = "EAAG" + random_text(64),
              .kind = "PAGE",
              .app = own.app,
              .person = own.person,
              .page = page,
              .issued_ms = graph.now_ms(),
              .expires_ms = expires_ms,
              .long_lived = own.long_lived};
  const auto text = token.text;
  graph.state.tokens[text] = std::move(token);
  return text;
}

std::string signed_request(const std::string& secret, std::string_view payload) {
  const auto encoded = base64url(payload);
  return base64url(hmac_sha256(secret, encoded)) + "." + encoded;
}

}  // namespace herald::sandbox::meta
