#include "sandbox/reddit/authorize.h"

#include <algorithm>
#include <expected>

#include "sandbox/encoding.h"
#include "sandbox/page.h"
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
  return Refusal(Answer{
      .response = html_answer(
          400, page_of("reddit.com: bad request",
                       "<main class=\"card\"><h1>bad request (reddit.com)</h1><p>you sent an "
                       "invalid request</p><p class=\"quiet\">Sandbox: " +
                           html_escaped(why) + "</p></main>"))});
}

bool registered(const Settings& settings, const std::string& redirect_uri) {
  const auto found = settings.redirect_uris.find("reddit");
  return found != settings.redirect_uris.end() &&
         std::ranges::count(found->second, redirect_uri) > 0;
}

std::expected<Wish, Answer> read_wish(const Context& x, const Call& call) {
  Wish wish{.redirect_uri = in_query(call, "redirect_uri"),
            .scopes = split_scopes(in_query(call, "scope")),
            .permanent = in_query(call, "duration") == "permanent"};
  const auto app = x.state.apps.find(in_query(call, "client_id"));
  if (app == x.state.apps.end()) return error_page("invalid client id.");
  wish.app = &app->second;
  if (!registered(x.world.settings, wish.redirect_uri))
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
    out += "<label class=\"tick\"><input type=\"radio\" name=\"account\" value=\"" + user.name +
           "\"" + (out.empty() ? " checked" : "") + "><span>u/" + html_escaped(user.name) +
           "</span></label>";
  }
  return out;
}

std::string origin_of(const std::string& url) {
  const auto host = url.find("://");
  return url.substr(0, host == url.npos ? host : url.find('/', host + 3));
}

Answer show(const Wish& wish, const State& state) {
  std::string meanings;
  for (const auto& scope : wish.scopes)
    meanings += "<li>" + html_escaped(scope_meaning(scope)) + "</li>";
  if (wish.permanent)
    meanings += "<li>Maintain this access indefinitely (or until manually revoked).</li>";
  const auto app = html_escaped(wish.app->name);
  auto response = html_answer(
      200,
      page_of("reddit.com: authorize application",
              "<main class=\"card dialog\"><p class=\"brand\">reddit</p><h1>" + app +
                  " would like to connect with your reddit account.</h1><p class=\"quiet\">This is "
                  "the sandbox's copy of Reddit's page: nothing leaves this machine.</p>"
                  "<form method=\"post\"><fieldset><legend>Signed in as</legend>" +
                  account_choice(state) + "</fieldset><p>Allow " + app + " to:</p><ul>" + meanings +
                  "</ul><div class=\"buttons\"><button name=\"decision\" value=\"decline\">Decline"
                  "</button><button class=\"main\" name=\"decision\" value=\"allow\">Allow</button>"
                  "</div></form></main>"));
  // The answer to the form leads to the app: browsers hold form-action against that as well.
  allow_form_target(response, origin_of(wish.redirect_uri));
  return {.response = std::move(response)};
}

Answer back_to_app(const Context& x, const Call& call, const Wish& wish,
                   const std::string& parameter) {
  auto to = wish.redirect_uri;
  to += to.find('?') == to.npos ? '?' : '&';
  to += "state=" + percent_encoded(in_query(call, "state")) + "&" + parameter;
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
  const auto in_form = [&](std::string_view name) {
    const auto found = std::ranges::find(call.fields, name, &Field::name);
    return found == call.fields.end() ? std::string() : found->value;
  };
  if (in_form("decision") != "allow") return back_to_app(x, call, wish, "error=access_denied");
  const auto* user = chosen(x.state, in_form("account"));
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
