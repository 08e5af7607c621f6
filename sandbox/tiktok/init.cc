// The init calls: direct video, draft video, photos (direct post reference, looked up 2026-09).
#include <boost/json.hpp>

#include "sandbox/tiktok/body.h"
#include "sandbox/tiktok/caps.h"
#include "sandbox/tiktok/endpoint.h"
#include "sandbox/tiktok/source.h"
#include "sandbox/tiktok/tasks.h"
#include "sandbox/tiktok/tokens.h"

namespace herald::sandbox::tiktok {

namespace json = boost::json;

namespace {

constexpr std::size_t kCaptionMax = 2200;  // UTF-16 units, all three.
constexpr std::size_t kPhotoTitleMax = 90;
constexpr std::size_t kPhotoTextMax = 4000;

Details read_details(const Body& info) {
  return {.title = info.text("title"),
          .description = info.text("description"),
          .privacy = info.text("privacy_level"),
          .no_comments = info.flag("disable_comment"),
          .no_duet = info.flag("disable_duet"),
          .no_stitch = info.flag("disable_stitch"),
          .paid_partnership = info.flag("brand_content_toggle"),
          .own_business = info.flag("brand_organic_toggle"),
          .made_by_ai = info.flag("is_aigc"),
          .with_music = info.flag("auto_add_music")};
}

Answer started(const Request& request, const Task& task) {
  json::object data{{"publish_id", task.id}};
  if (!task.pulls)
    data["upload_url"] =
        request.call.link("open-upload.tiktokapis.com", "/video/?upload_id=" + task.upload_id +
                                                            "&upload_token=" + task.upload_secret);
  auto answer = success(json::serialize(data));
  answer.publishes = task.pulls && !task.draft;  // An upload commits with its last chunk.
  return answer;
}

Task task_of(const Request& request, const Source& source, bool draft) {
  return {.app = request.app.key,
          .user = request.user.id,
          .draft = draft,
          .pulls = source.pulls,
          .size = source.size,
          .chunk_size = source.chunk_size,
          .chunks = source.chunks};
}

// Opens the task once what it pulls has been fetched.
Answer begin(Request& request, Task wanted, const Source& source) {
  std::vector<const Fetched*> files;
  for (const auto& url : source.urls) {
    const auto found = request.call.fetched.find(url);
    if (found == request.call.fetched.end()) return {.fetch_first = source.urls};
    files.push_back(&found->second);
  }
  auto& task = open_task(request.x, std::move(wanted));
  if (task.photo)
    take_photos(request.x, task, files);
  else if (task.pulls)
    take_film(request.x, task, *files.front());
  return started(request, task);
}

Checked<Done> check_length(std::string_view name, std::string_view text, std::size_t most) {
  if (utf16_units(text) > most)
    return wrong(std::string(name) + " is longer than " + std::to_string(most) + " UTF-16 units.");
  return Done{};
}

}  // namespace

Checked<Answer> begin_video(Request& request) {
  const Body body(request.call);
  auto details = read_details(body.inside("post_info"));
  if (!body.fault().empty()) return wrong(body.fault());
  HERALD_CHECK(admit_post(request.x, request.app, request.user, details));
  HERALD_CHECK(check_length("title", details.title, kCaptionMax));
  HERALD_TRY(const auto source, read_film_source(request.x, body.inside("source_info")));
  auto task = task_of(request, source, false);
  task.details = std::move(details);
  return begin(request, std::move(task), source);
}

// Clients send post_info here too; TikTok takes no notice.
Checked<Answer> begin_video_draft(Request& request) {
  const Body body(request.call);
  if (!body.fault().empty()) return wrong(body.fault());
  HERALD_TRY(const auto source, read_film_source(request.x, body.inside("source_info")));
  HERALD_CHECK(admit_draft(request.x, request.user));
  return begin(request, task_of(request, source, true), source);
}

Checked<Answer> begin_photos(Request& request) {
  const Body body(request.call);
  const auto mode = body.text("post_mode");
  auto details = read_details(body.inside("post_info"));
  const bool photo = body.text("media_type") == "PHOTO";
  if (!body.fault().empty()) return wrong(body.fault());
  if (!photo) return wrong("media_type must be PHOTO.");
  if (mode != "DIRECT_POST" && mode != "MEDIA_UPLOAD")
    return wrong("post_mode must be DIRECT_POST or MEDIA_UPLOAD.");
  const bool draft = mode == "MEDIA_UPLOAD";
  if (!has_scope(request.grant.scopes, draft ? "video.upload" : "video.publish"))
    return scope_missing(request.x);
  if (draft && request.user.old_app) return Refused(refusal("app_version_check_failed"));
  if (!draft) HERALD_CHECK(admit_post(request.x, request.app, request.user, details));
  HERALD_CHECK(check_length("title", details.title, kPhotoTitleMax));
  HERALD_CHECK(check_length("description", details.description, kPhotoTextMax));
  HERALD_TRY(const auto source, read_photo_source(request.x, body.inside("source_info")));
  if (draft) HERALD_CHECK(admit_draft(request.x, request.user));
  auto task = task_of(request, source, draft);
  task.photo = true;
  task.details = draft ? Details{.title = details.title, .description = details.description}
                       : std::move(details);
  return begin(request, std::move(task), source);
}

}  // namespace herald::sandbox::tiktok
