#include "sandbox/reddit/authorize.h"

#include <expected>

#include "sandbox/consent_form.h"
#include "sandbox/encoding.h"
#include "sandbox/query.h"
#include "sandbox/reddit/tokens.h"

namespace herald::sandbox::reddit {

namespace {

struct Wish {
  const App* app = nullptr;
  std::string redirect_uri;
  std::vector<std::string> scopes;
  bool permanent = false;
};

using Refusal = std::unexpected<Answer>;

Refusal error_page(std::string_view why) {
  return Refusal(
      Answer{.response = refusal_page("reddit.com: bad request", "bad request (reddit.com)",
                                      "you sent an invalid request", why)});
}

std::expected<Wish, Answer> read_wish(const Context& x, const Call& call) {
  Wish wish{.redirect_uri = in_query(call, "redirect_uri"),
            .scopes = split_scopes(in_query(call, "scope")),
            .permanent = in_query(call, "duration") == "permanent"};
  const auto app = x.state.apps.find(in_query(call, "client_id"));
  if (app == x.state.apps.end()) return error_page("invalid client id.");
  wish.app = &app->second;
  if (!is_registered(x.world.settings, "reddit", wish.redirect_uri))
    return error_page("invalid redirect_uri parameter: " + wish.redirect_uri);
  if (in_query(call, "response_type") != "code") return error_page("invalid response type.");
  if (wish.scopes.empty()) return error_page("no scope was asked for.");
  for (const auto& scope : wish.scopes)
    if (scope_meaning(scope).empty()) return error_page("invalid scope: " + scope);
  if (in_query(call, "state").empty()) return error_page("state is missing.");
  return wish;
}

std::string account_choice(const State& state) {
  std::string out;
  for (const auto& [id, user] : state.users) {
    if (!user.signs_in) continue;
    out += html_of({.kind = "radio",
                    .name = "account",
                    .value = user.name,
                    .label = "u/" + user.name,
                    .checked = out.empty()});
  }
  return out;
}

Answer show(const Wish& wish, const State& state) {
  std::string meanings;
  for (const auto& scope : wish.scopes)
    meanings += "<li>" + html_escaped(scope_meaning(scope)) + "</li>";
  if (wish.permanent)
    meanings += "<li>Maintain this access indefinitely (or until manually revoked).</li>";
  const auto app = html_escaped(wish.app->name);
  return {.response = consent_form(
              {.title = "reddit.com: authorize application",
               .company = "Reddit",
               .brand = "<p class=\"brand\">reddit</p>",
               .heading = app + " would like to connect with your reddit account.",
               .choices = "<fieldset><legend>Signed in as</legend>" + account_choice(state) +
                          "</fieldset><p>Allow " + app + " to:</p><ul>" + meanings + "</ul>",
               .buttons = {{"decline", "Decline"}, {"allow", "Allow"}}},
              wish.redirect_uri)};
}

Answer back_to_app(const Context& x, const Call& call, const Wish& wish,
                   const std::string& parameter) {
  const auto to = with_parameters(
      wish.redirect_uri, "state=" + percent_encoded(in_query(call, "state")) + "&" + parameter);
  return {.response = redirect(to + (x.on("callback_tail") ? "#_" : ""))};
}

const User* chosen(const State& state, const std::string& account) {
  for (const auto& [id, user] : state.users)
    if (user.signs_in && (account.empty() || account == user.name || account == id)) return &user;
  return nullptr;
}

}  // namespace

Answer authorize(Context& x, const Call& call) {
  auto read = read_wish(x, call);
  if (!read) return std::move(read).error();
  const auto& wish = *read;
  if (call.method != "POST") return show(wish, x.state);
  if (field_of(call, "decision") != "allow")
    return back_to_app(x, call, wish, "error=access_denied");
  const auto* user = chosen(x.state, field_of(call, "account"));
  if (user == nullptr) return error_page("This account is not signed in.").error();
  const auto code = random_text(30);
  x.state.codes[code] = {.app = wish.app->id,
                         .user = user->id,
                         .redirect_uri = wish.redirect_uri,
                         .scopes = wish.scopes,
                         .permanent = wish.permanent,
                         .issued_ms = x.now_ms()};
  return back_to_app(x, call, wish, "code=" + code);
}

}  // namespace herald::sandbox::reddit
