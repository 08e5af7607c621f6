#include "sandbox/threads/router.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "sandbox/query.h"
#include "sandbox/scopes.h"
#include "sandbox/threads/authorize.h"
#include "sandbox/threads/endpoint.h"
#include "sandbox/threads/oauth.h"
#include "sandbox/threads/pages.h"

namespace herald::sandbox::threads {

namespace {

constexpr std::string_view kVersion = "/v1.0/";

using Handler = Checked<Answer> (*)(Request&);

struct Endpoint {
  std::string_view method;
  std::string_view edge;  // Behind the profile or the post; empty: itself.
  bool of_profile = false;
  Handler handler = nullptr;
};

constexpr std::array kEndpoints = {
    Endpoint{"GET", "", true, show_me},
    Endpoint{"POST", "threads", true, create_container},
    Endpoint{"GET", "threads", true, list_posts},
    Endpoint{"GET", "replies", true, list_replies},
    Endpoint{"GET", "ghost_posts", true, list_ghosts},
    Endpoint{"POST", "threads_publish", true, publish},
    Endpoint{"GET", "threads_publishing_limit", true, publishing_limit},
    Endpoint{"GET", "threads_insights", true, profile_insights},
    Endpoint{"GET", "", false, show_node},
    Endpoint{"DELETE", "", false, remove_by_api},
    Endpoint{"GET", "insights", false, post_insights},
    Endpoint{"POST", "repost", false, repost},
};

std::string verb_of(const Call& call) {
  std::string verb = call.method;
  std::ranges::transform(verb, verb.begin(), [](char c) { return static_cast<char>(c | 0x20); });
  return verb;
}

Checked<Answer> answer_node(Context& x, const Call& call, std::string_view path) {
  HERALD_TRY(const auto* token, living_token(x, carried_token(call)));
  const auto& me = x.state.profiles.at(token->profile);
  const auto pieces = split(path, '/');
  if (pieces.empty() || pieces.size() > 2) return Refused(no_object(x, verb_of(call), ""));
  Request request{.x = x, .call = call, .token = *token, .me = me, .id = pieces.front()};
  const auto edge = pieces.size() == 2 ? std::string_view(pieces.back()) : std::string_view();
  if (request.id == "debug_token" && edge.empty() && call.method == "GET")
    return inspect_token(request);
  const bool mine = request.id == "me" || request.id == me.id;
  for (const auto& endpoint : kEndpoints) {
    if (endpoint.method != call.method || endpoint.edge != edge || endpoint.of_profile != mine)
      continue;
    const bool by_number = mine && request.id != "me" && call.method != "GET";
    if (by_number && x.choice("numeric_id") == "refused")
      return Refused(media_not_found(x, request.id));
    return endpoint.handler(request);
  }
  return Refused(no_object(x, verb_of(call), request.id));
}

Checked<Answer> answer_graph(Context& x, const Call& call) {
  std::string_view path = call.path;
  const bool versioned = path.starts_with(kVersion);
  if (versioned) path.remove_prefix(kVersion.size() - 1);
  const bool of_tokens =
      path == "/oauth/access_token" || path == "/access_token" || path == "/refresh_access_token";
  if (of_tokens) {
    if (versioned && !x.on("versioned_tokens")) return Refused(wrong_method(x, call.method));
    if (path == "/oauth/access_token") return exchange_code(x, call);
    return path == "/access_token" ? exchange_for_long(x, call) : refresh_long(x, call);
  }
  if (!versioned && x.choice("unversioned_calls") != "accepted")
    return Refused(no_object(x, verb_of(call), std::string(path.substr(1))));
  return answer_node(x, call, path);
}

}  // namespace

bool Request::may(std::string_view scope) const { return has_scope(token.scopes, scope); }

Answer answer_with(const boost::json::object& body) {
  return {.response = json_answer(200, boost::json::serialize(body))};
}

std::string carried_token(const Call& call) {
  constexpr std::string_view kBearer = "Bearer ";
  const auto header = call.header("Authorization");
  return header.starts_with(kBearer) ? header.substr(kBearer.size()) : call.get("access_token");
}

Checked<const Token*> living_token(const Context& x, const std::string& value) {
  const auto found = x.state.tokens.find(value);
  if (found == x.state.tokens.end()) return Refused(garbage_token(x));
  const auto& token = found->second;
  if (token.revoked) return Refused(revoked(x, token.app));
  if (x.now_ms() >= token.expires_ms) return Refused(expired(x, token.expires_ms));
  if (x.state.profiles.at(token.profile).standing != "tester") return Refused(not_granted(x));
  return &token;
}

Checked<Done> only_known(const Request& request, std::string_view names) {
  if (request.x.choice("unknown_parameters") == "ignored") return Done{};
  const auto known = split(names, ' ');
  for (const auto* list : {&request.call.query, &request.call.fields})
    for (const auto& field : *list)
      if (field.name != "access_token" && std::ranges::count(known, field.name) == 0)
        return Refused(invalid_parameter(request.x, "Param " + field.name + " is not known"));
  return Done{};
}

Answer route(Context& x, const Call& call) {
  if (!call.host.starts_with("graph."))
    return call.path == "/oauth/authorize" ? authorize(x, call) : public_page(x, call);
  auto answered = answer_graph(x, call);
  auto answer = answered ? std::move(*answered) : Answer{.response = std::move(answered).error()};
  if (x.on("usage_header"))
    answer.response.headers.set("X-App-Usage",
                                R"({"call_count":1,"total_cputime":1,"total_time":1})");
  return answer;
}

}  // namespace herald::sandbox::threads
