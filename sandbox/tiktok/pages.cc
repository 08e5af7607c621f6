#include "sandbox/tiktok/pages.h"

#include <fmt/format.h>

#include <charconv>

#include "sandbox/page.h"
#include "sandbox/query.h"
#include "sandbox/tiktok/metrics.h"
#include "sandbox/tiktok/tasks.h"

namespace herald::sandbox::tiktok {

namespace {

constexpr std::string_view kPictures = "p16-sign-va.tiktokcdn.com";
constexpr std::int64_t kHourMs = 60LL * 60 * 1000;

Answer nothing_here(std::string_view why) {
  return {.response = html_answer(
              404, page_of("TikTok (sandbox)",
                           "<main class=\"card\"><h1>" + html_escaped(why) + "</h1></main>"))};
}

std::string picture_link(const Context& x, const Call& call, std::string path,
                         std::int64_t life_ms) {
  return call.link(kPictures, fmt::format("{}?x-expires={}", path, (x.now_ms() + life_ms) / 1000));
}

std::string media_html(const Post& post) {
  std::string out;
  for (const auto& medium : post.media) {
    const auto source =
        fmt::format("/_sandbox/media/{}?type={}", medium.digest, percent_encoded(medium.type));
    out += medium.type.starts_with("video/")
               ? fmt::format("<video controls playsinline preload=\"metadata\" src=\"{}\"></video>",
                             source)
               : fmt::format("<img alt=\"\" src=\"{}\">", source);
  }
  return out;
}

std::string labels_html(const Details& details) {
  std::string out;
  const auto add = [&](bool said, std::string_view label) {
    if (said) out += fmt::format("<p class=\"quiet\">{}</p>", label);
  };
  add(details.paid_partnership, "Paid partnership");
  add(details.own_business && !details.paid_partnership, "Promotional content");
  add(details.made_by_ai, "Creator labeled as AI-generated");
  add(details.with_music, "With recommended music");
  add(details.no_comments, "Comments are turned off");
  add(details.no_duet, "Duet is turned off");
  add(details.no_stitch, "Stitch is turned off");
  return out;
}

std::string post_html(const Context& x, const Post& post) {
  const auto& author = x.state.users.at(post.author);
  const auto counts = counts_of(x, post);
  std::string words;
  for (const auto* text : {&post.details.title, &post.details.description})
    if (!text->empty()) words += "<p class=\"words\">" + html_escaped(*text) + "</p>";
  return fmt::format(
      "<article class=\"card post\"><header><div><h2>{}</h2><small>@{}</small></div></header>"
      "{}{}{}<p class=\"quiet\">{} views · {} likes · {} comments · {} shares</p></article>",
      html_escaped(author.nickname), html_escaped(author.username), media_html(post), words,
      labels_html(post.details), counts.views, counts.likes, counts.comments, counts.shares);
}

Answer profile_page(const Context& x, const User& user) {
  auto body =
      fmt::format("<main class=\"card dialog\"><h1>{}</h1><p>@{}</p><p>{}</p>",
                  html_escaped(user.nickname), html_escaped(user.username), html_escaped(user.bio));
  if (user.is_private) body += "<p class=\"quiet\">This account is private</p>";
  for (auto it = x.state.posts.rbegin(); it != x.state.posts.rend(); ++it)
    if (it->second.author == user.id && is_public(x, it->second)) body += post_html(x, it->second);
  return {.response =
              html_answer(200, page_of(user.nickname + " on TikTok (sandbox)", body + "</main>"))};
}

// "/avatar/{user}.webp" and "/cover/{post}.webp", while the address lives.
Answer picture(const Context& x, const Call& call) {
  const auto expires = in_query(call, "x-expires");
  std::int64_t expires_s = 0;
  std::from_chars(expires.data(), expires.data() + expires.size(), expires_s);
  if (x.now_ms() >= expires_s * 1000) return {.response = text_answer(403, "Forbidden\n")};
  const auto slash = call.path.rfind('/');
  const auto id = call.path.substr(slash + 1, call.path.rfind('.') - slash - 1);
  const auto user = x.state.users.find(id);
  if (user != x.state.users.end()) return {.response = portrait(user->second.nickname)};
  if (const auto* post = x.state.post(id)) return {.response = portrait(post->details.title)};
  return {.response = text_answer(404, "Not Found\n")};
}

}  // namespace

std::string avatar_link(const Context& x, const Call& call, const User& user) {
  return picture_link(x, call, "/avatar/" + user.id + ".webp", 2 * kHourMs);
}

std::string cover_link(const Context& x, const Call& call, const Post& post) {
  return picture_link(x, call, "/cover/" + post.id + ".webp", 6 * kHourMs);
}

Answer public_page(const Context& x, const Call& call) {
  if (call.host == kPictures) return picture(x, call);
  if (!call.path.starts_with("/@")) return nothing_here("The sandbox has no such page.");
  const auto parts = split(call.path, '/');
  const auto* user = x.state.user_named(std::string_view(parts.front()).substr(1));
  if (user == nullptr) return nothing_here("Couldn't find this account");
  if (parts.size() == 1) return profile_page(x, *user);
  const auto* post = x.state.post(parts.back());
  if (post == nullptr || post->author != user->id || !is_public(x, *post))
    return nothing_here("Video currently unavailable");
  return {.response = html_answer(
              200, page_of(user->nickname + " on TikTok (sandbox)",
                           "<main class=\"card dialog\">" + post_html(x, *post) + "</main>"))};
}

}  // namespace herald::sandbox::tiktok
