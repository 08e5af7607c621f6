#include "sandbox/tiktok/authorize.h"

#include <algorithm>
#include <expected>
#include <set>

#include "sandbox/consent_form.h"
#include "sandbox/encoding.h"
#include "sandbox/query.h"
#include "sandbox/tiktok/address.h"
#include "sandbox/tiktok/consent_page.h"
#include "sandbox/tiktok/tokens.h"

namespace herald::sandbox::tiktok {

namespace {

constexpr std::string_view kBasic = "user.info.basic";

// The names of the parameters that TikTok would not take.
std::vector<std::string> bad_parameters(const Context& x, const Call& call, const Wish& wish) {
  std::vector<std::string> bad;
  std::set<std::string_view> seen;
  for (const auto& field : call.query)
    if (!seen.insert(field.name).second) bad.push_back(field.name);
  if (wish.app == nullptr) bad.emplace_back("client_key");
  if (in_query(call, "response_type") != "code") bad.emplace_back("response_type");
  if (!is_registered(x.world.settings, wish.redirect_uri)) bad.emplace_back("redirect_uri");
  const bool approved =
      wish.app != nullptr && !wish.scopes.empty() &&
      std::ranges::all_of(wish.scopes, [&](const auto& scope) {
        return !scope_meaning(scope).empty() && has_scope(wish.app->scopes, scope);
      });
  if (!approved) bad.emplace_back("scope");
  const bool must =
      is_desktop(wish.redirect_uri) || wish.app == nullptr || wish.app->needs_challenge;
  if (wish.challenge.empty() && must) bad.emplace_back("code_challenge");
  if (!wish.challenge.empty() && in_query(call, "code_challenge_method") != "S256")
    bad.emplace_back("code_challenge_method");
  return bad;
}

std::expected<Wish, Answer> read_wish(const Context& x, const Call& call) {
  Wish wish{.redirect_uri = in_query(call, "redirect_uri"),
            .scopes = split(in_query(call, "scope"), ','),
            .challenge = in_query(call, "code_challenge")};
  const auto app = x.state.apps.find(in_query(call, "client_key"));
  if (app != x.state.apps.end()) wish.app = &app->second;
  const auto bad = bad_parameters(x, call, wish);
  if (!bad.empty()) return std::unexpected(Answer{.response = settings_page(bad)});
  return wish;
}

Answer back_to_app(const Call& call, const Wish& wish, std::string parameters) {
  const auto state = in_query(call, "state");
  if (!state.empty()) parameters += "&state=" + percent_encoded(state);
  return {.response = redirect(with_parameters(wish.redirect_uri, parameters))};
}

Answer hand_over(Context& x, const Call& call, const Wish& wish, const User& user,
                 const std::vector<std::string>& granted) {
  // What a form has to encode, so that nobody forgets to decode it once.
  const auto code = random_text(60) + "*0!" + random_text(4) + ".va";
  x.state.codes[code] = {.app = wish.app->key,
                         .user = user.id,
                         .redirect_uri = wish.redirect_uri,
                         .scopes = granted,
                         .challenge = wish.challenge,
                         .issued_ms = x.now_ms()};
  return back_to_app(
      call, wish,
      "code=" + percent_encoded(code) + "&scopes=" + percent_encoded(joined(granted, ",")));
}

const User* chosen(const State& state, const std::string& account) {
  for (const auto& [id, user] : state.users)
    if (user.signs_in && (account.empty() || account == id || account == user.username))
      return &user;
  return nullptr;
}

// Who has given all of this before, in the order of the page.
const User* giver_of(const Context& x, const Wish& wish) {
  for (const auto& [id, grant] : x.state.grants) {
    if (grant.dead || grant.app != wish.app->key || !x.state.users.at(grant.user).signs_in)
      continue;
    if (std::ranges::all_of(wish.scopes,
                            [&](const auto& scope) { return has_scope(grant.scopes, scope); }))
      return &x.state.users.at(grant.user);
  }
  return nullptr;
}

// What stays ticked of what was asked for, in that order.
std::vector<std::string> granted_of(const Call& call, const Wish& wish) {
  std::set<std::string> ticked;
  bool chooses = false;
  for (const auto& field : call.fields) {
    if (field.name != "granted") continue;
    chooses = true;
    ticked.insert(field.value);
  }
  if (!chooses) return wish.scopes;
  std::vector<std::string> granted;
  for (const auto& scope : wish.scopes)
    if (scope == kBasic || ticked.contains(scope)) granted.push_back(scope);
  return granted;
}

}  // namespace

Answer authorize(Context& x, const Call& call) {
  auto read = read_wish(x, call);
  if (!read) return std::move(read).error();
  const auto& wish = *read;
  if (call.method != "POST") {
    const auto* giver = in_query(call, "disable_auto_auth") == "0" ? giver_of(x, wish) : nullptr;
    if (giver != nullptr) return hand_over(x, call, wish, *giver, wish.scopes);
    return {.response = consent_page(wish, x.state)};
  }
  const auto granted = granted_of(call, wish);
  if (field_of(call, "decision") != "allow" || granted.empty())
    return back_to_app(
        call, wish, "error=access_denied&error_description=" + percent_encoded(x.choice("denial")));
  const auto* user = chosen(x.state, field_of(call, "account"));
  if (user == nullptr) return {.response = settings_page({"account"})};
  return hand_over(x, call, wish, *user, granted);
}

}  // namespace herald::sandbox::tiktok
