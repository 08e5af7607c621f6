#include "sandbox/mastodon/router.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "sandbox/mastodon/authorize.h"
#include "sandbox/mastodon/endpoint.h"
#include "sandbox/mastodon/oauth.h"
#include "sandbox/mastodon/pages.h"
#include "sandbox/mastodon/throttle.h"
#include "sandbox/query.h"
#include "sandbox/scopes.h"

namespace herald::sandbox::mastodon {

namespace {

enum class Needs { nothing, token, person };

struct Endpoint {
  std::string_view method;
  std::string_view path;
  Needs needs = Needs::nothing;
  std::string_view scopes;  // One of these, where a token is sent; empty: any will do.
  Checked<Answer> (*handler)(Request&) = nullptr;
};

constexpr std::string_view kReadsAccounts = "read read:accounts";
constexpr std::string_view kReads = "read read:statuses";
constexpr std::string_view kWrites = "write write:statuses";
constexpr std::string_view kUploads = "write write:media";

constexpr std::array kEndpoints = {
    Endpoint{"GET", "/api/v2/instance", Needs::nothing, "", show_instance},
    Endpoint{"POST", "/api/v1/apps", Needs::nothing, "", register_app},
    Endpoint{"GET", "/api/v1/apps/verify_credentials", Needs::token, "", show_app},
    Endpoint{"GET", "/api/v1/accounts/verify_credentials", Needs::person,
             "profile read read:accounts", show_me},
    Endpoint{"GET", "/api/v1/accounts/{id}", Needs::nothing, kReadsAccounts, show_account},
    Endpoint{"GET", "/api/v1/accounts/{id}/statuses", Needs::nothing, kReads, list_statuses},
    Endpoint{"POST", "/api/v1/statuses", Needs::person, kWrites, create_status},
    Endpoint{"GET", "/api/v1/statuses", Needs::nothing, kReads, show_statuses},
    Endpoint{"GET", "/api/v1/statuses/{id}", Needs::nothing, kReads, show_status},
    Endpoint{"GET", "/api/v1/statuses/{id}/source", Needs::person, kReads, show_source},
    Endpoint{"DELETE", "/api/v1/statuses/{id}", Needs::person, kWrites, delete_status},
    Endpoint{"POST", "/api/v2/media", Needs::person, kUploads, upload},
    Endpoint{"POST", "/api/v1/media", Needs::person, kUploads, upload_and_wait},
    Endpoint{"GET", "/api/v1/media/{id}", Needs::person, kUploads, show_medium},
    Endpoint{"PUT", "/api/v1/media/{id}", Needs::person, kUploads, change_medium},
    Endpoint{"DELETE", "/api/v1/media/{id}", Needs::person, kUploads, delete_medium},
};

bool may(const Token& token, std::string_view scopes) {
  return scopes.empty() || std::ranges::any_of(split(scopes, ' '), [&](const auto& scope) {
           return has_scope(token.scopes, scope);
         });
}

// Fills in who calls.
Checked<Done> see_who(Request& request, const Endpoint& endpoint) {
  const auto words = request.words();
  const auto value = carried_token(request.call);
  if (value.empty()) {
    if (endpoint.needs != Needs::nothing) return Refused(words.bad_token("invalid"));
    if (request.x.choice("closed") != "off") return Refused(words.no_person(401));
    return Done{};
  }
  const auto found = request.state().tokens.find(value);
  if (found == request.state().tokens.end()) return Refused(words.bad_token("invalid"));
  const auto& token = found->second;
  if (token.revoked) return Refused(words.bad_token("revoked"));
  if (token.expired) return Refused(words.bad_token("expired"));
  request.token = &token;
  if (!may(token, endpoint.scopes)) return Refused(words.out_of_scope());
  if (token.account.empty()) {
    if (endpoint.needs == Needs::person) return Refused(words.no_person(422));
    return Done{};
  }
  request.me = &request.state().accounts.at(token.account);
  if (request.me->standing != "active" && endpoint.needs == Needs::person)
    return Refused(words.stopped(request.me->standing));
  return Done{};
}

Checked<Answer> blocked(const Context& x, const Words& words) {
  const auto& form = x.choice("ip_block");
  if (form == "html") return Refused(words.page(403, "Forbidden"));
  return Refused(text_answer(403, form == "plain" ? "Forbidden\n" : ""));
}

Checked<Answer> answer_endpoint(Context& x, const Call& call) {
  const Words words(x, call);
  if (x.choice("ip_block") != "off") return blocked(x, words);
  Request request{.x = x, .call = call};
  for (const auto& endpoint : kEndpoints) {
    if (endpoint.method != call.method) continue;
    if (endpoint.path != call.path && !fits(endpoint.path, call.path, request.id)) continue;
    HERALD_CHECK(see_who(request, endpoint));
    return endpoint.handler(request);
  }
  return Refused(words.error(404, "Not Found"));
}

std::vector<Limit> limits_for(const Context& x, const Call& call) {
  const auto value = carried_token(call);
  const auto token = x.state.tokens.find(value);
  return limits_of(x, call, value,
                   token == x.state.tokens.end() ? std::string() : token->second.account);
}

Answer answer_api(Context& x, const Call& call) {
  const auto limits = limits_for(x, call);
  auto counted = count_call(x, call, limits);
  auto answered =
      counted ? answer_endpoint(x, call) : Checked<Answer>(Refused(std::move(counted).error()));
  auto answer = answered ? std::move(*answered) : Answer{.response = std::move(answered).error()};
  tell_limits(x, limits, answer.response);
  if (x.on("deprecation")) answer.response.headers.set("Deprecation", "@1717200000");
  return answer;
}

Answer whole(Checked<Answer> answered) {
  return answered ? std::move(*answered) : Answer{.response = std::move(answered).error()};
}

}  // namespace

Answer answer_with(const boost::json::value& body, int status) {
  return {.response = json_answer(status, boost::json::serialize(body))};
}

std::string carried_token(const Call& call) {
  constexpr std::string_view kBearer = "Bearer ";
  const auto header = call.header("Authorization");
  return header.starts_with(kBearer) ? header.substr(kBearer.size()) : call.get("access_token");
}

http::Response limit_answer(const Context& x, const Call& call) {
  auto response = Words(x, call).too_many_requests();
  tell_exhausted(x, limits_for(x, call), response);
  return response;
}

Answer route(Context& x, const Call& call) {
  if (call.path.starts_with("/api/")) return answer_api(x, call);
  if (call.path == "/oauth/authorize") return authorize(x, call);
  if (call.path == "/.well-known/oauth-authorization-server") return whole(show_metadata(x, call));
  if (call.path == "/health") return {.response = json_answer(200, R"({"status":"UP"})")};
  if (call.method == "POST" && call.path == "/oauth/token") return whole(give_token(x, call));
  if (call.method == "POST" && call.path == "/oauth/revoke") return whole(take_back(x, call));
  return public_page(x, call);
}

}  // namespace herald::sandbox::mastodon
