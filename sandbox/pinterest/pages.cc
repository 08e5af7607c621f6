#include "sandbox/pinterest/pages.h"

#include <fmt/format.h>

#include <algorithm>

#include "sandbox/media_answer.h"
#include "sandbox/page.h"
#include "sandbox/pinterest/router.h"
#include "sandbox/query.h"

namespace herald::sandbox::pinterest {

namespace {

http::Response nothing_here(std::string_view why) {
  return html_answer(404, page_of("Pinterest (sandbox)",
                                  "<main class=\"card\"><h1>Looks like you took a wrong turn."
                                  "</h1><p>" +
                                      html_escaped(why) + "</p></main>"));
}

std::string source_of(const std::string& digest, const std::string& type) {
  return fmt::format("/_sandbox/media/{}?type={}", digest, percent_encoded(type));
}

std::string paragraph(const std::string& text, std::string_view style = "words") {
  if (text.empty()) return {};
  return fmt::format("<p class=\"{}\">{}</p>", style, html_escaped(text));
}

std::string pin_html(const State& state, const Pin& pin) {
  const auto& author = state.users.at(pin.owner);
  std::string out = fmt::format(
      "<article class=\"card post\"><header><div><h2>{}</h2><small>{} on {}</small></div></header>",
      html_escaped(pin.title.empty() ? author.name : pin.title), html_escaped(author.username),
      html_escaped(state.boards.at(pin.board).name));
  out += paragraph(pin.description);
  if (!pin.film.empty())
    out += fmt::format("<video controls playsinline preload=\"metadata\" src=\"{}\"></video>",
                       source_of(state.films.at(pin.film).digest, "video/mp4"));
  for (const auto& picture : pin.pictures)
    if (pin.film.empty() && !picture.digest.empty())
      out += fmt::format("<img alt=\"{}\" src=\"{}\">", html_escaped(pin.alt_text),
                         source_of(picture.digest, picture.type));
  if (!pin.link.empty())
    out += fmt::format("<p><a href=\"{0}\">{0}</a></p>", html_escaped(pin.link));
  return out + "</article>";
}

http::Response pin_page(const State& state, const Pin& pin) {
  return html_answer(200,
                     page_of((pin.title.empty() ? "A pin" : pin.title) + " (sandbox)",
                             "<main class=\"card dialog\">" + pin_html(state, pin) + "</main>"));
}

http::Response profile_page(const State& state, const User& user) {
  auto body = fmt::format("<main class=\"card dialog\"><h1>{}</h1><p>{}</p>",
                          html_escaped(user.name), html_escaped(user.username));
  for (auto it = state.pins.rbegin(); it != state.pins.rend(); ++it)
    if (it->second.owner == user.id && !it->second.deleted) body += pin_html(state, it->second);
  return html_answer(200, page_of(user.name + " on Pinterest (sandbox)", body + "</main>"));
}

const User* user_named(const State& state, std::string_view username) {
  const auto found = std::ranges::find_if(
      state.users, [&](const auto& entry) { return entry.second.username == username; });
  return found == state.users.end() ? nullptr : &found->second;
}

http::Response picture(const Context& x, const Call& call, const std::vector<std::string>& pieces) {
  if (pieces.size() != 2) return nothing_here("There is no such picture.");
  if (pieces.front() == "people") {
    const auto* user = user_named(x.state, pieces.back());
    return user == nullptr ? nothing_here("There is no such person.") : portrait(user->name);
  }
  return media_answer(x.world.media, pieces.back(), "image/jpeg", call.header("Range"));
}

}  // namespace

Answer public_page(const Context& x, const Call& call) {
  const auto pieces = split(call.path, '/');
  if (call.host == kPictureHost) return {.response = picture(x, call, pieces)};
  if (pieces.size() == 2 && pieces.front() == "pin") {
    const auto* pin = x.state.pin(pieces.back());
    if (pin == nullptr) return {.response = nothing_here("This pin was deleted or never was.")};
    return {.response = pin_page(x.state, *pin)};
  }
  const auto* user = pieces.size() == 1 ? user_named(x.state, pieces.front()) : nullptr;
  if (user == nullptr) return {.response = nothing_here("There is no such page.")};
  return {.response = profile_page(x.state, *user)};
}

}  // namespace herald::sandbox::pinterest
