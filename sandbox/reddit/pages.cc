#include "sandbox/reddit/pages.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "sandbox/media_answer.h"
#include "sandbox/page.h"
#include "sandbox/query.h"
#include "sandbox/reddit/metrics.h"
#include "sandbox/reddit/posts.h"

namespace herald::sandbox::reddit {

namespace json = boost::json;

namespace {

http::Response nothing_here(std::string_view why) {
  return html_answer(404,
                     page_of("reddit (sandbox)", "<main class=\"card\"><h1>page not found</h1><p>" +
                                                     html_escaped(why) + "</p></main>"));
}

std::string media_html(const Context& x, const Post& post) {
  std::string out;
  for (const auto& picture : post.pictures) {
    const auto& asset = x.state.assets.at(picture.asset);
    const auto source =
        fmt::format("/_sandbox/media/{}?type={}", asset.digest, percent_encoded(asset.type));
    if (asset.type.starts_with("video/"))
      out += fmt::format("<video controls playsinline preload=\"metadata\" src=\"{}\"></video>",
                         source);
    else
      out += fmt::format("<img alt=\"{}\" src=\"{}\">", html_escaped(picture.caption), source);
    if (!picture.caption.empty())
      out += "<p class=\"quiet\">" + html_escaped(picture.caption) + "</p>";
  }
  return out;
}

std::string post_html(const Context& x, const Post& post) {
  const auto& author = x.state.users.at(post.author);
  std::string tags;
  if (!post.flair_text.empty())
    tags += " <span class=\"kind\">" + html_escaped(post.flair_text) + "</span>";
  if (post.nsfw) tags += " <span class=\"kind\">NSFW</span>";
  if (post.spoiler) tags += " <span class=\"kind\">spoiler</span>";
  std::string out = fmt::format(
      "<article class=\"card post\"><header><div><h2>{}</h2><small>{} · u/{}</small></div>"
      "<div class=\"tags\">{}</div></header>",
      html_escaped(post.title), html_escaped(post.community), html_escaped(author.name), tags);
  if (!post.removed_by.empty())
    out += "<p class=\"words\"><b class=\"state\">removed: " + html_escaped(post.removed_by) +
           "</b></p>";
  if (post.kind == "link")
    out += fmt::format("<p class=\"words\"><a href=\"{0}\">{0}</a></p>", html_escaped(post.url));
  if (!post.text.empty()) out += "<p class=\"words\">" + html_escaped(post.text) + "</p>";
  out += media_html(x, post);
  std::string comments;
  for (const auto& [id, comment] : x.state.comments)
    if (comment.post == post.id && !comment.deleted)
      comments += "<li><b>u/" + html_escaped(x.state.users.at(comment.author).name) + "</b> " +
                  html_escaped(comment.text) + "</li>";
  if (!comments.empty()) out += "<ul aria-label=\"Comments\">" + comments + "</ul>";
  return out +
         fmt::format("<p class=\"words quiet\">{} points</p></article>", metrics_of(x, post).score);
}

template <class Wanted>
http::Response list_page(const Context& x, const std::string& title, Wanted wanted) {
  auto body = "<main class=\"card dialog\"><h1>" + html_escaped(title) + "</h1>";
  for (auto it = x.state.posts.rbegin(); it != x.state.posts.rend(); ++it)
    if (!it->second.deleted && it->second.removed_by.empty() && wanted(it->second))
      body += post_html(x, it->second);
  return html_answer(200, page_of(title + " (sandbox)", body + "</main>"));
}

http::Response post_page(const Context& x, const std::string& id) {
  const auto found = x.state.posts.find(id);
  if (found == x.state.posts.end() || found->second.deleted)
    return nothing_here("This post was deleted or never was.");
  return html_answer(
      200, page_of(found->second.title + " (sandbox)",
                   "<main class=\"card dialog\">" + post_html(x, found->second) + "</main>"));
}

http::Response medium(const Context& x, const Call& call) {
  const auto name = call.path.substr(1);
  const auto found = x.state.assets.find(name.substr(0, name.find_first_of("./")));
  if (found == x.state.assets.end() || found->second.digest.empty())
    return text_answer(404, "Not Found");
  return media_answer(x.world.media, found->second.digest, found->second.type,
                      call.header("Range"));
}

// A websocket is not served. A plain GET of its address answers the message that it would carry, or
// 204 as long as there is none.
http::Response socket_message(const State& state, const std::string& socket) {
  const auto found = state.pending.find(socket);
  if (found == state.pending.end()) return text_answer(404, "Not Found");
  if (!found->second.over) return text_answer(204, "");
  const bool failed = found->second.fails;
  json::object payload;
  if (!failed) payload["redirect"] = "https://www.reddit.com" + found->second.redirect;
  return json_answer(200, json::serialize(json::object{{"type", failed ? "failed" : "success"},
                                                       {"payload", payload}}));
}

}  // namespace

Answer public_page(const Context& x, const Call& call) {
  if (call.host == "ws-sandbox.example")
    return {.response = socket_message(x.state, call.path.substr(1))};
  if (call.host == "i.redd.it" || call.host == "v.redd.it") return {.response = medium(x, call)};
  const auto parts = split(call.path, '/');
  if (call.host == "styles.redditmedia.com")
    return {.response = portrait(parts.empty() ? "" : parts.back())};
  if (parts.size() >= 4 && parts[2] == "comments") return {.response = post_page(x, parts[3])};
  if (parts.size() == 2 && parts[0] == "gallery") return {.response = post_page(x, parts[1])};
  if (parts.size() < 2) return {.response = nothing_here("There is nothing to see here.")};
  const auto name = lower(parts[1]);
  if (parts[0] == "r" && x.state.communities.contains(name)) {
    const auto& community = x.state.communities.at(name);
    if (community.type == "private" || community.type == "banned")
      return {.response = nothing_here("This community is " + community.type + ".")};
    return {.response = list_page(x, "r/" + community.name,
                                  [&](const Post& post) { return lower(post.community) == name; })};
  }
  const auto* user = x.state.user_named(name);
  if (user == nullptr || (parts[0] != "user" && parts[0] != "u"))
    return {.response = nothing_here("There is nothing to see here.")};
  return {.response = list_page(x, "u/" + user->name,
                                [&](const Post& post) { return post.author == user->id; })};
}

}  // namespace herald::sandbox::reddit
