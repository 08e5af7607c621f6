#include "sandbox/twitter/authorize.h"

#include <algorithm>
#include <expected>
#include <set>

#include "sandbox/consent_form.h"
#include "sandbox/encoding.h"
#include "sandbox/query.h"
#include "sandbox/twitter/tokens.h"

namespace herald::sandbox::twitter {

namespace {

constexpr std::size_t kStateMax = 500;

struct Wish {
  const App* app = nullptr;
  std::string redirect_uri;
  std::vector<std::string> scopes;
  std::string challenge;
  bool plain = false;
};

using Refusal = std::unexpected<Answer>;

// X says no more than the first sentence; why is for whoever tries things out here.
Refusal error_page(std::string_view why) {
  return Refusal(
      Answer{.response = refusal_page("X / Error", "Something went wrong",
                                      "You weren’t able to give access to the App. Go back and try "
                                      "logging in again.",
                                      why)});
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

std::expected<Wish, Answer> read_wish(const Context& x, const Call& call) {
  Wish wish{.redirect_uri = in_query(call, "redirect_uri"),
            .scopes = split_scopes(in_query(call, "scope")),
            .challenge = in_query(call, "code_challenge")};
  std::set<std::string_view> seen;
  for (const auto& field : call.query)
    if (!seen.insert(field.name).second) return error_page(field.name + " is given twice.");
  const auto app = x.state.apps.find(in_query(call, "client_id"));
  if (app == x.state.apps.end()) return error_page("client_id is unknown.");
  wish.app = &app->second;
  if (!is_registered(x.world.settings, "twitter", wish.redirect_uri))
    return error_page("redirect_uri is not one of the app's: " + wish.redirect_uri);
  if (in_query(call, "response_type") != "code") return error_page("response_type is not code.");
  if (wish.scopes.empty()) return error_page("scope is missing.");
  for (const auto& scope : wish.scopes)
    if (scope_meaning(scope).empty()) return error_page("There is no scope " + scope + ".");
  if (in_query(call, "state").size() > kStateMax) return error_page("state is too long.");
  const auto method = lower(in_query(call, "code_challenge_method"));
  if (wish.challenge.empty()) return error_page("code_challenge is missing.");
  if (method != "s256" && method != "plain" && !method.empty())
    return error_page("code_challenge_method is neither S256 nor plain.");
  wish.plain = method != "s256";
  return wish;
}

std::string account_choice(const State& state) {
  std::string out;
  for (const auto& [id, user] : state.users) {
    if (!user.signs_in) continue;
    out += html_of({.kind = "radio",
                    .name = "account",
                    .value = id,
                    .label = user.name,
                    .detail = "@" + user.username,
                    .checked = out.empty()});
  }
  return out;
}

Answer show(const Wish& wish, const State& state) {
  std::string meanings;
  for (const auto& scope : wish.scopes)
    meanings += "<li>" + html_escaped(scope_meaning(scope)) + "</li>";
  const auto app = html_escaped(wish.app->name);
  return {.response = consent_form(
              {.title = "X / Authorize app",
               .company = "X",
               .brand = "<p class=\"brand\">𝕏</p>",
               .heading = app + " wants to access your X account.",
               .choices = "<fieldset><legend>Account</legend>" + account_choice(state) +
                          "</fieldset><p>This App can view and do the following:</p><ul>" +
                          meanings + "</ul>",
               .buttons = {{"cancel", "Cancel"}, {"allow", "Authorize app"}}},
              wish.redirect_uri)};
}

Answer back_to_app(const Call& call, const Wish& wish, const std::string& parameters) {
  const auto state = in_query(call, "state");
  const auto kept = state.empty() ? "" : "state=" + percent_encoded(state) + "&";
  return {.response = redirect(with_parameters(wish.redirect_uri, kept + parameters))};
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
  if (!read) return std::move(read).error();
  const auto& wish = *read;
  if (call.method != "POST") return show(wish, x.state);
  if (field_of(call, "decision") != "allow") {
    const bool described = x.choice("denial") == "described";
    return back_to_app(call, wish,
                       std::string("error=access_denied") +
                           (described ? "&error_description=The+user+denied+the+request" : ""));
  }
  const auto* user = chosen(x.state, field_of(call, "account"));
  if (user == nullptr) return error_page("This account is not signed in.").error();
  const auto code = base64url(random_text(60));
  x.state.codes[code] = {.app = wish.app->id,
                         .user = user->id,
                         .redirect_uri = wish.redirect_uri,
                         .scopes = wish.scopes,
                         .challenge = wish.challenge,
                         .plain = wish.plain,
                         .issued_ms = x.now_ms()};
  return back_to_app(call, wish, "code=" + code);
}

}  // namespace herald::sandbox::twitter
