// Connected accounts: /api/accounts and /api/{platform}/credentials.
#include <boost/json.hpp>
#include <memory>

#include "http/accounts_json.h"
#include "http/json_body.h"
#include "http/strict_query.h"
#include "http/uploader.h"

namespace herald::http {
namespace {

namespace json = boost::json;

constexpr std::size_t kUsualAccountBytes = 768;

Response listed(const ApiCall& call, const std::optional<PlatformId>& platform) {
  const Caller& caller = call.caller();
  std::optional<UserId> user;
  if (caller.role != Role::admin) user = caller.user;
  auto accounts = call.services.store.account_standings(caller.scope, user, platform);
  if (!accounts) return call.refuse(accounts.error());
  JsonText json(accounts->size() * kUsualAccountBytes);
  json.open('{').name("accounts").open('[');
  for (const auto& standing : *accounts) write_account(json, call.services.hosts, standing);
  json.close(']').close('}');
  return json_text_answer(200, json.take());
}

void list_all(ApiCall call, Reply reply) { reply(listed(call, std::nullopt)); }

void list_of_platform(ApiCall call, Reply reply) {
  if (call.services.registrations.find(call.platform()) == nullptr) {
    return reply(call.refuse({ErrorKind::not_found, "There is no such platform.", {}, {}, {}}));
  }
  reply(listed(call, call.platform()));
}

void disconnect(ApiCall call, Reply reply) {
  auto done =
      call.services.connect.disconnect(call.caller(), call.platform(), AccountId(call.arg("id")));
  if (!done) return reply(call.refuse(done.error()));
  if (done->left_standing.empty()) return reply(empty_answer(204));
  reply(json_answer(200, {{"left_standing", done->left_standing}}));
}

json::object facts_json(const std::optional<KeptFacts>& kept) {
  json::object facts, choices;
  if (!kept) {
    return {{"facts", std::move(facts)},
            {"choices", std::move(choices)},
            {"looked_up_at", nullptr},
            {"problem", nullptr}};
  }
  for (const auto& [name, value] : kept->looked_up.facts) facts[name] = value;
  for (const auto& [name, offered] : kept->looked_up.choices) {
    json::array list;
    for (const auto& one : offered) list.push_back({{"value", one.value}, {"label", one.label}});
    choices[name] = std::move(list);
  }
  const bool known = kept->looked_up.known();
  return {{"facts", std::move(facts)},
          {"choices", std::move(choices)},
          {"looked_up_at", known ? json::value(to_text(kept->looked_up.at)) : nullptr},
          {"problem", or_null(kept->problem)}};
}

void look_up(ApiCall call, Reply reply) {
  const auto query = strict_query(call.request.query, {"target"});
  if (!query) return reply(call.refuse(query.error()));
  const auto* target = query->find("target");
  const auto asked = std::make_shared<ApiCall>(std::move(call));
  asked->services.lookups.facts_of(
      asked->caller(), asked->platform(), AccountId(asked->arg("id")),
      target != nullptr ? *target : std::string(), [asked, reply](auto kept) {
        reply(kept ? json_answer(200, facts_json(*kept)) : asked->refuse(kept.error()));
      });
}

}  // namespace

void write_account(JsonText& json, const HostMap& hosts, const AccountStanding& standing) {
  const bool live = standing.state == GrantState::live;
  json.open('{');
  json.name("id").text(standing.id.value);
  json.name("platform").text(standing.platform.value);
  json.name("name").text(standing.name);
  json.name("username").text_or_null(standing.username);
  json.name("picture_url").text_or_null(hosts.reach(standing.picture_url));
  json.name("remote_id").text(standing.remote_id);
  json.name("kind").text(standing.kind);
  json.name("status").text(live ? "connected" : "needs_reconnect");
  json.name("status_message").text_or_null(live ? "" : standing.state_message);
  json.name("granted_scopes").open('[');
  for (const auto& scope : standing.scopes) json.text(scope);
  json.close(']');
  json.name("connected_at").text(to_text(standing.connected_at));
  json.name("ends_at").text_or_null(live && standing.ends_at ? to_text(*standing.ends_at) : "");
  json.name("parked_posts").number(standing.parked);
  json.close('}');
}

json::value account_json(const HostMap& hosts, const AccountStanding& standing) {
  JsonText text;
  write_account(text, hosts, standing);
  return json::parse(text.take());
}

void add_account_routes(ApiRoutes& routes) {
  routes.add("GET", "/api/accounts", {.handle = list_all, .brief = true});
  routes.add("GET", "/api/{platform}/credentials", {.handle = list_of_platform, .brief = true});
  routes.add("DELETE", "/api/{platform}/credentials/{id}", {.handle = disconnect});
  routes.add("GET", "/api/{platform}/credentials/{id}/lookup", {.handle = look_up});
}

}  // namespace herald::http
