#include "sandbox/meta/control.h"

#include <boost/json.hpp>
#include <charconv>

#include "sandbox/control_answers.h"
#include "sandbox/meta/facebook.h"
#include "sandbox/meta/instagram.h"
#include "sandbox/meta/oauth.h"

namespace herald::sandbox::meta {

namespace json = boost::json;

namespace {

std::string callback_body(const Call& call, const App& app, const std::string& person,
                          std::int64_t now_s) {
  const auto tamper = call.get("tamper");
  const json::object payload{{"algorithm", tamper == "algorithm" ? "HMAC-SHA1" : "HMAC-SHA256"},
                             {"expires", now_s + 3600},
                             {"issued_at", now_s},
                             {"user_id", person}};
  const auto secret = tamper == "mac" ? std::string("some-other-secret") : app.secret;
  return "signed_request=" + signed_request(secret, json::serialize(payload));
}

Answer remove_app(const Call& call, World& world, State& state) {
  const auto id = call.get("app", state.apps.front().id);
  const auto* instagram_app = state.instagram_app(id);
  const auto* app = instagram_app != nullptr ? instagram_app : state.app(id);
  if (app == nullptr) return refused("no such app");
  auto person = state.people.begin()->first;
  if (instagram_app != nullptr) {
    const auto account = state.accounts.find(call.get("account", state.accounts.rbegin()->first));
    if (account == state.accounts.end()) return refused("no such account");
    person = account->second.scoped_id;
  }
  auto answer = done();
  // A forged callback comes from somebody else: nothing is removed.
  if (call.get("tamper").empty()) {
    state.kill_tokens(app->id, person, 458);
    state.consents.erase(app->id + "/" + person);
  }
  const auto which = call.get("callbacks", "both");
  const auto body = callback_body(call, *app, person, to_ms(world.clock.now()) / 1000);
  const auto tell = [&](const char* name, const std::string& url) {
    if (!url.empty() && (which == name || which == "both"))
      answer.notices.push_back({url, "application/x-www-form-urlencoded", body});
  };
  tell("deauthorize", world.settings.deauthorize_url);
  tell("deletion", world.settings.deletion_url);
  return answer;
}

Answer kill_token(const Call& call, State& state) {
  const auto found = state.tokens.find(call.get("token"));
  if (found == state.tokens.end()) return refused("no such token");
  const auto text = call.get("subcode");
  int subcode = 463;
  if (!text.empty()) std::from_chars(text.data(), text.data() + text.size(), subcode);
  found->second.dead = subcode;
  return done();
}

Answer foreign_post(const Call& call, World& world, State& state) {
  const auto account = call.get("account", state.accounts.begin()->first);
  if (!state.accounts.contains(account)) return refused("no such account");
  const Container made_elsewhere{.account = account,
                                 .caption = call.get("caption", "Posted by another tool"),
                                 .created_ms = to_ms(world.clock.now())};
  const auto& media = make_public(world, state, made_elsewhere, false);
  return {.response = json_answer(200, json::serialize(json::object{{"id", media.id}}))};
}

Answer foreign_page_post(const Call& call, World& world, State& state) {
  const auto page = call.get("page", state.pages.begin()->first);
  if (!state.pages.contains(page)) return refused("no such Page");
  const auto& post = add_post(world, state,
                              {.page = page,
                               .app = state.apps.back().id,
                               .kind = "text",
                               .message = call.get("message", "Posted by another tool"),
                               .created_ms = to_ms(world.clock.now())});
  return {.response = json_answer(200, json::serialize(json::object{{"id", post.id}}))};
}

Answer change_page(const Call& call, State& state) {
  const auto found = state.pages.find(call.get("page"));
  if (found == state.pages.end()) return refused("no such Page");
  if (const auto* value = call.find("role_lost")) found->second.role_lost = truthy(*value);
  if (const auto* value = call.find("tasks")) found->second.tasks = split(*value, ", ");
  return done();
}

// So many Pages more, for the person who runs the others.
Answer add_pages(const Call& call, State& state) {
  const auto count = std::strtol(call.get("count").c_str(), nullptr, 10);
  if (count < 1 || count > 10'000) return refused("how many Pages?");
  json::array ids;
  for (long i = 0; i < count; ++i) {
    Page page = state.pages.begin()->second;
    page.id = state.next_id("page", 112244000001);
    page.name = "Page " + page.id;
    page.username = "page" + page.id;
    page.instagram.clear();
    ids.emplace_back(page.id);
    state.pages[page.id] = std::move(page);
  }
  return {.response = json_answer(200, json::serialize(json::object{{"ids", std::move(ids)}}))};
}

Answer change_account(const Call& call, State& state) {
  const auto found = state.accounts.find(call.get("account"));
  if (found == state.accounts.end()) return refused("no such account");
  auto& account = found->second;
  if (const auto* value = call.find("restricted")) account.restricted = truthy(*value);
  if (const auto* value = call.find("business_manager")) account.business_manager = truthy(*value);
  return done();
}

Answer set_viewers(const Call& call, State& state) {
  const auto found = state.media.find(call.get("media"));
  if (found == state.media.end()) return refused("no such media");
  found->second.viewers = std::strtoll(call.get("count").c_str(), nullptr, 10);
  return done();
}

}  // namespace

Answer control(const Call& call, World& world, State& state) {
  if (call.path == "/remove-app") return remove_app(call, world, state);
  if (call.path == "/change-password") {
    for (const auto& [id, person] : state.people) state.kill_tokens("", id, 460);
    for (const auto& [id, account] : state.accounts) state.kill_tokens("", account.scoped_id, 460);
    return done();
  }
  if (call.path == "/kill-token") return kill_token(call, state);
  if (call.path == "/foreign-post") return foreign_post(call, world, state);
  if (call.path == "/foreign-page-post") return foreign_page_post(call, world, state);
  if (call.path == "/page") return change_page(call, state);
  if (call.path == "/pages") return add_pages(call, state);
  if (call.path == "/account") return change_account(call, state);
  if (call.path == "/viewers") return set_viewers(call, state);
  return no_such_verb();
}

}  // namespace herald::sandbox::meta
