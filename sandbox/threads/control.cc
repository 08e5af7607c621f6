#include "sandbox/threads/control.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "sandbox/control_answers.h"
#include "sandbox/threads/posts.h"

namespace herald::sandbox::threads {

namespace json = boost::json;

namespace {

Profile* profile_of(State& state, const Call& call) {
  const auto* found = state.profile_named(call.get("account", "bluebakery"));
  return found == nullptr ? nullptr : &state.profiles.at(found->id);
}

Answer change_profile(const Call& call, State& state) {
  static constexpr std::array kStandings = {"tester", "uninvited", "ungranted"};
  auto* profile = profile_of(state, call);
  if (profile == nullptr) return refused("no such account");
  if (const auto* value = call.find("standing")) {
    if (std::ranges::count(kStandings, *value) == 0) return refused("no such standing");
    profile->standing = *value;
  }
  if (const auto* value = call.find("restricted")) profile->restricted = truthy(*value);
  if (const auto* value = call.find("geo_gating")) profile->geo_gating = truthy(*value);
  return done();
}

Answer foreign_post(Context& x, const Call& call) {
  const auto* profile = profile_of(x.state, call);
  if (profile == nullptr) return refused("no such account");
  const auto reply_to = call.get("reply_to");
  if (!reply_to.empty() && x.state.post(reply_to) == nullptr) return refused("no such post");
  const auto& post = add_post(x, {.profile = profile->id,
                                  .words = {.media_type = "TEXT",
                                            .text = call.get("text", "Posted by another tool"),
                                            .reply_to = reply_to}});
  return {.response = json_answer(200, json::serialize(json::object{{"id", post.id}}))};
}

}  // namespace

Answer control(Context& x, const Call& call) {
  auto& state = x.state;
  if (call.path == "/remove-access") {
    const auto* profile = call.find("account") == nullptr ? nullptr : profile_of(state, call);
    if (profile == nullptr && call.find("account") != nullptr) return refused("no such account");
    state.revoke(profile == nullptr ? "" : profile->id);
    return done();
  }
  if (call.path == "/expire-tokens") {
    for (auto& [value, token] : state.tokens)
      token.expires_ms = std::min(token.expires_ms, x.now_ms());
    return done();
  }
  if (call.path == "/next-container") {
    state.fates.push_back(
        {.failure = call.get("error"), .not_found = number_in(call.get("not_found", "0"))});
    return done();
  }
  if (call.path == "/account") return change_profile(call, state);
  if (call.path == "/foreign-post") return foreign_post(x, call);
  if (call.path == "/delete-post") {
    if (state.post(call.get("id")) == nullptr) return refused("no such post");
    take_away(x, call.get("id"));
    return done();
  }
  return no_such_verb();
}

}  // namespace herald::sandbox::threads
