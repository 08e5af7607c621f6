#include "sandbox/reddit/control.h"

#include <boost/json.hpp>

#include "sandbox/control_answers.h"
#include "sandbox/reddit/form.h"
#include "sandbox/reddit/posts.h"
#include "sandbox/reddit/tokens.h"

namespace herald::sandbox::reddit {

namespace json = boost::json;

namespace {

User* account_of(State& state, const Call& call) {
  const auto name = call.get("account", "bluebakery");
  for (auto& [id, user] : state.users)
    if (id == name || user.name == name) return &user;
  return nullptr;
}

Answer change_account(Context& x, const Call& call) {
  auto* user = account_of(x.state, call);
  if (user == nullptr) return refused("no such account");
  if (const auto* value = call.find("suspended")) user->suspended = truthy(*value);
  if (const auto* value = call.find("new")) user->is_new = truthy(*value);
  if (const auto* value = call.find("wait_s"))
    user->may_post_at_ms = x.now_ms() + number_in(*value) * 1000;
  return done();
}

Answer change_community(State& state, const Call& call) {
  auto* community = state.community(call.get("community"));
  if (community == nullptr) return refused("no such community");
  if (const auto* value = call.find("type")) community->type = *value;
  if (const auto* value = call.find("submission_type")) community->submission_type = *value;
  if (const auto* value = call.find("allow_images")) community->allow_images = truthy(*value);
  if (const auto* value = call.find("allow_videos")) community->allow_videos = truthy(*value);
  if (const auto* value = call.find("allow_galleries")) community->allow_galleries = truthy(*value);
  if (const auto* value = call.find("flair_required"))
    community->requirements.is_flair_required = truthy(*value);
  return done();
}

Answer foreign_post(Context& x, const Call& call) {
  const auto* user = account_of(x.state, call);
  const auto* community = x.state.community(call.get("community", "breadlab"));
  if (user == nullptr || community == nullptr) return refused("no such account or community");
  const auto url = call.get("url");
  const auto& post = make_visible(x, Post{.community = community->name,
                                          .author = user->id,
                                          .kind = url.empty() ? "self" : "link",
                                          .title = call.get("title", "Posted by hand"),
                                          .text = call.get("text"),
                                          .url = url});
  return {.response = json_answer(200, json::serialize(json::object{{"id", "t3_" + post.id}}))};
}

Answer change_post(Context& x, const Call& call) {
  auto* post = post_of(x.state, call.get("id"));
  if (post == nullptr) return refused("no such post");
  if (const auto* value = call.find("locked")) post->locked = truthy(*value);
  if (const auto* value = call.find("removed_by")) remove_post(x, post->id, *value);
  return done();
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
  if (call.path == "/next-processing") {
    state.outcomes.push_back(call.get("outcome", "succeeded"));
    return done();
  }
  if (call.path == "/next-removal") {
    state.removals.push_back(call.get("by", "automod_filtered"));
    return done();
  }
  if (call.path == "/account") return change_account(x, call);
  if (call.path == "/community") return change_community(state, call);
  if (call.path == "/foreign-post") return foreign_post(x, call);
  if (call.path == "/post") return change_post(x, call);
  return no_such_verb();
}

}  // namespace herald::sandbox::reddit
