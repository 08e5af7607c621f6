#include "sandbox/google/consent_page.h"

#include <fmt/format.h>

#include "sandbox/google/tokens.h"
#include "sandbox/page.h"

namespace herald::sandbox::google {

namespace {

// Everything the app asked for goes through the form again, and is checked again there.
std::string hidden_fields(const Call& call) {
  std::string out;
  for (const auto& field : call.query)
    out += fmt::format("<input type=\"hidden\" name=\"{}\" value=\"{}\">\n",
                       html_escaped(field.name), html_escaped(field.value));
  return out;
}

std::string account_choice(const Directory& directory, const Call& call) {
  const auto* chosen = directory.hinted(call.get("login_hint"));
  if (chosen == nullptr) chosen = &directory.identities().front();
  std::string out = "<fieldset><legend>Choose an account or a brand account</legend>\n";
  for (const auto& identity : directory.identities())
    out += fmt::format(
        "<label class=\"tick\"><input type=\"radio\" name=\"account\" value=\"{}\"{}>"
        "<span>{}<small>{} · {}</small></span></label>\n",
        html_escaped(identity.channel), &identity == chosen ? " checked" : "",
        html_escaped(identity.channel_title), html_escaped(identity.name),
        html_escaped(identity.email));
  return out + "</fieldset>\n";
}

// Google shows boxes only when there is more than one thing to refuse.
std::string scope_choice(const AuthorizeRequest& request) {
  std::vector<std::string> asked;
  for (const auto& scope : request.scopes)
    if (!sign_in_scope(scope)) asked.push_back(scope);
  if (asked.empty()) return {};
  std::string out = fmt::format("<fieldset><legend>Select what {} can access</legend>\n",
                                html_escaped(request.app->name));
  for (const auto& scope : asked) {
    const auto value = html_escaped(scope);
    const auto meaning = html_escaped(scope_meaning(scope));
    if (asked.size() == 1)
      out += fmt::format("<input type=\"hidden\" name=\"granted\" value=\"{}\"><p>{}</p>\n", value,
                         meaning);
    else
      out += fmt::format(
          "<label class=\"tick\"><input type=\"checkbox\" name=\"granted\" value=\"{}\" checked>"
          "<span>{}</span></label>\n",
          value, meaning);
  }
  return out + "</fieldset>\n";
}

// "https://app.example:8080" of "https://app.example:8080/callback".
std::string origin_of(const std::string& url) {
  const auto scheme = url.find("://");
  return url.substr(0, scheme == url.npos ? scheme : url.find('/', scheme + 3));
}

}  // namespace

http::Response consent_page(const Directory& directory, const Call& call,
                            const AuthorizeRequest& request) {
  const auto body = fmt::format(
      "<main class=\"card\"><div class=\"brand google\">Sign in with Google</div>\n"
      "<h1>{} wants access to your Google Account</h1>\n"
      "<form method=\"post\" action=\"consent\">\n{}{}{}"
      "<p class=\"quiet\">This is the sandbox: no real account is touched.</p>\n"
      "<div class=\"buttons\"><button name=\"decision\" value=\"cancel\">Cancel</button>\n"
      "<button class=\"main\" name=\"decision\" value=\"continue\">Continue</button></div>\n"
      "</form></main>",
      html_escaped(request.app->name), hidden_fields(call), account_choice(directory, call),
      scope_choice(request));
  auto page = html_answer(200, page_of("Sign in with Google (sandbox)", body));
  page.headers.set("Cache-Control", "no-store");
  allow_form_target(page, origin_of(request.redirect_uri));
  return page;
}

http::Response error_page(int status, std::string_view error, std::string_view text) {
  return html_answer(status,
                     page_of("Error (sandbox)",
                             fmt::format("<main class=\"card\">"
                                         "<div class=\"brand google\">Sign in with Google</div>\n"
                                         "<h1>Access blocked: this app's request is invalid</h1>\n"
                                         "<p>{}</p>\n<p class=\"quiet\">Error {}: {}</p></main>",
                                         html_escaped(text), status, html_escaped(error))));
}

}  // namespace herald::sandbox::google
