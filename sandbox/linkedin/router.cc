#include "sandbox/linkedin/router.h"

#include <algorithm>
#include <optional>

#include "sandbox/linkedin/authorize.h"
#include "sandbox/linkedin/endpoint.h"
#include "sandbox/linkedin/limits.h"
#include "sandbox/linkedin/oauth.h"
#include "sandbox/linkedin/pages.h"
#include "sandbox/linkedin/profile.h"
#include "sandbox/linkedin/tokens.h"
#include "sandbox/linkedin/upload.h"
#include "sandbox/linkedin/version.h"
#include "sandbox/query.h"

namespace herald::sandbox::linkedin {

namespace {

using Pieces = std::vector<std::string>;

// The raw segments in the places of {}; empty: another path.
std::optional<Pieces> fit(std::string_view pattern, const Pieces& path) {
  const auto wanted = split(pattern, '/');
  if (wanted.size() != path.size()) return {};
  Pieces keys;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i] == "{}")
      keys.push_back(path[i]);
    else if (wanted[i] != path[i])
      return {};
  }
  return keys;
}

bool same_letters(std::string_view a, std::string_view b) {
  const auto upper = [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; };
  return std::ranges::equal(a, b, {}, upper, upper);
}

bool marked(const Endpoint& endpoint, const Query& query) {
  if (endpoint.mark.empty()) return true;
  const auto equals = endpoint.mark.find('=');
  const auto name = endpoint.mark.substr(0, equals);
  if (equals == endpoint.mark.npos) return query.find(name) != nullptr;
  return query.text(name) == endpoint.mark.substr(equals + 1);
}

struct Found {
  const Endpoint* endpoint = nullptr;
  Pieces keys;
};

// 404: no such resource. 400: it has no such method.
Checked<Found> find_endpoint(const Call& call, const Query& query) {
  const auto path = split(call.header(":path"), '/');  // As it was sent; see call.cc.
  const auto named = call.header("X-RestLi-Method");
  bool exists = false;
  for (const auto& endpoint : endpoints()) {
    auto keys = fit(endpoint.path, path);
    exists = exists || keys;
    if (!keys || endpoint.http_method != call.method || !marked(endpoint, query)) continue;
    if (named.empty() ? endpoint.must_name_method : !same_letters(named, endpoint.method)) continue;
    return Found{.endpoint = &endpoint, .keys = std::move(*keys)};
  }
  return Refused(exists ? unresolved_method() : no_resource());
}

Checked<Done> check_headers(const Context& x, const Call& call) {
  const auto month = call.header("LinkedIn-Version");
  if (month.empty()) return Refused(version_missing());
  if (!is_active(x, month)) return Refused(version_inactive(month));
  const auto protocol = call.header("X-Restli-Protocol-Version");
  if (protocol != "2.0.0" && (!protocol.empty() || x.choice("protocol_header") == "required"))
    return Refused(illegal("X-Restli-Protocol-Version must be 2.0.0"));
  return Done{};
}

Checked<Answer> answer_rest(Context& x, const Call& call) {
  HERALD_CHECK(check_headers(x, call));
  HERALD_TRY(const auto* grant, check_access(x, bearer_of(call)));
  auto query = Query::read(call.query_string);
  if (!query) return Refused(illegal("Invalid query parameters passed to request"));
  HERALD_TRY(auto found, find_endpoint(call, *query));
  for (auto& key : found.keys) {
    const auto value = read_value(key);
    if (!value || value->kind != Value::Kind::text)
      return Refused(illegal("Syntax exception in path variables"));
    key = value->text;
  }
  const auto& endpoint = *found.endpoint;
  HERALD_CHECK(charge(x, endpoint.resource, *grant));
  Request request{.x = x,
                  .call = call,
                  .grant = *grant,
                  .person = x.state.people.at(grant->person),
                  .what = std::string(endpoint.resource) + "." + std::string(endpoint.method) +
                          "." + call.header("LinkedIn-Version") + "01",
                  .query = std::move(*query),
                  .keys = std::move(found.keys)};
  return endpoint.handler(request);
}

Checked<Answer> answer_api(Context& x, const Call& call) {
  if (call.path == "/v2/userinfo" || call.path == "/v2/me") {
    if (call.method != "GET") return Refused(unresolved_method());
    HERALD_TRY(const auto* grant, check_access(x, bearer_of(call)));
    return call.path == "/v2/me" ? member_profile(x, *grant) : user_info(x, call, *grant);
  }
  if (!call.path.starts_with("/rest/")) return Refused(no_resource());
  return answer_rest(x, call);
}

}  // namespace

Answer route(Context& x, const Call& call) {
  if (call.host == "api.linkedin.com") {
    auto answer = answer_api(x, call);
    return answer ? std::move(*answer) : Answer{.response = std::move(answer).error()};
  }
  if (call.path == "/oauth/v2/authorization") return authorize(x, call);
  if (call.path.starts_with("/dms-uploads/")) return {.response = take_upload(x, call)};
  if (call.method == "POST") {
    if (call.path == "/oauth/v2/accessToken") return {.response = token_endpoint(x, call)};
    if (call.path == "/oauth/v2/introspectToken") return {.response = introspect_endpoint(x, call)};
    if (call.path == "/oauth/v2/revoke") return {.response = revoke_endpoint(x, call)};
  }
  return public_page(x, call);
}

std::string bearer_of(const Call& call) {
  const auto header = call.header("Authorization");
  return same_letters(std::string_view(header).substr(0, 7), "Bearer ") ? header.substr(7) : "";
}

std::string carried_token(const Call& call) {
  if (auto bearer = bearer_of(call); !bearer.empty()) return bearer;
  for (const auto* name : {"refresh_token", "token"})
    if (const auto* value = call.find(name)) return *value;
  return {};
}

}  // namespace herald::sandbox::linkedin
