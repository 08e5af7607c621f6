#include "sandbox/meta/facebook_pages.h"

#include <algorithm>

#include "sandbox/meta/facebook.h"
#include "sandbox/page.h"

namespace herald::sandbox::meta {

namespace {

std::string shown(const Picture& picture, const std::string& alt_text) {
  const auto source =
      "/_sandbox/media/" + picture.digest + "?type=" + percent_encoded(picture.type);
  if (picture.duration_ms > 0)
    return "<video controls playsinline preload=\"metadata\" src=\"" + source + "\"></video>";
  return "<img src=\"" + source + "\" alt=\"" + html_escaped(alt_text) + "\">";
}

std::string post_html(const State& state, const PagePost& post) {
  std::string out = "<header><h2>" + html_escaped(state.pages.at(post.page).name) + "</h2><small>" +
                    iso_time(post.visible_ms) + "</small></header>";
  if (!post.photos.empty() || !post.video.empty()) out += "<div class=\"strip\">";
  for (const auto& id : post.photos)
    out += shown(state.photos.at(id).picture, state.photos.at(id).alt_text);
  if (!post.video.empty()) out += shown(state.videos.at(post.video).picture, "");
  if (!post.photos.empty() || !post.video.empty()) out += "</div>";
  out += "<p class=\"words\">" + html_escaped(post.message) + "</p>";
  if (!post.link.empty())
    out += "<p><a href=\"" + html_escaped(post.link) + "\">" + html_escaped(post.link) + "</a></p>";
  out += "<ul>";
  for (const auto& [id, comment] : state.page_comments)
    if (comment.post == post.id && !comment.removed)
      out += "<li><b>" + html_escaped(state.pages.at(comment.page).name) + "</b> " +
             html_escaped(comment.text) + "</li>";
  return out + "</ul>";
}

bool of_page(const Page& page, const std::vector<std::string>& path) {
  return path.size() == 1 && (path[0] == page.id || path[0] == page.username);
}

}  // namespace

Answer public_page(const Call& call, const State& state) {
  const auto path = split(call.path, "/");
  std::string body;
  for (const auto& [id, page] : state.pages)
    if (of_page(page, path)) body += "<h1>" + html_escaped(page.name) + "</h1>";
  for (const auto& [id, post] : state.posts) {
    if (post.visible_ms == 0 || post.removed) continue;
    const bool itself = split(post_path(state, post), "/") == path;
    const bool listed = of_page(state.pages.at(post.page), path) && post.kind != "story";
    if (itself || listed) body += post_html(state, post);
  }
  if (body.empty())
    return {.response = html_answer(
                404, page_of("Page not found",
                             "<main class=\"card\"><h1>This content isn't available right "
                             "now</h1></main>"))};
  return {.response = html_answer(
              200, page_of("Facebook (sandbox)", "<main class=\"card post\">" + body + "</main>"))};
}

}  // namespace herald::sandbox::meta
