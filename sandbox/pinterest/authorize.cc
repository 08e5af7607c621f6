#include "sandbox/pinterest/authorize.h"

#include <algorithm>

#include "sandbox/consent_form.h"
#include "sandbox/encoding.h"
#include "sandbox/pinterest/refusal.h"
#include "sandbox/query.h"
#include "sandbox/scopes.h"

namespace herald::sandbox::pinterest {

namespace {

constexpr ScopeMeaning kMeanings[] = {
    {"ads:read", "See your advertising data."},
    {"ads:write", "Create and change your ads."},
    {"boards:read", "See your public boards, including group boards you join."},
    {"boards:read_secret", "See your secret boards."},
    {"boards:write", "Create, update or delete your public boards, and save pins to them."},
    {"boards:write_secret", "Create, update or delete your secret boards."},
    {"pins:read", "See your public pins."},
    {"pins:read_secret", "See your secret pins."},
    {"pins:write", "Create, update or delete your public pins."},
    {"pins:write_secret", "Create, update or delete your secret pins."},
    {"user_accounts:read", "See your account data and its analytics."},
    {"user_accounts:write", "Change your account."},
};

struct Wish {
  const App* app = nullptr;
  std::string redirect_uri;
  std::vector<std::string> scopes;
};

// At commas or blanks; each once.
std::vector<std::string> scopes_in(std::string text) {
  std::ranges::replace(text, ',', ' ');
  return sorted_scopes(text);
}

Checked<Wish> read_wish(const Context& x, const Call& call) {
  const auto no = [](std::string_view why) { return Refused(consent_error(1, why, why)); };
  Wish wish{.redirect_uri = in_query(call, "redirect_uri"),
            .scopes = scopes_in(in_query(call, "scope"))};
  const auto app = x.state.apps.find(in_query(call, "client_id"));
  if (app == x.state.apps.end())
    return Refused(
        consent_error(283, "Invalid Application ID", "The authorization grant is invalid"));
  wish.app = &app->second;
  if (!is_registered(x.world.settings, "pinterest", wish.redirect_uri))
    return no("The redirect URI does not match the registered URIs");
  if (in_query(call, "response_type") != "code") return no("Invalid response_type");
  if (wish.scopes.empty()) return no("Missing required field 'scope'");
  for (const auto& scope : wish.scopes)
    if (meaning_of(kMeanings, scope).empty()) return no("Unknown scope");
  return wish;
}

Answer show(const Wish& wish, const State& state) {
  std::string accounts, meanings;
  for (const auto& [id, user] : state.users) {
    if (!user.signs_in) continue;
    accounts += html_of({.kind = "radio",
                         .name = "account",
                         .value = id,
                         .label = user.name,
                         .detail = user.username,
                         .checked = accounts.empty()});
  }
  for (const auto& scope : wish.scopes)
    meanings += "<li>" + html_escaped(meaning_of(kMeanings, scope)) + "</li>";
  return {.response = consent_form(
              {.title = "Pinterest / Authorize",
               .company = "Pinterest",
               .brand = "<p class=\"brand\">Pinterest</p>",
               .heading = html_escaped(wish.app->name) + " wants to access your account.",
               .choices = "<fieldset><legend>Account</legend>" + accounts +
                          "</fieldset><p>This app will be able to:</p><ul>" + meanings + "</ul>",
               .buttons = {{"deny", "Deny"}, {"allow", "Give access"}}},
              wish.redirect_uri)};
}

const User* chosen(const State& state, const std::string& account) {
  for (const auto& [id, user] : state.users)
    if (user.signs_in && (account.empty() || account == id || account == user.username))
      return &user;
  return nullptr;
}

}  // namespace

Answer authorize(Context& x, const Call& call) {
  auto read = read_wish(x, call);
  if (!read) return {.response = std::move(read).error()};
  if (call.method != "POST") return show(*read, x.state);
  const auto state = in_query(call, "state");
  const auto kept = state.empty() ? std::string() : "state=" + percent_encoded(state);
  const auto joined_with = [&](const std::string& parameter) {
    return with_parameters(
        read->redirect_uri,
        kept.empty() ? parameter : parameter + (parameter.empty() ? "" : "&") + kept);
  };
  if (field_of(call, "decision") != "allow") {
    const bool bare = x.choice("denial") == "bare";
    return {.response = redirect(joined_with(bare ? "" : "error=access_denied"))};
  }
  const auto* user = chosen(x.state, field_of(call, "account"));
  if (user == nullptr)
    return {.response = consent_error(1, "No such account", "This account is not signed in")};
  const auto code = random_text(40);
  x.state.codes[code] = {.app = read->app->id,
                         .user = user->id,
                         .redirect_uri = read->redirect_uri,
                         .scopes = read->scopes,
                         .issued_ms = x.now_ms()};
  return {.response = redirect(joined_with("code=" + code))};
}

}  // namespace herald::sandbox::pinterest
