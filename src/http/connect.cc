// Connecting: /api/{platform}/oauth/...
#include <algorithm>
#include <boost/json.hpp>

#include "http/accounts_json.h"
#include "http/closing_page.h"
#include "http/flow_names.h"
#include "http/json_body.h"
#include "http/server/cookie.h"
#include "http/server/query.h"
#include "http/strict_query.h"
#include "http/uploader.h"

namespace herald::http {
namespace {

namespace json = boost::json;

constexpr std::chrono::seconds kCookieLife{600};
constexpr std::uint64_t kFinishBodyMax = 64 * 1024;

// "__Host-" binds the cookie to this host and to https; plain http is for this machine only (O-05).
std::string cookie_name(const Site& site, const std::string& name) {
  return site.loopback ? name : "__Host-" + name;
}

// The values of every cookie that may be a flow's nonce.
std::vector<std::string> nonces_of(const Services& services, const Headers& headers) {
  const std::string prefix = cookie_name(services.site, "herald_");
  std::vector<std::string> nonces;
  for (const auto& header : headers.all()) {
    if (!same_name(header.name, "cookie")) continue;
    std::string_view rest = header.value;
    while (!rest.empty()) {
      const auto end = std::min(rest.find(';'), rest.size());
      std::string_view pair = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      while (pair.starts_with(' ')) pair.remove_prefix(1);
      const auto equals = pair.find('=');
      if (equals == pair.npos || !pair.starts_with(prefix)) continue;
      if (pair.substr(0, equals) == "herald_refresh") continue;
      nonces.emplace_back(pair.substr(equals + 1));
      if (nonces.size() >= 20) return nonces;
    }
  }
  return nonces;
}

json::object flow_json(const Services& services, const Caller& caller, const Connect::View& view) {
  const OAuthFlow& flow = view.flow;
  json::array choices, accounts;
  for (std::size_t i = 0; i < view.choices.size(); ++i) {
    const auto& choice = view.choices[i];
    choices.push_back({{"id", choice.remote_id},
                       {"name", choice.name},
                       {"username", or_null(choice.username)},
                       {"picture_url", or_null(services.hosts.reach(choice.picture_url))},
                       {"kind", choice.kind},
                       {"connected", static_cast<bool>(view.connected[i])},
                       {"usable", choice.usable},
                       {"reason", or_null(choice.reason)}});
  }
  if (!view.accounts.empty()) {
    const auto standings =
        services.store.account_standings(caller.scope, caller.user, flow.platform);
    for (const auto& standing : standings.value_or(std::vector<AccountStanding>())) {
      const auto& ids = flow.accounts;
      if (std::ranges::find(ids, standing.id) == ids.end()) continue;
      accounts.push_back(account_json(services.hosts, standing));
    }
  }
  json::value problem = nullptr;
  if (!flow.problem_code.empty()) {
    problem = {{"code", flow.problem_code}, {"message", flow.problem_message}};
  }
  return {{"id", flow.id.value},
          {"platform", flow.platform.value},
          {"status", view.over ? "expired" : shown_status(flow.status)},
          {"choices", std::move(choices)},
          {"accounts", std::move(accounts)},
          {"problem", std::move(problem)}};
}

Result<Connect::Wish> wish_in(std::string_view encoded) {
  HERALD_TRY(const Query query, strict_query(encoded, {"account_id", "registration", "figures"}));
  Connect::Wish wish;
  if (const auto* account = query.find("account_id")) wish.reconnects = AccountId(*account);
  if (const auto* name = query.find("registration")) wish.registration = *name;
  const auto* figures = query.find("figures");
  if (figures == nullptr) return wish;
  if (*figures != "true" && *figures != "false") {
    return std::unexpected(
        Error{ErrorKind::invalid, "\"figures\" is true or false.", {}, {}, "malformed_query"});
  }
  wish.figures = *figures == "true";
  return wish;
}

// O-05: for ten minutes, in which the person has to come back or to choose.
void add_nonce(const Services& services, Headers& headers, const std::string& name,
               std::string nonce) {
  Cookie cookie;
  cookie.name = cookie_name(services.site, name);
  cookie.value = std::move(nonce);
  cookie.max_age = kCookieLife;
  cookie.secure = !services.site.loopback;
  headers.add("Set-Cookie", set_cookie(cookie).value_or(std::string()));
}

// Who has to choose has ten minutes more.
void keep_nonce(const ApiCall& call, Headers& headers, const FlowId& flow) {
  const Services& services = call.services;
  const std::string name = Connect::cookie_name(services.digest, flow);
  if (auto nonce = find_cookie(call.request.headers, cookie_name(services.site, name))) {
    add_nonce(services, headers, name, std::move(*nonce));
  }
}

void initiate(ApiCall call, Reply reply) {
  const auto wish = wish_in(call.request.query);
  if (!wish) return reply(call.refuse(wish.error()));
  auto begun = call.services.connect.begin(call.caller(), call.platform(), *wish);
  if (!begun) return reply(call.refuse(begun.error()));
  Response response = json_answer(200, {{"auth_url", begun->auth_url},
                                        {"flow_id", begun->flow.value},
                                        {"expires_at", to_text(begun->expires_at)}});
  add_nonce(call.services, response.headers, begun->cookie_name, begun->nonce);
  reply(std::move(response));
}

Response bad_link() {
  return plain_page(400, "This link cannot be used",
                    "The sign-in was not begun in this browser, has been used already, or took too "
                    "long. Close this window and press Connect again in Herald.");
}

// A browser that only guesses what may be needed next, or shows us inside another page, must not
// use the state up (O-49).
bool is_real_visit(const Headers& headers) {
  for (const char* name : {"sec-purpose", "purpose"}) {
    const auto* value = headers.find(name);
    if (value != nullptr && value->contains("prefetch")) return false;
  }
  const auto* destination = headers.find("sec-fetch-dest");
  return destination == nullptr || *destination == "document";
}

void callback(ApiCall call, Reply reply) {
  const auto query = Query::parse(call.request.query);
  if (!query || !is_real_visit(call.request.headers)) return reply(bad_link());
  const Services& services = call.services;
  if (query->count("done") == 1 && query->all().size() == 2) {
    // The clean address that the redirect below leads to.
    const auto* status = query->find("done");
    const auto* flow = query->find("flow");
    if (flow == nullptr) return reply(bad_link());
    const auto nonce = services.random.token(128);
    return reply(closing_page(services.site.public_url, *flow, *status, nonce));
  }
  Connect::Callback back;
  back.platform = call.platform();
  const auto registration = call.args.find("registration");
  back.registration = registration == call.args.end() ? "main" : registration->second;
  for (const auto& [name, value] : query->all()) {
    if (name == "state") back.state.push_back(value);
    if (name == "code") back.code.push_back(value);
    if (name == "error") back.error.push_back(value);
    if (name == "iss") back.iss.push_back(value);
    // Array spellings are how a second value slips past a reader (O-14).
    if (name.contains('[')) return reply(bad_link());
  }
  back.nonces = nonces_of(services, call.request.headers);
  auto flow = services.connect.returned(back);
  if (!flow) {
    if (flow.error().kind == ErrorKind::not_found) {
      return reply(plain_page(404, "There is nothing here", "This address is not in use."));
    }
    return reply(flow.error().kind == ErrorKind::invalid ? bad_link() : call.refuse(flow.error()));
  }
  // The code leaves the address bar at once, by a redirect that repeats nothing (O-27).
  Response response;
  response.status = 303;
  std::string path = "/api/social-media" + call.request.path.substr(4);
  response.headers.add("Location", services.site.public_url + path + "?flow=" + flow->id.value +
                                       "&done=" + shown_status(flow->status));
  response.headers.add("Cache-Control", "no-store");
  response.headers.add("Referrer-Policy", "no-referrer");
  reply(std::move(response));
}

void get_flow(ApiCall call, Reply reply) {
  auto view = call.services.connect.view(call.caller(), FlowId(call.arg("id")));
  if (view && view->flow.platform != call.platform()) {
    view = fail(ErrorKind::not_found, "There is no such connection.");
  }
  reply(view ? json_answer(200, flow_json(call.services, call.caller(), *view))
             : call.refuse(view.error()));
}

void finish(ApiCall call, Reply reply) {
  json::object body;
  if (auto read = read_json(call.request, body); !read) return reply(call.refuse(read.error()));
  Fields fields(body);
  const FlowId flow(fields.text("flow_id", 128));
  std::vector<std::string> choices;
  if (const auto* list = fields.list("choices", 200)) {
    for (const auto& item : *list) {
      const auto* text = item.if_string();
      if (text == nullptr || text->size() > 256) {
        fields.fault("choices", "must hold ids.");
        break;
      }
      choices.emplace_back(*text);
    }
  }
  if (auto sound = fields.done(); !sound) return reply(call.refuse(sound.error()));
  const auto stored = call.services.store.find_flow(call.caller().scope, flow);
  if (stored && stored->platform != call.platform()) {
    return reply(
        call.refuse({ErrorKind::not_found, "There is no such connection attempt.", {}, {}, {}}));
  }
  auto nonces = nonces_of(call.services, call.request.headers);
  auto shared = std::make_shared<ApiCall>(std::move(call));
  shared->services.connect.finish(shared->caller(), flow, std::move(nonces), std::move(choices),
                                  [shared, reply](Result<Connect::View> view) {
                                    if (!view) return reply(shared->refuse(view.error()));
                                    auto answer = json_answer(
                                        200, flow_json(shared->services, shared->caller(), *view));
                                    if (view->flow.status == FlowStatus::choose) {
                                      keep_nonce(*shared, answer.headers, view->flow.id);
                                    }
                                    reply(std::move(answer));
                                  });
}

}  // namespace

void add_connect_routes(ApiRoutes& routes) {
  routes.add("GET", "/api/{platform}/oauth/initiate", {.handle = initiate});
  routes.add("GET", "/api/{platform}/oauth/callback", {.handle = callback, .open = true});
  routes.add("GET", "/api/{platform}/oauth/callback/{registration}",
             {.handle = callback, .open = true});
  routes.add("GET", "/api/{platform}/oauth/flows/{id}", {.handle = get_flow});
  routes.add("POST", "/api/{platform}/oauth/finish",
             {.handle = finish, .body_limit_bytes = kFinishBodyMax});
}

}  // namespace herald::http
