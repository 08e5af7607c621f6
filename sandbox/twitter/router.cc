#include "sandbox/twitter/router.h"

#include "sandbox/twitter/authorize.h"
#include "sandbox/twitter/endpoint.h"
#include "sandbox/twitter/oauth.h"
#include "sandbox/twitter/pages.h"
#include "sandbox/twitter/tokens.h"

namespace herald::sandbox::twitter {

namespace {

struct Caller {
  const App* app = nullptr;
  const Grant* grant = nullptr;  // Null: the app by itself.
};

Checked<Caller> read_caller(const Context& x, const Call& call) {
  const auto header = call.header("Authorization");
  if (!header.starts_with("Bearer ") && !header.starts_with("bearer "))
    return Refused(unauthorized());
  const auto token = header.substr(7);
  for (const auto& [id, app] : x.state.apps)
    if (app.bearer == token) return Caller{.app = &app};
  const auto* grant = x.state.live_grant(token, false, x.now_ms());
  if (grant == nullptr) return Refused(unauthorized());
  return Caller{.app = &x.state.apps.at(grant->app), .grant = grant};
}

Checked<Answer> handle(Context& x, const Call& call, const Endpoint& endpoint, const Caller& caller,
                       std::string id) {
  Request request{.x = x, .call = call, .app = *caller.app, .id = std::move(id)};
  if (caller.grant != nullptr) {
    request.user = &x.state.users.at(caller.grant->user);
    for (const auto scope : endpoint.scopes)
      if (!has_scope(caller.grant->scopes, scope)) return Refused(not_permitted());
    if (request.user->suspended) return Refused(suspended());
  }
  if (caller.app->no_credits) return Refused(no_credits());
  return endpoint.handler(request);
}

Answer answer_api(Context& x, const Call& call) {
  std::string id;
  const auto* endpoint = find_endpoint(call.method, call.path, id);
  if (endpoint == nullptr) return {.response = no_such_path()};
  const auto caller = read_caller(x, call);
  if (!caller) return {.response = caller.error()};
  if (caller->grant == nullptr && !endpoint->by_app) return {.response = app_only_forbidden()};
  const auto charged = charge(x, endpoint->limit, caller->app->id,
                              caller->grant == nullptr ? "" : caller->grant->user);
  Answer answer;
  if (charged.exceeded) {
    answer.response = too_many(x.choice("limit_answer") == "code88");
  } else {
    auto handled = handle(x, call, *endpoint, *caller, std::move(id));
    if (handled) answer = std::move(*handled);
    if (!handled) answer.response = std::move(handled).error();
  }
  for (const auto& header : charged.headers) answer.response.headers.set(header.name, header.value);
  return answer;
}

}  // namespace

Answer route(Context& x, const Call& call) {
  const bool api = call.host.starts_with("api.");
  if (call.path == (api ? "/2/oauth2/authorize" : "/i/oauth2/authorize")) return authorize(x, call);
  if (!api) return public_page(x, call);
  if (call.method == "POST") {
    if (call.path == "/2/oauth2/token") return {.response = token_endpoint(x, call)};
    if (call.path == "/2/oauth2/revoke") return {.response = revoke_endpoint(x, call)};
    if (call.path == "/oauth2/token") return {.response = app_only_token(x, call)};
  }
  return answer_api(x, call);
}

std::string carried_token(const Call& call) {
  const auto header = call.header("Authorization");
  if (header.starts_with("Bearer ") || header.starts_with("bearer ")) return header.substr(7);
  for (const auto* name : {"refresh_token", "token"})
    if (const auto* value = call.find(name)) return *value;
  return {};
}

}  // namespace herald::sandbox::twitter
