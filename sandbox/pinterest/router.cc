#include "sandbox/pinterest/router.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "sandbox/pinterest/authorize.h"
#include "sandbox/pinterest/endpoint.h"
#include "sandbox/pinterest/oauth.h"
#include "sandbox/pinterest/pages.h"
#include "sandbox/pinterest/upload.h"
#include "sandbox/query.h"
#include "sandbox/scopes.h"

namespace herald::sandbox::pinterest {

namespace {

constexpr std::int64_t kMinuteMs = 60'000;

enum class Kind { read, write, analytics };

struct Endpoint {
  std::string_view method;
  std::string_view path;
  Kind kind;
  std::string_view scopes;
  Checked<Answer> (*handler)(Request&);
};

constexpr std::string_view kPinRead = "boards:read pins:read";
constexpr std::string_view kPinWrite = "boards:read boards:write pins:read pins:write";

constexpr std::array kEndpoints = {
    Endpoint{"GET", "/v5/user_account", Kind::read, "user_accounts:read", show_account},
    Endpoint{"GET", "/v5/user_account/analytics", Kind::analytics, "user_accounts:read",
             account_analytics},
    Endpoint{"GET", "/v5/boards", Kind::read, "boards:read", list_boards},
    Endpoint{"POST", "/v5/boards", Kind::write, "boards:read boards:write", create_board},
    Endpoint{"GET", "/v5/boards/{id}", Kind::read, "boards:read", show_board},
    Endpoint{"GET", "/v5/boards/{id}/sections", Kind::read, "boards:read", list_sections},
    Endpoint{"GET", "/v5/boards/{id}/pins", Kind::read, kPinRead, list_board_pins},
    Endpoint{"POST", "/v5/pins", Kind::write, kPinWrite, create_pin},
    Endpoint{"GET", "/v5/pins", Kind::read, kPinRead, list_pins},
    Endpoint{"GET", "/v5/pins/{id}", Kind::read, kPinRead, show_pin},
    Endpoint{"PATCH", "/v5/pins/{id}", Kind::write, kPinWrite, edit_pin},
    Endpoint{"DELETE", "/v5/pins/{id}", Kind::write, kPinWrite, delete_pin},
    Endpoint{"GET", "/v5/pins/{id}/analytics", Kind::analytics, kPinRead, pin_analytics},
    Endpoint{"POST", "/v5/media", Kind::write, "pins:read pins:write", register_film},
    Endpoint{"GET", "/v5/media", Kind::read, "pins:read", list_films},
    Endpoint{"GET", "/v5/media/{id}", Kind::read, "pins:read", show_film},
};

struct Quota {
  std::string who;
  std::string kind;
  std::int64_t most = 0;
  std::int64_t window_ms = kMinuteMs;
  std::int64_t used = 0;
  std::int64_t reset_s = 0;  // Until the oldest of those counted is none any more.
};

Quota quota_of(const Context& x, const App& app, const User& me, Kind kind) {
  Quota quota{.who = app.id + " " + me.id};
  if (kind == Kind::read) {
    quota.kind = "org_read";
    quota.most = x.number("reads_a_minute");
  } else if (kind == Kind::analytics) {
    quota.kind = "org_analytics";
    quota.most = x.number("analytics_a_minute");
  } else {
    quota.kind = "org_write";
    quota.most = x.number("writes_a_minute");
    if (app.tier == "trial") {
      quota.who = app.id;
      quota.most = x.number("trial_writes_a_day");
      quota.window_ms = kDayMs;
    }
  }
  std::int64_t oldest = x.now_ms();
  for (const auto& act : x.state.acts) {
    if (act.who != quota.who || act.kind != quota.kind) continue;
    if (act.at_ms <= x.now_ms() - quota.window_ms) continue;
    ++quota.used;
    oldest = std::min(oldest, act.at_ms);
  }
  quota.reset_s = std::max<std::int64_t>(1, (oldest + quota.window_ms - x.now_ms() + 999) / 1000);
  return quota;
}

void show_quota(const Context& x, const Quota& quota, http::Response& response) {
  if (!x.on("rate_headers")) return;
  const auto window_s = quota.window_ms / 1000;
  response.headers.set("x-ratelimit-limit", fmt::format("{0}, {0};w={1}", quota.most, window_s));
  response.headers.set("x-ratelimit-remaining",
                       std::to_string(std::max<std::int64_t>(0, quota.most - quota.used)));
  response.headers.set("x-ratelimit-reset", std::to_string(quota.reset_s));
}

Answer answer_endpoint(Context& x, const Call& call, const Endpoint& endpoint, std::string id) {
  const auto* grant = x.state.live_grant(carried_token(call), false, x.now_ms());
  if (grant == nullptr) return {.response = authentication_failed(x)};
  const auto& app = x.state.apps.at(grant->app);
  if (app.tier == "none") return {.response = app_not_approved()};
  std::vector<std::string> missing;
  for (const auto& scope : split(endpoint.scopes, ' '))
    if (!has_scope(grant->scopes, scope)) missing.push_back(scope);
  if (!missing.empty()) return {.response = scopes_missing(x, missing)};
  const auto& me = x.state.users.at(grant->user);
  auto quota = quota_of(x, app, me, endpoint.kind);
  Answer answer;
  if (quota.used >= quota.most) {
    answer.response = too_many();
  } else {
    Request request{.x = x, .call = call, .app = app, .me = me, .id = std::move(id)};
    auto answered = endpoint.handler(request);
    answer = answered ? std::move(*answered) : Answer{.response = std::move(answered).error()};
    if (!answer.fetch_first.empty()) return answer;
    x.state.acts.push_back({.who = quota.who, .kind = quota.kind, .at_ms = x.now_ms()});
    ++quota.used;
  }
  show_quota(x, quota, answer.response);
  return answer;
}

Answer answer_api(Context& x, const Call& call) {
  const auto of = [](Checked<Answer> answered) {
    return answered ? std::move(*answered) : Answer{.response = std::move(answered).error()};
  };
  if (call.method == "POST" && call.path == "/v5/oauth/token") return of(give_token(x, call));
  if (call.method == "POST" && call.path == "/v5/oauth/token/revoke")
    return of(revoke_token(x, call));
  bool known = false;
  for (const auto& endpoint : kEndpoints) {
    std::string id;
    if (!fits(endpoint.path, call.path, id)) continue;
    known = true;
    if (endpoint.method == call.method) return answer_endpoint(x, call, endpoint, std::move(id));
  }
  if (known) return {.response = refuse(405, 405, "Method not allowed.")};
  return {.response = refuse(404, 404, "Not found.")};
}

}  // namespace

Answer answer_with(int status, const boost::json::object& body) {
  return {.response = json_answer(status, boost::json::serialize(body))};
}

std::string carried_token(const Call& call) {
  constexpr std::string_view kBearer = "Bearer ";
  const auto header = call.header("Authorization");
  return header.starts_with(kBearer) ? header.substr(kBearer.size()) : "";
}

Answer route(Context& x, const Call& call) {
  if (call.host == kApiHost) return answer_api(x, call);
  // Its tokens are its own, and nobody was given one.
  if (call.host == kOtherApiHost) return {.response = authentication_failed(x)};
  if (call.host == kUploadHost) return take_upload(x, call);
  if (call.host != kPictureHost && call.path == "/oauth/") return authorize(x, call);
  return public_page(x, call);
}

}  // namespace herald::sandbox::pinterest
