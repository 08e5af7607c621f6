#include "sandbox/google/videos.h"

#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/google/caller.h"
#include "sandbox/google/list.h"
#include "sandbox/google/metadata.h"
#include "sandbox/google/video.h"

namespace herald::sandbox::google {

namespace json = boost::json;

namespace {

constexpr Method kList{.rpc = "V3DataVideoService.List",
                       .scopes = kYoutube | kForceSsl | kReadonly | kPartner,
                       .takes_api_key = true};
constexpr Method kUpdate{
    .rpc = "V3DataVideoService.Update", .scopes = kYoutube | kForceSsl | kPartner, .units = 50};
constexpr Method kDelete{
    .rpc = "V3DataVideoService.Delete", .scopes = kYoutube | kForceSsl | kPartner, .units = 50};

Fault not_the_owner() {
  return {.code = 403,
          .message =
              "The request is not properly authorized to access video file or processing "
              "information. Note that the <code>fileDetails</code>, "
              "<code>processingDetails</code>, and <code>suggestions</code> parts are only "
              "available to that video's owner.",
          .domain = "youtube.video",
          .reason = "forbidden",
          .location = "part",
          .location_type = "parameter"};
}

Fault may_not_change() {
  return video_fault(403, "forbidden",
                     "The request is not properly authorized to change the video.", "body.id");
}

Fault nothing_there(std::string_view verb) {
  return {.code = 404,
          .message = "The video that you are trying to " + std::string(verb) +
                     " cannot be found. Check the value of the <code>id</code> to ensure that it "
                     "is correct.",
          .domain = "youtube.video",
          .reason = "videoNotFound",
          .location = verb == "delete" ? "id" : "body.id",
          .location_type = verb == "delete" ? "parameter" : "other"};
}

bool shown_to(const Context& google, const Video& video, const Caller& caller) {
  if (video.channel == caller.channel) return true;
  const auto status = upload_status(video, google.now_ms());
  return video.privacy != "private" && status != "failed" && status != "rejected";
}

// A new video may be left out of its owner's first lists (YU-27).
bool still_unlisted(Video& video) {
  if (video.unlisted_reads == 0) return false;
  --video.unlisted_reads;
  return true;
}

std::vector<const Video*> chosen(Context& google, const Call& call, const Caller& caller,
                                 std::string_view filter) {
  std::vector<const Video*> videos;
  if (filter == "id")
    for (const auto& id : listed(call, "id"))
      if (auto* video = google.state.video(id);
          video != nullptr && shown_to(google, *video, caller) && !still_unlisted(*video))
        videos.push_back(video);
  if (filter == "chart")
    for (const auto& video : google.state.videos)
      if (video.privacy == "public" && shown_to(google, video, {})) videos.push_back(&video);
  return videos;
}

Checked<http::Response> list(Context& google, const Call& call) {
  HERALD_TRY(const auto caller, admit(google, call, kList));
  HERALD_CHECK(check_common(call));
  HERALD_TRY(const auto parts, video_parts(call));
  HERALD_TRY(const auto filter,
             read_filter(call, {"id", "chart", "myRating"}, "myRating, chart, id"));
  HERALD_TRY(auto page, read_page(call, 5, 0, 50));
  const auto videos = chosen(google, call, caller, filter);
  const bool private_parts = parts.contains("fileDetails") || parts.contains("suggestions") ||
                             parts.contains("processingDetails");
  json::array items;
  for (const auto* video : videos) {
    const bool owner = video->channel == caller.channel;
    if (private_parts && !owner) return std::unexpected(not_the_owner());
    items.push_back(video_json(google, *video, parts, owner));
  }
  if (filter == "id") page = {.size = items.size()};
  return list_answer("youtube#videoListResponse", items, page);
}

Checked<Answer> update(Context& google, const Call& call) {
  HERALD_TRY(const auto caller, admit(google, call, kUpdate));
  HERALD_CHECK(check_common(call));
  HERALD_TRY(const auto parts, video_parts(call));
  HERALD_TRY(const auto body, read_object(call.body->view()));
  auto* video = google.state.video(Members(body).text("id").value_or(""));
  if (video == nullptr || !shown_to(google, *video, caller))
    return std::unexpected(nothing_there("update"));
  if (video->channel != caller.channel) return std::unexpected(may_not_change());
  HERALD_CHECK(rewrite(*video, body, parts, google.now_ms()));
  const bool appears = video->privacy != "private" && !reached_audience(*video);
  if (appears) video->published_ms = google.now_ms();
  tell(google, *video, "changed");
  return Answer{.response = resource_answer(200, video_json(google, *video, parts, true)),
                .publishes = appears};
}

Checked<http::Response> remove(Context& google, const Call& call) {
  HERALD_TRY(const auto caller, admit(google, call, kDelete));
  HERALD_CHECK(check_common(call));
  const auto id = parameter(call, "id");
  if (!id) return std::unexpected(missing_parameter("id"));
  const auto* video = google.state.video(*id);
  if (video == nullptr || !shown_to(google, *video, caller))
    return std::unexpected(nothing_there("delete"));
  if (video->channel != caller.channel) return std::unexpected(may_not_change());
  forget_video(google, *video);
  http::Response response;
  response.status = 204;
  return response;
}

}  // namespace

Answer list_videos(Context& google, const Call& call) {
  return {.response = to_response(list(google, call))};
}

Answer update_video(Context& google, const Call& call) {
  auto answer = update(google, call);
  return answer ? std::move(*answer) : Answer{.response = to_response(answer.error())};
}

Answer delete_video(Context& google, const Call& call) {
  return {.response = to_response(remove(google, call))};
}

}  // namespace herald::sandbox::google
