#include "sandbox/google/watch.h"

#include <fmt/format.h>

#include "sandbox/google/time.h"
#include "sandbox/google/video.h"
#include "sandbox/media_answer.h"
#include "sandbox/page.h"

namespace herald::sandbox::google {

namespace {

http::Response unavailable(int status, std::string_view why) {
  return html_answer(status, page_of("YouTube (sandbox)",
                                     fmt::format("<main class=\"card\"><h1>Video unavailable</h1>"
                                                 "<p>{}</p></main>",
                                                 html_escaped(why))));
}

std::string comments_of(const Context& google, const Video& video) {
  std::string out;
  for (const auto& comment : google.state.comments) {
    if (comment.video != video.id) continue;
    const auto* author = google.directory.identity(comment.channel);
    out += fmt::format("<li><b>{}</b> {}</li>", html_escaped(author->handle),
                       html_escaped(comment.text));
  }
  return out.empty() ? out : "<ul>" + out + "</ul>";
}

std::string poster_of(const Video& video) {
  if (video.thumbnail.empty()) return {};
  return fmt::format(" poster=\"/_sandbox/media/{}?type=image%2Fjpeg\"", video.thumbnail);
}

}  // namespace

Answer watch_page(const Context& google, const Call& call) {
  auto id = call.get("v");
  if (call.host == "youtu.be")
    return {.response = redirect("https://www.youtube.com/watch?v=" +
                                 percent_encoded(call.path.substr(1)))};
  if (call.path.starts_with("/shorts/")) id = call.path.substr(8);
  const auto* video = google.state.video(id);
  if (video == nullptr)
    return {.response = unavailable(404, "This video isn't available anymore.")};
  if (video->privacy == "private") return {.response = unavailable(200, "This video is private.")};
  const auto status = upload_status(*video, google.now_ms());
  if (status == "failed" || status == "rejected")
    return {.response = unavailable(200, "This video has been removed.")};
  if (status == "uploaded")
    return {.response = unavailable(200, "We're processing this video. Check back later.")};
  const auto* owner = google.directory.identity(video->channel);
  const auto body = fmt::format(
      "<main class=\"card post\"><video controls playsinline preload=\"metadata\"{} "
      "src=\"/_sandbox/media/{}?type={}\"></video><header><h1>{}</h1><small>{} · {} · {} views"
      "</small></header><p class=\"words\">{}</p>{}</main>",
      poster_of(*video), video->digest,
      percent_encoded(video->file_type.starts_with("video/") ? video->file_type : "video/mp4"),
      html_escaped(video->title), html_escaped(owner->channel_title),
      rfc3339(video->published_ms).substr(0, 10), plays(google, *video, 0, google.now_ms()),
      html_escaped(video->description), comments_of(google, *video));
  return {.response = html_answer(200, page_of(video->title + " - YouTube (sandbox)", body))};
}

Answer thumbnail(const Context& google, const Call& call) {
  constexpr std::string_view kFolder = "/vi/";
  if (!call.path.starts_with(kFolder)) return {.response = text_answer(404, "Not Found")};
  const auto rest = call.path.substr(kFolder.size());
  const auto* video = google.state.video(rest.substr(0, rest.find('/')));
  if (video == nullptr || video->thumbnail.empty())
    return {.response = text_answer(404, "Not Found")};
  return {.response = media_answer(google.world.media, video->thumbnail, "image/jpeg",
                                   call.header("Range"))};
}

Answer channel_picture(const Context& google, const Call& call) {
  const auto* owner = google.directory.identity(call.path.substr(1, call.path.find('=') - 1));
  if (owner == nullptr) return {.response = text_answer(404, "Not Found")};
  return {.response = portrait(owner->channel_title)};
}

}  // namespace herald::sandbox::google
