#include "sandbox/tiktok/control.h"

#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/control_answers.h"
#include "sandbox/tiktok/tasks.h"
#include "sandbox/tiktok/tokens.h"

namespace herald::sandbox::tiktok {

namespace json = boost::json;

namespace {

constexpr std::int64_t kPostsOfDraftMax = 10;

User* account_of(State& state, const Call& call) {
  return state.user_named(call.get("account", "bluebakery"));
}

Answer change_creator(Context& x, const Call& call) {
  auto* user = account_of(x.state, call);
  if (user == nullptr) return refused("no such account");
  const auto set = [&](const char* name, bool& flag) {
    if (const auto* value = call.find(name)) flag = truthy(*value);
  };
  set("private", user->is_private);
  set("comment_disabled", user->comment_disabled);
  set("duet_disabled", user->duet_disabled);
  set("stitch_disabled", user->stitch_disabled);
  set("banned", user->banned);
  set("old_app", user->old_app);
  if (const auto* value = call.find("longest_s")) user->longest_s = number_in(*value);
  return done();
}

Answer change_app(Context& x, const Call& call) {
  const auto app = x.state.apps.find(call.get("app", "sandbox-tiktok-client"));
  if (app == x.state.apps.end()) return refused("no such app");
  if (const auto* value = call.find("audited")) app->second.audited = truthy(*value);
  if (const auto* value = call.find("needs_challenge"))
    app->second.needs_challenge = truthy(*value);
  return done();
}

Answer post_waiting_draft(Context& x, const Call& call) {
  auto* task = find_task(x, call.get("publish_id"));
  const bool waits = task != nullptr && (task->status == "SEND_TO_USER_INBOX" ||
                                         (task->draft && !task->posts.empty()));
  if (!waits) return refused("no such draft");
  auto details = task->details;
  details.title = call.get("text", details.title);
  details.privacy = call.get("privacy", "PUBLIC_TO_EVERYONE");
  const auto times =
      std::clamp<std::int64_t>(number_in(call.get("times", "1")), 1, kPostsOfDraftMax);
  json::array ids;
  for (std::int64_t i = 0; i < times; ++i) ids.emplace_back(post_draft(x, *task, details));
  return {.response = json_answer(200, json::serialize(json::object{{"ids", std::move(ids)}}))};
}

Answer foreign_post(Context& x, const Call& call) {
  const auto* user = account_of(x.state, call);
  if (user == nullptr) return refused("no such account");
  const auto id = post_by_hand(x, *user,
                               {.title = call.get("text", "Made in the app"),
                                .privacy = call.get("privacy", "PUBLIC_TO_EVERYONE")});
  return {.response = json_answer(200, json::serialize(json::object{{"id", id}}))};
}

}  // namespace

Answer control(Context& x, const Call& call) {
  auto& state = x.state;
  if (call.path == "/remove-access") {
    const auto* user = call.find("account") == nullptr ? nullptr : account_of(state, call);
    state.end_grants(call.get("app"), user == nullptr ? "" : user->id);
    return done();
  }
  if (call.path == "/expire-tokens") {
    state.expire_access_tokens();
    return done();
  }
  if (call.path == "/creator") return change_creator(x, call);
  if (call.path == "/app") return change_app(x, call);
  if (call.path == "/next-processing") {
    state.outcomes.push_back(call.get("outcome", "succeeded"));
    return done();
  }
  if (call.path == "/post-draft") return post_waiting_draft(x, call);
  if (call.path == "/foreign-post") return foreign_post(x, call);
  if (call.path == "/delete-post") {
    if (state.post(call.get("id")) == nullptr) return refused("no such post");
    remove_post(x, call.get("id"));
    return done();
  }
  return no_such_verb();
}

}  // namespace herald::sandbox::tiktok
