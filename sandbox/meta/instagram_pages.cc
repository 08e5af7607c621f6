#include "sandbox/meta/instagram_pages.h"

#include <algorithm>

#include "sandbox/media_answer.h"
#include "sandbox/meta/graph.h"
#include "sandbox/page.h"

namespace herald::sandbox::meta {

namespace {

Answer not_found() {
  return {.response = html_answer(404, page_of("Page not found",
                                               "<main class=\"card\"><h1>Sorry, this page isn't "
                                               "available.</h1></main>"))};
}

const Media* find_media(const State& state, const std::vector<std::string>& path) {
  for (const auto& [id, media] : state.media) {
    const bool named = path[0] == "stories" ? path.size() == 3 && id == path[2]
                                            : path.size() == 2 && media.shortcode == path[1];
    if (named && !media.removed && media.parent.empty()) return &media;
  }
  return nullptr;
}

std::string shown(const Picture& picture, const std::string& alt_text) {
  const auto source =
      "/_sandbox/media/" + picture.digest + "?type=" + percent_encoded(picture.type);
  if (picture.duration_ms > 0)
    return "<video controls playsinline preload=\"metadata\" src=\"" + source + "\"></video>";
  return "<img src=\"" + source + "\" alt=\"" + html_escaped(alt_text) + "\">";
}

}  // namespace

Answer post_page(const Call& call, const World& world, const State& state) {
  (void)world;
  const auto path = split(call.path, "/");
  const bool shaped =
      path.size() >= 2 && (path[0] == "p" || path[0] == "reel" || path[0] == "stories");
  const auto* media = shaped ? find_media(state, path) : nullptr;
  if (media == nullptr) return not_found();
  std::string body = "<main class=\"card post\"><header><h2>@" +
                     html_escaped(state.accounts.at(media->account).username) + "</h2><small>" +
                     iso_time(media->at_ms) +
                     "</small></header>"
                     "<div class=\"strip\">";
  for (const auto& picture : media->pictures) body += shown(picture, media->alt_text);
  body += "</div><p class=\"words\">" + html_escaped(media->caption) + "</p><ul>";
  for (const auto& [id, comment] : state.comments)
    if (comment.media == media->id)
      body += "<li><b>" + html_escaped(comment.username) + "</b> " + html_escaped(comment.text) +
              "</li>";
  return {.response = html_answer(200, page_of("Instagram (sandbox)", body + "</ul></main>"))};
}

Answer file(const Call& call, const World& world, const State& state) {
  const auto path = split(call.path, "/.");
  if (path.size() == 3 && path[0] == "media")
    return {.response =
                media_answer(world.media, path[1], path[2] == "mp4" ? "video/mp4" : "image/jpeg",
                             call.header("Range"))};
  if (path.size() != 3 || path[0] != "avatar") return not_found();
  std::string name = "?";
  if (const auto page = state.pages.find(path[1]); page != state.pages.end())
    name = page->second.name;
  if (const auto held = state.accounts.find(path[1]); held != state.accounts.end())
    name = held->second.name;
  return {.response = portrait(name)};
}

}  // namespace herald::sandbox::meta
