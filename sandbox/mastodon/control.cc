#include "sandbox/mastodon/control.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "sandbox/control_answers.h"
#include "sandbox/mastodon/posts.h"

namespace herald::sandbox::mastodon {

namespace json = boost::json;

namespace {

Account* account_of(State& state, const Call& call) {
  const auto* found = state.account_named(call.get("account", "bluebakery"));
  return found == nullptr ? nullptr : &state.accounts.at(found->id);
}

Answer change_account(const Call& call, State& state) {
  static constexpr std::array kStandings = {"active", "disabled", "moved", "unconfirmed",
                                            "pending"};
  auto* account = account_of(state, call);
  if (account == nullptr) return refused("no such account");
  if (const auto* value = call.find("standing")) {
    if (std::ranges::count(kStandings, *value) == 0) return refused("no such standing");
    account->standing = *value;
  }
  if (const auto* value = call.find("silenced")) account->silenced = truthy(*value);
  if (const auto* value = call.find("sensitive")) account->sensitive = truthy(*value);
  if (const auto* value = call.find("display_name")) account->display_name = *value;
  if (const auto* value = call.find("privacy")) account->privacy = *value;
  if (const auto* value = call.find("language")) account->language = *value;
  return done();
}

Answer foreign_post(Context& x, const Call& call) {
  const auto* account = account_of(x.state, call);
  if (account == nullptr) return refused("no such account");
  const auto in_reply_to = call.get("in_reply_to");
  if (!in_reply_to.empty() && x.state.status(in_reply_to) == nullptr)
    return refused("no such post");
  const auto& status = add_status(x, {.id = x.state.next_status_id(),
                                      .account = account->id,
                                      .text = call.get("text", "Posted by another tool"),
                                      .visibility = account->privacy,
                                      .language = account->language,
                                      .in_reply_to = in_reply_to,
                                      .quote_policy = account->quote_policy});
  return {.response = json_answer(200, json::serialize(json::object{{"id", status.id}}))};
}

Answer remove_access(State& state, const Call& call) {
  const auto* account = call.find("account") == nullptr ? nullptr : account_of(state, call);
  if (account == nullptr && call.find("account") != nullptr) return refused("no such account");
  state.revoke(account == nullptr ? "" : account->id);
  return done();
}

Answer next_media(State& state, const Call& call) {
  static constexpr std::array kOutcomes = {"", "stuck", "fails"};
  const auto outcome = call.get("outcome");
  if (std::ranges::count(kOutcomes, outcome) == 0) return refused("no such outcome");
  state.media_fates.push_back(
      {.outcome = outcome, .processing_ms = number_in(call.get("processing_ms", "-1"))});
  return done();
}

}  // namespace

Answer control(Context& x, const Call& call) {
  auto& state = x.state;
  if (call.path == "/remove-access") return remove_access(state, call);
  if (call.path == "/account") return change_account(call, state);
  if (call.path == "/foreign-post") return foreign_post(x, call);
  if (call.path == "/next-media") return next_media(state, call);
  if (call.path == "/next-status") {
    state.status_runs.push_back(number_in(call.get("runs_ms")));
    return done();
  }
  if (call.path == "/forget-keys") {
    state.keys.clear();
    return done();
  }
  if (call.path == "/expire-tokens") {
    for (auto& [value, token] : state.tokens) token.expired = true;
    return done();
  }
  if (call.path == "/delete-post") {
    if (state.status(call.get("id")) == nullptr) return refused("no such post");
    take_away(x, call.get("id"));
    return done();
  }
  return no_such_verb();
}

}  // namespace herald::sandbox::mastodon
