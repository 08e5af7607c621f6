#include "sandbox/twitter/control.h"

#include <boost/json.hpp>

#include "sandbox/control_answers.h"
#include "sandbox/twitter/posts.h"
#include "sandbox/twitter/tokens.h"

namespace herald::sandbox::twitter {

namespace json = boost::json;

namespace {

User* account_of(State& state, const Call& call) {
  const auto name = call.get("account", "bluebakery");
  for (auto& [id, user] : state.users)
    if (id == name || user.username == name) return &user;
  return nullptr;
}

Answer change_account(const Call& call, State& state) {
  auto* user = account_of(state, call);
  if (user == nullptr) return refused("no such account");
  if (const auto* value = call.find("subscription")) user->subscription = *value;
  if (const auto* value = call.find("suspended")) user->suspended = truthy(*value);
  if (const auto* value = call.find("protected")) user->is_protected = truthy(*value);
  return done();
}

Answer foreign_post(Context& x, const Call& call) {
  const auto* user = account_of(x.state, call);
  if (user == nullptr) return refused("no such account");
  const auto& post = make_visible(x, {.author = user->id,
                                      .text = call.get("text", "Posted by another tool"),
                                      .reply_to = call.get("reply_to"),
                                      .quote = call.get("quote")});
  return {.response = json_answer(200, json::serialize(json::object{{"id", post.id}}))};
}

}  // namespace

Answer control(Context& x, const Call& call) {
  auto& state = x.state;
  const auto app = call.get("app", "sandbox-twitter-client");
  if (call.path == "/remove-access") {
    const auto* user = call.find("account") == nullptr ? nullptr : account_of(state, call);
    state.end_grants(call.get("app"), user == nullptr ? "" : user->id);
    return done();
  }
  if (call.path == "/expire-tokens") {
    state.expire_access_tokens();
    return done();
  }
  if (call.path == "/credits") {
    if (!state.apps.contains(app)) return refused("no such app");
    state.apps[app].no_credits = truthy(call.get("empty", "true"));
    return done();
  }
  if (call.path == "/next-processing") {
    state.outcomes.push_back(call.get("outcome", "succeeded"));
    return done();
  }
  if (call.path == "/account") return change_account(call, state);
  if (call.path == "/foreign-post") return foreign_post(x, call);
  if (call.path == "/delete-post") {
    if (state.post(call.get("id")) == nullptr) return refused("no such post");
    remove_post(x, call.get("id"));
    return done();
  }
  return no_such_verb();
}

}  // namespace herald::sandbox::twitter
