#include "sandbox/tiktok/router.h"

#include <algorithm>

#include "sandbox/tiktok/authorize.h"
#include "sandbox/tiktok/endpoint.h"
#include "sandbox/tiktok/oauth.h"
#include "sandbox/tiktok/pages.h"
#include "sandbox/tiktok/tokens.h"
#include "sandbox/tiktok/upload.h"

namespace herald::sandbox::tiktok {

namespace {

std::string bearer_of(const Call& call) {
  const auto header = call.header("Authorization");
  return header.starts_with("Bearer ") ? header.substr(7) : std::string();
}

Checked<Answer> handle(Context& x, const Call& call, const Endpoint& endpoint, const Grant& grant) {
  const bool allowed =
      endpoint.scopes.empty() || std::ranges::any_of(endpoint.scopes, [&](auto scope) {
        return has_scope(grant.scopes, scope);
      });
  if (!allowed) return scope_missing(x);
  Request request{.x = x,
                  .call = call,
                  .app = x.state.apps.at(grant.app),
                  .user = x.state.users.at(grant.user),
                  .grant = grant};
  return endpoint.handler(request);
}

Answer answer_api(Context& x, Limits& limits, const Call& call) {
  const auto* endpoint = find_endpoint(call.method, call.path);
  if (endpoint == nullptr) return {.response = text_answer(404, "Not Found")};
  const auto token = bearer_of(call);
  const auto* grant = x.state.live_grant(token, false, x.now_ms());
  if (grant == nullptr) return {.response = refusal("access_token_invalid")};
  const auto key = std::string(endpoint->path) + " " + token;
  if (limits.is_full(key, endpoint->calls_a_minute, x.now_ms()))
    return {.response = refusal("rate_limit_exceeded")};
  auto handled = handle(x, call, *endpoint, *grant);
  // A call that waits for a fetch comes again.
  if (!handled || handled->fetch_first.empty()) limits.count(key, x.now_ms());
  if (handled) return std::move(*handled);
  return {.response = std::move(handled).error()};
}

}  // namespace

Answer route(Context& x, Limits& limits, const Call& call) {
  if (call.host.find("upload") != call.host.npos) return take_chunk(x, call);
  if (call.host == "open.tiktokapis.com") {
    if (call.method == "POST" && call.path == "/v2/oauth/token/")
      return {.response = token_endpoint(x, call)};
    if (call.method == "POST" && call.path == "/v2/oauth/revoke/")
      return {.response = revoke_endpoint(x, call)};
    return answer_api(x, limits, call);
  }
  if (call.path == "/v2/auth/authorize/") return authorize(x, call);
  return public_page(x, call);
}

std::string carried_token(const Call& call) {
  if (const auto token = bearer_of(call); !token.empty()) return token;
  for (const auto* name : {"refresh_token", "token"})
    if (const auto* value = call.find(name)) return *value;
  return {};
}

}  // namespace herald::sandbox::tiktok
