#include "sandbox/reddit/router.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "sandbox/query.h"
#include "sandbox/reddit/authorize.h"
#include "sandbox/reddit/bucket.h"
#include "sandbox/reddit/endpoint.h"
#include "sandbox/reddit/limits.h"
#include "sandbox/reddit/oauth.h"
#include "sandbox/reddit/pages.h"
#include "sandbox/reddit/tokens.h"

namespace herald::sandbox::reddit {

namespace json = boost::json;

namespace {

// What libraries call themselves when nobody told them otherwise.
constexpr std::array<std::string_view, 12> kDefaultAgents = {
    "curl/",  "wget/",    "python-requests/", "python-urllib/", "java/", "go-http-client/",
    "okhttp", "libcurl/", "node-fetch",       "axios/",         "ruby",  "libwww-perl/"};

bool says_who(const Call& call) {
  const auto agent = lower(call.header("User-Agent"));
  return !agent.empty() && std::ranges::none_of(kDefaultAgents, [&](std::string_view name) {
    return agent.starts_with(name);
  });
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else
      out += c;
  }
  return out;
}

void escape_all(json::value& value) {
  if (auto* text = value.if_string()) *text = escaped(*text);
  if (auto* list = value.if_array())
    for (auto& item : *list) escape_all(item);
  if (auto* object = value.if_object())
    for (auto& member : *object) escape_all(member.value());
}

// Without raw_json=1 every text of an answer has its &, < and > escaped.
void escape_unless_raw(const Call& call, http::Response& response) {
  if (call.get("raw_json") == "1") return;
  boost::system::error_code error;
  auto body = json::parse(response.body, error);
  if (error) return;
  escape_all(body);
  response.body = json::serialize(body);
}

Checked<Answer> handle(Context& x, const Call& call, const Endpoint& endpoint, const Grant& grant,
                       std::string name) {
  const auto scope =
      endpoint.handler == submitted ? std::string_view(x.choice("listing_scope")) : endpoint.scope;
  if (!has_scope(grant.scopes, scope)) return Refused(insufficient_scope(x));
  Request request{
      .x = x, .call = call, .user = x.state.users.at(grant.user), .name = std::move(name)};
  return endpoint.handler(request);
}

Answer answer_api(Context& x, const Call& call) {
  const auto* grant = x.state.live_grant(carried_token(call), false, x.now_ms());
  const bool bearer = lower(call.header("Authorization")).starts_with("bearer ");
  if (!bearer || grant == nullptr) return {.response = invalid_token(x)};
  const auto charged = charge_api(x, grant->app);
  std::string name;
  const auto* endpoint = find_endpoint(call.method, call.path, name);
  Answer answer{.response = plain_error(404)};
  if (charged.exceeded) {
    answer.response = too_many(x, true, charged.reset_s);
  } else if (endpoint != nullptr) {
    auto handled = handle(x, call, *endpoint, *grant, std::move(name));
    if (handled) answer = std::move(*handled);
    if (!handled) answer.response = std::move(handled).error();
    escape_unless_raw(call, answer.response);
  }
  for (const auto& header : charged.headers) answer.response.headers.set(header.name, header.value);
  return answer;
}

Answer answer_token_call(Context& x, const Call& call) {
  const auto charged = charge_tokens(x, "www");
  auto response = charged.exceeded                      ? too_many(x, false, charged.reset_s)
                  : call.path.ends_with("access_token") ? token_endpoint(x, call)
                                                        : revoke_endpoint(x, call);
  for (const auto& header : charged.headers) response.headers.set(header.name, header.value);
  return {.response = std::move(response)};
}

}  // namespace

Answer route(Context& x, const Call& call) {
  if (is_bucket(call.host)) return {.response = receive_upload(x, call)};
  const bool api = call.host == "oauth.reddit.com";
  const bool authorizes =
      call.path == "/api/v1/authorize" || call.path == "/api/v1/authorize.compact";
  if (!api && authorizes) return authorize(x, call);
  const bool token_call = call.method == "POST" && (call.path == "/api/v1/access_token" ||
                                                    call.path == "/api/v1/revoke_token");
  if (!api && !token_call) return public_page(x, call);
  if (!says_who(call)) return {.response = bad_agent(x)};
  return api ? answer_api(x, call) : answer_token_call(x, call);
}

}  // namespace herald::sandbox::reddit
