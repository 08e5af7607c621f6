#include "sandbox/pinterest/control.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "sandbox/control_answers.h"
#include "sandbox/pinterest/pins.h"

namespace herald::sandbox::pinterest {

namespace json = boost::json;

namespace {

Answer remove_access(State& state, const Call& call) {
  const auto name = call.get("user");
  const auto* user = name.empty() ? nullptr : state.user_named(name);
  if (user == nullptr && !name.empty()) return refused("no such user");
  state.end_grants("", user == nullptr ? "" : user->id);
  return done();
}

Answer change_app(State& state, const Call& call) {
  static constexpr std::array kTiers = {"none", "trial", "standard"};
  const auto tier = call.get("tier");
  if (std::ranges::count(kTiers, tier) == 0) return refused("no such tier");
  for (auto& [id, app] : state.apps) app.tier = tier;
  return done();
}

Answer change_board(State& state, const Call& call) {
  const auto found = state.boards.find(call.get("id"));
  if (found == state.boards.end()) return refused("no such board");
  found->second.deleted = truthy(call.get("deleted", "true"));
  return done();
}

Answer foreign_pin(Context& x, const Call& call) {
  const auto* board = x.state.board(call.get("board", "549755885175"));
  if (board == nullptr) return refused("no such board");
  const auto& pin = add_pin(x, {.owner = board->owner,
                                .board = board->id,
                                .title = call.get("title", "Pinned by another tool"),
                                .description = call.get("description"),
                                .link = call.get("link"),
                                .media_type = "image",
                                .pictures = {{}}});
  return {.response = json_answer(200, json::serialize(json::object{{"id", pin.id}}))};
}

}  // namespace

Answer control(Context& x, const Call& call) {
  auto& state = x.state;
  if (call.path == "/remove-access") return remove_access(state, call);
  if (call.path == "/expire-tokens") {
    state.expire_access_tokens();
    return done();
  }
  if (call.path == "/app") return change_app(state, call);
  if (call.path == "/board") return change_board(state, call);
  if (call.path == "/next-media") {
    state.fates.push_back(call.get("status", "failed"));
    return done();
  }
  if (call.path == "/foreign-pin") return foreign_pin(x, call);
  if (call.path == "/delete-pin") {
    if (state.pin(call.get("id")) == nullptr) return refused("no such pin");
    take_away(x, call.get("id"));
    return done();
  }
  return no_such_verb();
}

}  // namespace herald::sandbox::pinterest
