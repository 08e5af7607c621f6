#include "sandbox/linkedin/authorize.h"

#include <algorithm>
#include <expected>

#include "sandbox/consent_form.h"
#include "sandbox/linkedin/tokens.h"
#include "sandbox/query.h"

namespace herald::sandbox::linkedin {

namespace {

struct Wish {
  const App* app = nullptr;
  const Person* person = nullptr;
  std::string redirect_uri;
  std::string state;
  std::vector<std::string> scopes;
};

using Refusal = std::unexpected<Answer>;

// LinkedIn says little; why is for whoever tries things out here.
Refusal error_page(std::string_view why) {
  return Refusal(Answer{.response = refusal_page("LinkedIn", "Bummer, something went wrong.",
                                                 "Go back and try again.", why)});
}

Answer back_to_app(const Wish& wish, const std::string& parameters) {
  const auto state = wish.state.empty() ? "" : "&state=" + percent_encoded(wish.state);
  return {.response = redirect(with_parameters(wish.redirect_uri, parameters + state))};
}

std::string error_parameters(std::string_view error, std::string_view description) {
  return "error=" + std::string(error) + "&error_description=" + percent_encoded(description);
}

// The registration ignores query arguments.
bool registered(const Settings& settings, const std::string& redirect_uri) {
  const auto bare = [](const std::string& uri) { return uri.substr(0, uri.find('?')); };
  return redirect_uri.find('#') == redirect_uri.npos &&
         std::ranges::count(settings.redirect_uris_of("linkedin"), bare(redirect_uri), bare) > 0;
}

std::expected<Wish, Answer> read_wish(const Context& x, const Call& call) {
  Wish wish{.person = &x.state.people.begin()->second,
            .redirect_uri = in_query(call, "redirect_uri"),
            .state = in_query(call, "state"),
            .scopes = sorted_scopes(in_query(call, "scope"))};
  const auto app = x.state.apps.find(in_query(call, "client_id"));
  if (app == x.state.apps.end()) return error_page("client_id is unknown.");
  wish.app = &app->second;
  if (!registered(x.world.settings, wish.redirect_uri))
    return error_page("redirect_uri is not one of the app's: " + wish.redirect_uri);
  if (in_query(call, "response_type") != "code") return error_page("response_type is not code.");
  if (wish.scopes.empty()) return error_page("scope is missing.");
  for (const auto& scope : wish.scopes) {
    if (!scope_meaning(scope).empty() && has_scope(wish.app->scopes, scope)) continue;
    const auto why = "Scope \"" + scope + "\" is not authorized for your application";
    if (x.choice("unowned_scope") == "page") return error_page(why);
    return Refusal(back_to_app(wish, error_parameters("unauthorized_scope_error", why)));
  }
  return wish;
}

Answer show(const Wish& wish) {
  std::string meanings;
  for (const auto& scope : wish.scopes)
    meanings += "<li>" + html_escaped(scope_meaning(scope)) + "</li>";
  const auto app = html_escaped(wish.app->name);
  return {.response = consent_form(
              {.title = "Authorize | LinkedIn",
               .company = "LinkedIn",
               .brand = "<p class=\"brand\">Linked<b>in</b></p>",
               .heading = app + " would like to:",
               .note = "Signed in as " + html_escaped(wish.person->name()) + ".",
               .choices = "<ul>" + meanings +
                          "</ul><p class=\"quiet\">You can stop this integration in your settings "
                          "at any time.</p>",
               .buttons = {{"leave", "Not you?"}, {"cancel", "Cancel"}, {"allow", "Allow"}}},
              wish.redirect_uri)};
}

Answer give_code(Context& x, const Wish& wish) {
  const auto grant =
      open_grant(x, {.app = wish.app->id, .person = wish.person->id, .scopes = wish.scopes});
  const auto code =
      issue_code(x, {.app = wish.app->id, .grant = grant, .redirect_uri = wish.redirect_uri});
  return back_to_app(wish, "code=" + code);
}

}  // namespace

Answer authorize(Context& x, const Call& call) {
  auto read = read_wish(x, call);
  if (!read) return std::move(read).error();
  const auto& wish = *read;
  if (call.method != "POST") {
    const bool allowed =
        standing_grant(x.state,
                       {.app = wish.app->id, .person = wish.person->id, .scopes = wish.scopes}) !=
        nullptr;
    return allowed && x.on("skip_consent") ? give_code(x, wish) : show(wish);
  }
  const auto said = field_of(call, "decision");
  if (said == "leave")
    return back_to_app(
        wish, error_parameters("user_cancelled_login", "The user cancelled LinkedIn login"));
  if (said != "allow")
    return back_to_app(
        wish, error_parameters("user_cancelled_authorize", "The user cancelled the authorization"));
  return give_code(x, wish);
}

}  // namespace herald::sandbox::linkedin
