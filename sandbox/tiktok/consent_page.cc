#include "sandbox/tiktok/consent_page.h"

#include <fmt/format.h>

#include "sandbox/page.h"
#include "sandbox/tiktok/tokens.h"

namespace herald::sandbox::tiktok {

namespace {

std::string account_choice(const State& state) {
  std::string out;
  for (const auto& [id, user] : state.users) {
    if (!user.signs_in) continue;
    out += fmt::format(
        "<label class=\"tick\"><input type=\"radio\" name=\"account\" value=\"{}\"{}>"
        "<span>{}<small>@{}</small></span></label>\n",
        id, out.empty() ? " checked" : "", html_escaped(user.nickname),
        html_escaped(user.username));
  }
  return out;
}

std::string scope_choice(const Wish& wish) {
  // Says that boxes were shown, even if none is left ticked.
  std::string out = "<input type=\"hidden\" name=\"granted\" value=\"\">\n";
  for (const auto& scope : wish.scopes)
    out += fmt::format(
        "<label class=\"tick\"><input type=\"checkbox\" name=\"granted\" value=\"{}\" checked{}>"
        "<span>{}</span></label>\n",
        html_escaped(scope), scope == "user.info.basic" ? " disabled" : "",
        html_escaped(scope_meaning(scope)));
  return out;
}

std::string origin_of(const std::string& url) {
  return url.substr(0, url.find('/', url.find("://") + 3));
}

}  // namespace

http::Response consent_page(const Wish& wish, const State& state) {
  const auto app = html_escaped(wish.app->name);
  auto page = html_answer(
      200,
      page_of("Log in with TikTok (sandbox)",
              fmt::format("<main class=\"card dialog\"><p class=\"brand\">TikTok</p>\n"
                          "<h1>Allow {} to access your account</h1>\n"
                          "<p class=\"quiet\">This is the sandbox's copy of TikTok's page: nothing "
                          "leaves this machine.</p>\n<form method=\"post\">\n"
                          "<fieldset><legend>Account</legend>\n{}</fieldset>\n"
                          "<fieldset><legend>{} would like to</legend>\n{}</fieldset>\n"
                          "<div class=\"buttons\">"
                          "<button name=\"decision\" value=\"cancel\">Cancel</button>\n"
                          "<button class=\"main\" name=\"decision\" value=\"allow\">Continue"
                          "</button></div></form></main>",
                          app, account_choice(state), app, scope_choice(wish))));
  page.headers.set("Cache-Control", "no-store");
  // The answer to the form leads to the app: browsers hold form-action against that as well.
  allow_form_target(page, origin_of(wish.redirect_uri));
  return page;
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
