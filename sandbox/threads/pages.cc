#include "sandbox/threads/pages.h"

#include <fmt/format.h>

#include <algorithm>

#include "sandbox/page.h"
#include "sandbox/query.h"

namespace herald::sandbox::threads {

namespace {

http::Response nothing_here(std::string_view why) {
  return html_answer(404, page_of("Threads (sandbox)",
                                  "<main class=\"card\"><h1>Not all who wander are lost, but this "
                                  "page is.</h1><p>" +
                                      html_escaped(why) + "</p></main>"));
}

std::string media_html(const Post& post) {
  std::string out;
  for (const auto& medium : post.media) {
    const auto source =
        fmt::format("/_sandbox/media/{}?type={}", medium.digest, percent_encoded(medium.type));
    if (medium.type.starts_with("video/"))
      out += fmt::format("<video controls playsinline preload=\"metadata\" src=\"{}\"></video>",
                         source);
    else
      out += fmt::format("<img alt=\"{}\" src=\"{}\">", html_escaped(medium.alt_text), source);
  }
  return out;
}

std::string paragraph(const std::string& text, std::string_view style = "words") {
  if (text.empty()) return {};
  return fmt::format("<p class=\"{}\">{}</p>", style, html_escaped(text));
}

std::string post_html(const Context& x, const Post& post) {
  const auto& author = x.state.profiles.at(post.profile);
  const auto& words = post.words;
  std::string out = fmt::format(
      "<article class=\"card post\"><header><div><h2>{}</h2><small>@{}{}</small></div>"
      "</header>",
      html_escaped(author.name), html_escaped(author.username),
      post.repost_of.empty() ? "" : " reposted");
  out += paragraph(words.topic_tag, "quiet") + paragraph(words.text) + paragraph(words.long_text);
  out += media_html(post);
  if (!words.poll.empty()) {
    out += "<ul>";
    for (const auto& option : words.poll) out += "<li>" + html_escaped(option) + "</li>";
    out += "</ul>";
  }
  if (!words.link.empty())
    out += fmt::format("<p><a href=\"{0}\">{0}</a></p>", html_escaped(words.link));
  if (const auto* quoted = x.state.post(words.quote))
    out += "<blockquote>" + html_escaped(quoted->words.text) + "</blockquote>";
  return out + "</article>";
}

// The post and what answers it, oldest first.
http::Response post_page(const Context& x, const Post& post) {
  const auto& author = x.state.profiles.at(post.profile);
  std::string body = "<main class=\"card dialog\">" + post_html(x, post);
  for (const auto& [id, other] : x.state.posts)
    if (!other.removed && (other.root == post.id || other.words.reply_to == post.id))
      body += post_html(x, other);
  return html_answer(200, page_of(author.name + " on Threads (sandbox)", body + "</main>"));
}

http::Response profile_page(const Context& x, const Profile& profile) {
  auto body = fmt::format("<main class=\"card dialog\"><h1>{}</h1><p>@{}</p><p>{}</p>",
                          html_escaped(profile.name), html_escaped(profile.username),
                          html_escaped(profile.biography));
  for (auto it = x.state.posts.rbegin(); it != x.state.posts.rend(); ++it) {
    const auto& post = it->second;
    const bool shown =
        post.profile == profile.id && !post.removed && post.carousel.empty() && post.root.empty();
    if (shown) body += post_html(x, post);
  }
  return html_answer(200, page_of(profile.name + " on Threads (sandbox)", body + "</main>"));
}

const Post* post_by_code(const State& state, const Profile& profile, std::string_view code) {
  const auto found = std::ranges::find_if(state.posts, [&](const auto& entry) {
    const auto& post = entry.second;
    return post.shortcode == code && post.profile == profile.id && !post.removed &&
           post.carousel.empty();
  });
  return found == state.posts.end() ? nullptr : &found->second;
}

}  // namespace

Answer public_page(const Context& x, const Call& call) {
  const auto pieces = split(call.path, '/');
  if (pieces.empty() || !pieces.front().starts_with('@'))
    return {.response = nothing_here("There is no such page.")};
  const auto* profile = x.state.profile_named(pieces.front().substr(1));
  if (profile == nullptr) return {.response = nothing_here("There is no such profile.")};
  if (pieces.size() == 1) return {.response = profile_page(x, *profile)};
  if (pieces.size() == 2 && pieces.back() == "picture")
    return {.response = portrait(profile->name)};
  const auto* post = pieces.size() == 3 && pieces[1] == "post"
                         ? post_by_code(x.state, *profile, pieces.back())
                         : nullptr;
  if (post == nullptr) return {.response = nothing_here("This post was deleted or never was.")};
  return {.response = post_page(x, *post)};
}

}  // namespace herald::sandbox::threads
