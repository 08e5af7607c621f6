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

Response listed(const ApiCall& call, const std::optional<PlatformId>& platform) {
  const Caller& caller = call.caller();
  std::optional<UserId> user;
  if (caller.role != Role::admin) user = caller.user;
  auto accounts = call.services.store.account_standings(caller.scope, user, platform);
  if (!accounts) return call.refuse(accounts.error());
  json::array list;
  for (const auto& standing : *accounts)
    list.push_back(account_json(call.services.hosts, standing));
  return json_answer(200, {{"accounts", std::move(list)}});
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

json::object account_json(const HostMap& hosts, const AccountStanding& standing) {
  const Account& account = standing.account;
  const bool live = standing.state == GrantState::live;
  json::array scopes;
  for (const auto& name : standing.scopes) scopes.emplace_back(name);
  return {{"id", account.id.value},
          {"platform", account.platform.value},
          {"name", account.name},
          {"username", or_null(account.username)},
          {"picture_url", or_null(hosts.reach(account.picture_url))},
          {"remote_id", account.remote_id},
          {"kind", account.kind},
          {"status", live ? "connected" : "needs_reconnect"},
          {"status_message", live ? json::value(nullptr) : or_null(standing.state_message)},
          {"granted_scopes", std::move(scopes)},
          {"connected_at", to_text(account.connected_at)},
          {"ends_at", live && standing.ends_at ? json::value(to_text(*standing.ends_at)) : nullptr},
          {"parked_posts", standing.parked}};
}

void add_account_routes(ApiRoutes& routes) {
  routes.add("GET", "/api/accounts", {.handle = list_all});
  routes.add("GET", "/api/{platform}/credentials", {.handle = list_of_platform});
  routes.add("DELETE", "/api/{platform}/credentials/{id}", {.handle = disconnect});
  routes.add("GET", "/api/{platform}/credentials/{id}/lookup", {.handle = look_up});
}

}  // namespace herald::http
