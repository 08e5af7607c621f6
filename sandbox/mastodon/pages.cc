#include "sandbox/mastodon/pages.h"

#include <fmt/format.h>

#include "sandbox/mastodon/media.h"
#include "sandbox/mastodon/posts.h"
#include "sandbox/mastodon/text.h"
#include "sandbox/media_answer.h"
#include "sandbox/page.h"
#include "sandbox/query.h"

namespace herald::sandbox::mastodon {

namespace {

http::Response nothing_here(std::string_view why) {
  return html_answer(404, page_of("Mastodon (sandbox)",
                                  "<main class=\"card\"><h1>The page you are looking for isn't "
                                  "here.</h1><p>" +
                                      html_escaped(why) + "</p></main>"));
}

std::string media_html(const Medium& medium) {
  const auto source = "/_sandbox/media/" + medium.digest + "?type=" + percent_encoded(medium.mime);
  if (medium.type == "video")
    return fmt::format("<video controls playsinline preload=\"metadata\" src=\"{}\"></video>",
                       source);
  if (medium.type == "audio") return fmt::format("<audio controls src=\"{}\"></audio>", source);
  return fmt::format("<img alt=\"{}\" src=\"{}\">", html_escaped(medium.description), source);
}

std::string post_html(const Context& x, const Status& status) {
  const auto& author = x.state.accounts.at(status.account);
  auto out = fmt::format(
      "<article class=\"card post\"><header><div><h2>{}</h2><small>@{}@{}</small></div></header>",
      html_escaped(author.display_name), author.username, html_escaped(handle_domain(x)));
  if (!status.spoiler.empty()) out += "<p class=\"quiet\">" + html_escaped(status.spoiler) + "</p>";
  out += "<p class=\"words\">" + html_escaped(status.text) + "</p>";
  for (const auto& id : status.media) out += media_html(x.state.media.at(id));
  if (!status.poll.options.empty()) {
    out += "<ul>";
    for (const auto& option : status.poll.options) out += "<li>" + html_escaped(option) + "</li>";
    out += "</ul>";
  }
  if (const auto* quoted = x.state.status(status.quoted))
    out += "<blockquote>" + html_escaped(quoted->text) + "</blockquote>";
  return out + "</article>";
}

// The post and what answers it, oldest first.
http::Response post_page(const Context& x, const Status& status) {
  auto body = "<main class=\"card dialog\">" + post_html(x, status);
  for (const auto& [id, other] : x.state.statuses)
    if (!other.removed && other.in_reply_to == status.id && visible_to(other, nullptr))
      body += post_html(x, other);
  const auto& author = x.state.accounts.at(status.account);
  return html_answer(200, page_of(author.display_name + " (sandbox)", body + "</main>"));
}

http::Response profile_page(const Context& x, const Account& account) {
  auto body = fmt::format("<main class=\"card dialog\"><h1>{}</h1><p>@{}@{}</p><p>{}</p>",
                          html_escaped(account.display_name), account.username,
                          html_escaped(handle_domain(x)), html_escaped(account.note));
  for (auto it = x.state.statuses.rbegin(); it != x.state.statuses.rend(); ++it) {
    const auto& status = it->second;
    if (status.account == account.id && !status.removed && visible_to(status, nullptr))
      body += post_html(x, status);
  }
  return html_answer(200, page_of(account.display_name + " (sandbox)", body + "</main>"));
}

http::Response file(const Context& x, const Call& call) {
  for (const auto& [id, medium] : x.state.media)
    if (file_path(medium) == call.path)
      return media_answer(x.world.media, medium.digest, medium.mime, call.header("Range"));
  return nothing_here("There is no such file.");
}

}  // namespace

Answer public_page(const Context& x, const Call& call) {
  if (call.path.starts_with("/system/")) return {.response = file(x, call)};
  const auto pieces = split(call.path, '/');
  if (pieces.size() == 2 && pieces.front() == "avatars") {
    const auto* account = x.state.account_named(pieces.back().substr(0, pieces.back().find('.')));
    return {.response = account == nullptr ? nothing_here("There is nobody of that name.")
                                           : portrait(account->display_name)};
  }
  if (pieces.empty() || pieces.size() > 2 || !pieces.front().starts_with('@'))
    return {.response = nothing_here("There is no such page.")};
  const auto* account = x.state.account_named(pieces.front().substr(1));
  if (account == nullptr) return {.response = nothing_here("There is nobody of that name.")};
  if (pieces.size() == 1) return {.response = profile_page(x, *account)};
  const auto* status = x.state.status(pieces.back());
  if (status == nullptr || status->account != account->id || !visible_to(*status, nullptr))
    return {.response = nothing_here("This post was deleted, or is not for everybody.")};
  return {.response = post_page(x, *status)};
}

}  // namespace herald::sandbox::mastodon
