#include "sandbox/twitter/pages.h"

#include <fmt/format.h>

#include "sandbox/media_answer.h"
#include "sandbox/page.h"
#include "sandbox/twitter/metrics.h"
#include "sandbox/twitter/moment.h"
#include "sandbox/twitter/posts.h"

namespace herald::sandbox::twitter {

namespace {

http::Response nothing_here(std::string_view why) {
  return html_answer(
      404,
      page_of("X (sandbox)", "<main class=\"card\"><h1>Hmm...this page doesn’t exist.</h1><p>" +
                                 html_escaped(why) + "</p></main>"));
}

std::string media_html(const Context& x, const Post& post) {
  std::string out;
  for (const auto& id : post.media) {
    const auto& medium = x.state.media.at(id);
    const auto source =
        fmt::format("/_sandbox/media/{}?type={}", medium.digest, percent_encoded(medium.type));
    if (medium.type.starts_with("video/"))
      out += fmt::format("<video controls playsinline preload=\"metadata\" src=\"{}\"></video>",
                         source);
    else
      out += fmt::format("<img alt=\"{}\" src=\"{}\">", html_escaped(medium.alt), source);
    if (!medium.alt.empty()) out += "<p class=\"quiet\">ALT: " + html_escaped(medium.alt) + "</p>";
  }
  return out;
}

std::string may_reply(const Post& post) {
  if (post.reply_settings == "following") return "Accounts the author follows can reply";
  if (post.reply_settings == "mentionedUsers") return "Only mentioned accounts can reply";
  if (post.reply_settings == "subscribers") return "Subscribers can reply";
  if (post.reply_settings == "verified") return "Verified accounts can reply";
  return "Everyone can reply";
}

std::string post_html(const Context& x, const Post& post) {
  const auto& author = x.state.users.at(post.author);
  std::string out = fmt::format(
      "<article class=\"card post\"><header><div><h2>{}</h2><small>@{} · {}</small></div></header>",
      html_escaped(author.name), html_escaped(author.username), moment(post.at_ms));
  if (!post.text.empty()) out += "<p class=\"words\">" + html_escaped(post.text) + "</p>";
  out += media_html(x, post);
  if (!post.poll.empty()) {
    out += "<ul>";
    for (const auto& option : post.poll) out += "<li>" + html_escaped(option) + "</li>";
    out += "</ul>";
  }
  if (const auto* quoted = x.state.post(post.quote))
    out += "<blockquote>" + html_escaped(quoted->text) + "</blockquote>";
  if (post.made_with_ai) out += "<p class=\"quiet\">Made with AI</p>";
  if (post.paid_partnership) out += "<p class=\"quiet\">Paid partnership</p>";
  out += fmt::format("<p class=\"words quiet\">{} · {} views</p></article>", may_reply(post),
                     metrics_of(x, post, x.now_ms()).impressions);
  return out;
}

// The post and what answers it, oldest first.
http::Response status_page(const Context& x, const Post& post) {
  std::string body = "<main class=\"card dialog\">" + post_html(x, post);
  for (const auto& [id, other] : x.state.posts)
    if (!other.deleted && id != post.id && other.conversation == post.conversation && id > post.id)
      body += post_html(x, other);
  const auto& author = x.state.users.at(post.author);
  return html_answer(200, page_of(author.name + " on X (sandbox)", body + "</main>"));
}

http::Response profile_page(const Context& x, const User& user) {
  auto body = fmt::format("<main class=\"card dialog\"><h1>{}</h1><p>@{}</p>",
                          html_escaped(user.name), html_escaped(user.username));
  for (auto it = x.state.posts.rbegin(); it != x.state.posts.rend(); ++it)
    if (it->second.author == user.id && !it->second.deleted) body += post_html(x, it->second);
  return html_answer(200, page_of(user.name + " on X (sandbox)", body + "</main>"));
}

http::Response short_link(const State& state, std::string_view code) {
  for (const auto& [id, post] : state.posts)
    for (const auto& link : post.links)
      if (link.code == code) return redirect(link.expanded);
  return nothing_here("There is no such short link.");
}

http::Response picture(const Context& x, const Call& call) {
  constexpr std::string_view kProfiles = "/profile_images/";
  constexpr std::string_view kMedia = "/media/";
  if (call.path.starts_with(kProfiles)) {
    const auto rest = call.path.substr(kProfiles.size());
    const auto user = x.state.users.find(rest.substr(0, rest.find('/')));
    if (user != x.state.users.end()) return portrait(user->second.name);
  }
  if (call.path.starts_with(kMedia)) {
    const auto* medium = x.state.medium(call.path.substr(kMedia.size()));
    if (medium != nullptr)
      return media_answer(x.world.media, medium->digest, medium->type, call.header("Range"));
  }
  return text_answer(404, "Not Found");
}

}  // namespace

Answer public_page(const Context& x, const Call& call) {
  if (call.host == "pbs.twimg.com") return {.response = picture(x, call)};
  if (call.host == "t.co") return {.response = short_link(x.state, call.path.substr(1))};
  constexpr std::string_view kStatus = "/status/";
  const auto status = call.path.find(kStatus);
  const auto* user = x.state.user_named(
      call.path.substr(1, status == call.path.npos ? call.path.npos : status - 1));
  if (user == nullptr) return {.response = nothing_here("This account doesn’t exist.")};
  if (status == call.path.npos) return {.response = profile_page(x, *user)};
  auto id = call.path.substr(status + kStatus.size());
  id.resize(std::min(id.find('/'), id.size()));
  const auto* post = x.state.post(id);
  if (post == nullptr || post->author != user->id)
    return {.response = nothing_here("This post was deleted or never was.")};
  return {.response = status_page(x, *post)};
}

}  // namespace herald::sandbox::twitter
