#include "sandbox/google/captions.h"

#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/google/body.h"
#include "sandbox/google/caller.h"
#include "sandbox/google/list.h"
#include "sandbox/google/query.h"
#include "sandbox/google/time.h"

namespace herald::sandbox::google {

namespace json = boost::json;

namespace {

constexpr Method kInsert{
    .rpc = "V3DataCaptionService.Insert", .scopes = kForceSsl | kPartner, .units = 400};
constexpr Method kList{
    .rpc = "V3DataCaptionService.List", .scopes = kForceSsl | kPartner, .units = 50};
constexpr std::size_t kFileMax = 100 * 1024 * 1024;
constexpr std::size_t kNameMax = 150;

std::unexpected<Fault> refuse(int code, std::string reason, std::string message,
                              std::string location = {}) {
  const auto* type = location.empty() ? "" : location == "videoId" ? "parameter" : "other";
  return std::unexpected(Fault{.code = code,
                               .message = std::move(message),
                               .domain = "youtube.caption",
                               .reason = std::move(reason),
                               .location = std::move(location),
                               .location_type = type});
}

// One's own video, or why not.
Checked<Done> check_video(const Context& google, const Caller& caller, const std::string& id,
                          const std::string& location) {
  const auto* video = google.state.video(id);
  if (video == nullptr)
    return refuse(404, "videoNotFound",
                  "The video identified by the <code>videoId</code> parameter could not be found.",
                  location);
  if (video->channel != caller.channel)
    return refuse(403, "forbidden",
                  "The permissions associated with the request are not sufficient for the caption "
                  "track. The request might not be properly authorized.");
  return Done{};
}

Checked<CaptionTrack> read_track(const Context& google, const Caller& caller,
                                 std::string_view metadata) {
  HERALD_TRY(const auto body, read_object(metadata));
  auto resource = Members(body);
  auto snippet = resource.inside("snippet");
  resource.only({"kind", "etag", "id", "snippet"});
  snippet.only({"videoId", "lastUpdated", "trackKind", "language", "name", "audioTrackType", "isCC",
                "isLarge", "isEasyReader", "isDraft", "isAutoSynced", "status", "failureReason"});
  CaptionTrack track{.video = snippet.text("videoId").value_or(""),
                     .language = snippet.text("language").value_or(""),
                     .name = snippet.text("name").value_or(""),
                     .draft = snippet.flag("isDraft").value_or(false)};
  if (resource.fault()) return std::unexpected(*resource.fault());
  if (snippet.fault()) return std::unexpected(*snippet.fault());
  if (track.video.empty() || track.language.empty() || !snippet.has("name"))
    return refuse(400, "invalidMetadata",
                  "The request contains invalid metadata values, which prevent the track from "
                  "being created.",
                  "body.snippet");
  if (track.name.size() > kNameMax)
    return refuse(400, "nameTooLong", "The name of the caption track is too long.",
                  "body.snippet.name");
  HERALD_CHECK(check_video(google, caller, track.video, "body.snippet.videoId"));
  const bool there = std::ranges::any_of(google.state.captions, [&](const auto& other) {
    return other.video == track.video && other.language == track.language &&
           other.name == track.name;
  });
  if (there)
    return refuse(409, "captionExists",
                  "The specified video already has a caption track with the given "
                  "<code>snippet.language</code> and <code>snippet.name</code>.");
  return track;
}

// Reads no more of it than is needed to tell captions from something else.
bool is_readable(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  return bytes.starts_with("WEBVTT") || bytes.substr(0, 200).find(" --> ") != bytes.npos;
}

json::object track_json(const CaptionTrack& track, const Parts& parts) {
  json::object out{{"kind", "youtube#caption"}, {"etag", ""}, {"id", track.id}};
  if (!parts.contains("snippet")) return tagged(std::move(out));
  json::object snippet{
      {"videoId", track.video},  {"lastUpdated", rfc3339(track.updated_ms)},
      {"trackKind", "standard"}, {"language", track.language},
      {"name", track.name},      {"audioTrackType", "unknown"},
      {"isCC", false},           {"isLarge", false},
      {"isEasyReader", false},   {"isDraft", track.draft},
      {"isAutoSynced", false},   {"status", track.readable ? "serving" : "failed"}};
  if (!track.readable) snippet["failureReason"] = "unknownFormat";
  out["snippet"] = std::move(snippet);
  return tagged(std::move(out));
}

http::Response add_track(Context& google, CaptionTrack track, const Parts& parts,
                         std::string_view bytes) {
  track.id = "AUie" + random_base64url(30);
  track.digest = google.world.media.keep(bytes);
  track.readable = is_readable(bytes);
  track.updated_ms = google.now_ms();
  auto response = resource_answer(200, track_json(track, parts));
  google.state.captions.push_back(std::move(track));
  return response;
}

Checked<Answer> start_session(Context& google, const Call& call, const Caller& caller,
                              const Parts& parts) {
  HERALD_CHECK(read_track(google, caller, call.body->view()));
  const auto id = "AFbx" + random_base64url(48);
  google.state.uploads[id] = {.app = caller.app,
                              .channel = caller.channel,
                              .metadata = std::string(call.body->view()),
                              .parts = {parts.begin(), parts.end()},
                              .created_ms = google.now_ms(),
                              .captions = true};
  Answer answer;
  answer.response.headers.set(
      "Location", call.link("www.googleapis.com", "/upload/youtube/v3/captions?" +
                                                      call.query_string + "&upload_id=" + id));
  answer.response.headers.set("X-GUploader-UploadID", id);
  answer.response.headers.set("Content-Type", "text/plain; charset=utf-8");
  return answer;
}

Checked<Answer> insert_multipart(Context& google, const Call& call, const Caller& caller,
                                 const Parts& parts) {
  const auto sent = parse_multipart(call.body->view(), call.header("Content-Type"));
  if (sent.size() != 2) return std::unexpected(no_media());
  HERALD_TRY(auto track, read_track(google, caller, call.part(sent[0])));
  const auto bytes = call.part(sent[1]);
  if (bytes.empty())
    return refuse(400, "contentRequired",
                  "The request does not contain the caption track contents.");
  if (bytes.size() > kFileMax)
    return refuse(413, "uploadTooLarge", "Media is too large. Limit: " + std::to_string(kFileMax));
  return Answer{.response = add_track(google, std::move(track), parts, bytes)};
}

Checked<Answer> insert(Context& google, const Call& call) {
  HERALD_TRY(const auto caller, admit(google, call, kInsert));
  HERALD_CHECK(check_common(call));
  HERALD_TRY(const auto parts, read_parts(call, {"id", "snippet"}));
  const bool multipart = call.content_type.starts_with("multipart/");
  const auto type = parameter(call, "uploadType").value_or(multipart ? "multipart" : "");
  if (type == "resumable") return start_session(google, call, caller, parts);
  if (type == "multipart") return insert_multipart(google, call, caller, parts);
  return std::unexpected(no_media());
}

Checked<http::Response> list(Context& google, const Call& call) {
  HERALD_TRY(const auto caller, admit(google, call, kList));
  HERALD_CHECK(check_common(call));
  HERALD_TRY(const auto parts, read_parts(call, {"id", "snippet"}));
  const auto video = parameter(call, "videoId");
  if (!video) return std::unexpected(missing_parameter("videoId"));
  HERALD_CHECK(check_video(google, caller, *video, "videoId"));
  json::array items;
  for (const auto& track : google.state.captions)
    if (track.video == *video) items.push_back(track_json(track, parts));
  return resource_answer(
      200, tagged({{"kind", "youtube#captionListResponse"}, {"etag", ""}, {"items", items}}));
}

}  // namespace

Answer insert_captions(Context& google, const Call& call) {
  auto answer = insert(google, call);
  return answer ? std::move(*answer) : Answer{.response = to_response(answer.error())};
}

Answer list_captions(Context& google, const Call& call) {
  return {.response = to_response(list(google, call))};
}

http::Response finish_captions(Context& google, UploadSession& upload, std::string_view bytes) {
  const Caller caller{.app = upload.app, .channel = upload.channel};
  auto track = read_track(google, caller, upload.metadata);
  auto response = track ? add_track(google, std::move(*track),
                                    {upload.parts.begin(), upload.parts.end()}, bytes)
                        : to_response(track.error());
  upload.final_status = response.status;
  upload.final_body = response.body;
  return response;
}

bool has_captions(const State& state, std::string_view video) {
  return std::ranges::any_of(state.captions, [&](const auto& track) {
    return track.video == video && track.readable && !track.draft;
  });
}

}  // namespace herald::sandbox::google
