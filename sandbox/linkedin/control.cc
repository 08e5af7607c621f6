#include "sandbox/linkedin/control.h"

#include <boost/json.hpp>

#include "sandbox/control_answers.h"
#include "sandbox/linkedin/posts.h"
#include "sandbox/linkedin/tokens.h"

namespace herald::sandbox::linkedin {

namespace json = boost::json;

namespace {

Answer set_role(State& state, const Call& call) {
  const auto organization = call.get("organization");
  if (!state.organizations.contains(organization)) return refused("no such organization");
  const auto& person = state.people.begin()->first;
  std::erase_if(state.roles, [&](const Role& role) {
    return role.person == person && role.organization == organization;
  });
  const auto role = call.get("role");
  if (!role.empty())
    state.roles.push_back({.person = person,
                           .organization = organization,
                           .role = role,
                           .state = call.get("state", "APPROVED")});
  return done();
}

Answer set_scope(State& state, const Call& call) {
  const auto app = state.apps.find(call.get("app", "sandbox-linkedin-client"));
  const auto scope = call.get("scope");
  if (app == state.apps.end()) return refused("no such app");
  if (scope_meaning(scope).empty()) return refused("no such scope");
  std::erase(app->second.scopes, scope);
  if (truthy(call.get("owned", "true"))) app->second.scopes.push_back(scope);
  return done();
}

Answer foreign_post(Context& x, const Call& call) {
  const auto text = call.get("text", "Posted by another tool");
  const auto author = call.get("author", x.state.people.begin()->second.urn());
  if (x.state.name_of(author).empty()) return refused("no such author");
  const auto& post = add_post(x, {.author = author,
                                  .sent = text,
                                  .commentary = text,
                                  .shown = text,
                                  .visibility = "PUBLIC",
                                  .feed = "MAIN_FEED",
                                  .lifecycle = "PUBLISHED",
                                  .kind = "text"});
  return {.response = json_answer(200, json::serialize(json::object{{"id", post.urn}}))};
}

}  // namespace

Answer control(Context& x, const Call& call) {
  auto& state = x.state;
  if (call.path == "/remove-access") {
    end_grants(state, call.get("app"));
    return done();
  }
  if (call.path == "/expire-tokens") {
    for (auto& [value, token] : state.tokens)
      if (!token.refreshes) token.expires_ms = std::min(token.expires_ms, x.now_ms());
    return done();
  }
  if (call.path == "/next-processing") {
    state.outcomes.push_back(call.get("outcome", "succeeded"));
    return done();
  }
  if (call.path == "/role") return set_role(state, call);
  if (call.path == "/scope") return set_scope(state, call);
  if (call.path == "/foreign-post") return foreign_post(x, call);
  if (call.path == "/delete-post") {
    auto* post = state.find_post(call.get("id"));
    if (post == nullptr || post->deleted) return refused("no such post");
    remove_post(x, *post);
    return done();
  }
  return no_such_verb();
}

}  // namespace herald::sandbox::linkedin
