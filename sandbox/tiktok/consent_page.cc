#include "sandbox/tiktok/consent_page.h"

#include "sandbox/consent_form.h"
#include "sandbox/page.h"
#include "sandbox/tiktok/tokens.h"

namespace herald::sandbox::tiktok {

namespace {

std::string account_choice(const State& state) {
  std::string out;
  for (const auto& [id, user] : state.users) {
    if (!user.signs_in) continue;
    out += html_of({.kind = "radio",
                    .name = "account",
                    .value = id,
                    .label = user.nickname,
                    .detail = "@" + user.username,
                    .checked = out.empty()});
  }
  return out;
}

std::string scope_choice(const Wish& wish) {
  // Says that boxes were shown, even if none is left ticked.
  std::string out = "<input type=\"hidden\" name=\"granted\" value=\"\">\n";
  for (const auto& scope : wish.scopes)
    out += html_of({.name = "granted",
                    .value = scope,
                    .label = std::string(scope_meaning(scope)),
                    .fixed = scope == "user.info.basic"});
  return out;
}

}  // namespace

http::Response consent_page(const Wish& wish, const State& state) {
  const auto app = html_escaped(wish.app->name);
  return consent_form({.title = "Log in with TikTok (sandbox)",
                       .company = "TikTok",
                       .brand = "<p class=\"brand\">TikTok</p>",
                       .heading = "Allow " + app + " to access your account",
                       .choices = "<fieldset><legend>Account</legend>" + account_choice(state) +
                                  "</fieldset><fieldset><legend>" + app +
                                  " would like to</legend>" + scope_choice(wish) + "</fieldset>",
                       .buttons = {{"cancel", "Cancel"}, {"allow", "Continue"}}},
                      wish.redirect_uri);
}

http::Response settings_page(const std::vector<std::string>& parameters) {
  std::string list;
  for (const auto& name : parameters) list += "<li>" + html_escaped(name) + "</li>";
  return html_answer(
      400, page_of("TikTok (sandbox)",
                   "<main class=\"card\"><p class=\"brand\">TikTok</p><h1>Something went wrong</h1>"
                   "<p>We couldn't log in with TikTok. This may be due to specific app settings."
                   "</p><p>If you're a developer, correct the following and try again:</p><ul>" +
                       list + "</ul></main>"));
}

}  // namespace herald::sandbox::tiktok
