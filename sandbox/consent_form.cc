#include "sandbox/consent_form.h"

#include <fmt/format.h>

#include <algorithm>

#include "sandbox/page.h"
#include "sandbox/side.h"

namespace herald::sandbox {

namespace {

// "https://app.example:8080" of "https://app.example:8080/callback".
std::string_view origin_of(std::string_view url) {
  const auto scheme = url.find("://");
  return url.substr(0, scheme == url.npos ? scheme : url.find('/', scheme + 3));
}

}  // namespace

bool is_registered(const Settings& settings, std::string_view platform,
                   const std::string& redirect_uri) {
  return std::ranges::count(settings.redirect_uris_of(platform), redirect_uri) > 0;
}

std::string html_of(const Tick& tick) {
  return fmt::format(
      "<label class=\"tick\"><input type=\"{}\" name=\"{}\" value=\"{}\"{}{}><span>{}{}</span>"
      "</label>\n",
      tick.kind, tick.name, html_escaped(tick.value), tick.checked ? " checked" : "",
      tick.fixed ? " disabled" : "", html_escaped(tick.label),
      tick.detail.empty() ? "" : "<small>" + html_escaped(tick.detail) + "</small>");
}

http::Response consent_form(const ConsentForm& form, const std::string& redirect_uri) {
  std::string buttons;
  for (const auto& button : form.buttons)
    buttons += fmt::format("<button{} name=\"decision\" value=\"{}\">{}</button>\n",
                           &button == &form.buttons.back() ? " class=\"main\"" : "", button.value,
                           html_escaped(button.label));
  auto page = html_answer(
      200, page_of(form.title,
                   fmt::format("<main class=\"card dialog\">{}\n<h1>{}</h1>\n<p class=\"quiet\">"
                               "This is the sandbox's copy of {}'s page: nothing leaves this "
                               "machine. {}</p>\n<form method=\"post\">\n{}"
                               "<div class=\"buttons\">{}</div></form></main>",
                               form.brand, form.heading, form.company, form.note, form.choices,
                               buttons)));
  page.headers.set("Cache-Control", "no-store");
  // Browsers hold form-action against the redirect that answers the form as well.
  allow_form_target(page, origin_of(redirect_uri));
  return page;
}

http::Response refusal_page(std::string_view title, std::string_view heading, std::string_view text,
                            std::string_view why) {
  return html_answer(400, page_of(title, fmt::format("<main class=\"card\"><h1>{}</h1><p>{}</p>"
                                                     "<p class=\"quiet\">Sandbox: {}</p></main>",
                                                     html_escaped(heading), html_escaped(text),
                                                     html_escaped(why))));
}

std::string with_parameters(const std::string& address, std::string_view parameters) {
  return address + (address.find('?') == address.npos ? '?' : '&') + std::string(parameters);
}

}  // namespace herald::sandbox
