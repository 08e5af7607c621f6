#include "sandbox/google/insert.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <charconv>

#include "sandbox/google/list.h"
#include "sandbox/google/metadata.h"
#include "sandbox/google/quota.h"
#include "sandbox/google/time.h"
#include "sandbox/google/video.h"
#include "sandbox/video_facts.h"

namespace herald::sandbox::google {

namespace json = boost::json;

namespace {

constexpr Method kInsert{.rpc = "V3DataVideoService.Insert",
                         .scopes = kYoutube | kForceSsl | kUpload | kPartner,
                         .inserts_video = true};
constexpr std::uint64_t kFileMax = 256ULL * 1024 * 1024 * 1024;
constexpr std::int64_t kProcessingMs = 8000;
constexpr std::int64_t kUsualMaxMs = 15LL * 60 * 1000;  // Channels without verification.
constexpr std::int64_t kLongMaxMs = 12LL * 60 * 60 * 1000;

constexpr std::array<std::string_view, 10> kRejections = {
    "claim",  "copyright",  "duplicate", "inappropriate",         "legal",
    "length", "termsOfUse", "trademark", "uploaderAccountClosed", "uploaderAccountSuspended"};

bool video_type(std::string_view type) {
  return type.starts_with("video/") || type == "application/octet-stream";
}

std::unexpected<Fault> bad_content(const std::string& type) {
  return std::unexpected(Fault{.message = "Media type '" + type +
                                          "' is not supported. Valid media types: [video/*, "
                                          "application/octet-stream]",
                               .reason = "badContent"});
}

std::unexpected<Fault> too_large() {
  return std::unexpected(Fault{.code = 413,
                               .message = "Media is too large. Limit: " + std::to_string(kFileMax),
                               .reason = "uploadTooLarge"});
}

// "video/mp4" of "video/mp4; codecs=avc1".
std::string bare_type(std::string type) {
  type.resize(std::min(type.find(';'), type.size()));
  while (type.ends_with(' ')) type.pop_back();
  return type;
}

// All but the bytes: what the metadata may be, and whether this channel may upload today.
Checked<UploadSession> read_upload(Context& google, const Call& call, const Caller& caller,
                                   std::string_view metadata) {
  HERALD_CHECK(check_common(call));
  HERALD_TRY(const auto parts, video_parts(call));
  HERALD_TRY(const auto body, read_object(metadata));
  UploadSession upload{.app = caller.app,
                       .channel = caller.channel,
                       .metadata = std::string(metadata),
                       .parts = {parts.begin(), parts.end()},
                       .file_name = call.header("Slug"),
                       .created_ms = google.now_ms()};
  HERALD_CHECK(read_draft(body, parts, upload.file_name));
  return upload;
}

Checked<std::optional<std::uint64_t>> declared_size(const Call& call) {
  const auto text = call.header("X-Upload-Content-Length");
  if (text.empty()) return std::nullopt;
  std::uint64_t size = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size);
  if (error != std::errc() || end != text.data() + text.size())
    return std::unexpected(bad_parameter("X-Upload-Content-Length", "Invalid value: " + text));
  if (size == 0) return std::unexpected(no_media());
  if (size > kFileMax) return too_large();
  return size;
}

Checked<Answer> start_session(Context& google, const Call& call, const Caller& caller) {
  HERALD_TRY(auto upload, read_upload(google, call, caller, call.body->view()));
  upload.file_type = bare_type(call.header("X-Upload-Content-Type"));
  if (upload.file_type.empty()) upload.file_type = "application/octet-stream";
  if (!video_type(upload.file_type)) return bad_content(upload.file_type);
  HERALD_TRY(upload.total, declared_size(call));
  if (!charge_channel(google, caller.channel)) return std::unexpected(upload_limit_exceeded());
  const auto id = "AFbx" + random_base64url(48);
  google.state.uploads[id] = std::move(upload);
  Answer answer;
  answer.response.headers.set(
      "Location", call.link("www.googleapis.com",
                            "/upload/youtube/v3/videos?" + call.query_string + "&upload_id=" + id));
  answer.response.headers.set("X-GUploader-UploadID", id);
  answer.response.headers.set("Content-Type", "text/plain; charset=utf-8");
  return answer;
}

Checked<Answer> insert_at_once(Context& google, const Call& call, const Caller& caller,
                               std::string_view metadata, std::string_view bytes,
                               std::string type) {
  HERALD_TRY(auto upload, read_upload(google, call, caller, metadata));
  upload.file_type = bare_type(std::move(type));
  if (bytes.empty()) return std::unexpected(no_media());
  if (!video_type(upload.file_type)) return bad_content(upload.file_type);
  if (!charge_channel(google, caller.channel)) return std::unexpected(upload_limit_exceeded());
  return Answer{.response = finish_insert(google, upload, bytes), .publishes = true};
}

Checked<Answer> insert_multipart(Context& google, const Call& call, const Caller& caller) {
  const auto parts = parse_multipart(call.body->view(), call.header("Content-Type"));
  if (parts.size() != 2) return std::unexpected(no_media());
  auto type = parts[1].content_type;
  return insert_at_once(google, call, caller, call.part(parts[0]), call.part(parts[1]),
                        std::move(type));
}

Checked<Answer> insert(Context& google, const Call& call) {
  HERALD_TRY(const auto caller, admit(google, call, kInsert));
  const bool multipart = call.content_type.starts_with("multipart/");
  const auto type = parameter(call, "uploadType").value_or(multipart ? "multipart" : "media");
  if (type == "resumable") return start_session(google, call, caller);
  if (type == "multipart") return insert_multipart(google, call, caller);
  if (type == "media")
    return insert_at_once(google, call, caller, {}, call.body->view(), call.content_type);
  return std::unexpected(bad_parameter("uploadType", "Invalid value '" + type + "'."));
}

Answer settled(Checked<Answer> answer) {
  if (answer) return std::move(*answer);
  return {.response = to_response(answer.error())};
}

void look_at_file(Video& video, std::string_view bytes) {
  video.size = bytes.size();
  if (const auto facts = video_facts(bytes)) {
    video.duration_ms = facts->duration_ms;
    video.width = facts->width;
    video.height = facts->height;
    return;
  }
  // Matroska and WebM, AVI, FLV, MPEG: taken as good without a look inside.
  const auto head = bytes.substr(0, 4);
  const bool known = head == "\x1A\x45\xDF\xA3" || head == "RIFF" || head.starts_with("FLV") ||
                     head == std::string_view("\0\0\1\xBA", 4);
  if (!known) video.failure = "invalidFile";
}

// How processing will end, unless the control API has said so.
void foresee(Context& google, Video& video) {
  const bool twin = std::ranges::any_of(google.state.videos, [&](const Video& other) {
    return other.channel == video.channel && other.digest == video.digest &&
           other.failure.empty() && other.rejection.empty();
  });
  if (video.failure.empty() && twin) video.rejection = "duplicate";
  const bool long_allowed = google.choice("long_uploads") == "allowed";
  if (video.failure.empty() && video.duration_ms > (long_allowed ? kLongMaxMs : kUsualMaxMs))
    video.rejection = "length";
  if (google.state.outcomes.empty()) return;
  const auto asked = google.state.outcomes.front();
  google.state.outcomes.erase(google.state.outcomes.begin());
  const bool rejected = std::ranges::find(kRejections, asked) != kRejections.end();
  video.failure = rejected || asked == "processed" ? "" : asked;
  video.rejection = rejected ? asked : "";
}

}  // namespace

Answer insert_video(Context& google, const Call& call) { return settled(insert(google, call)); }

Answer insert_without_media(Context& google, const Call& call) {
  const auto caller = admit(google, call, kInsert);
  return {.response = to_response(caller ? no_media() : caller.error())};
}

http::Response finish_insert(Context& google, UploadSession& upload, std::string_view bytes) {
  const Parts parts(upload.parts.begin(), upload.parts.end());
  // Checked when the upload began; what was right then is right now.
  auto video = read_draft(*read_object(upload.metadata), parts, upload.file_name).value();
  video.id = random_base64url(8);
  video.app = upload.app;
  video.channel = upload.channel;
  video.file_name = upload.file_name;
  video.file_type = upload.file_type;
  video.digest = google.world.media.keep(bytes);
  look_at_file(video, bytes);
  foresee(google, video);
  const auto now = google.now_ms();  // Keeping many bytes took its time.
  video.uploaded_ms = now;
  video.ready_ms = now + google.scaled(kProcessingMs);
  video.locked_private = !google.on("audited");
  if (video.publish_at_ms != 0 && video.publish_at_ms <= now) {
    video.publish_at_ms = 0;
    video.privacy = "public";
  }
  if (video.locked_private) video.privacy = "private";
  if (video.privacy != "private") video.published_ms = now;
  video.unlisted_reads = static_cast<int>(google.number("list_delay"));
  tell(google, video, "post");
  auto response = resource_answer(static_cast<int>(google.number("upload_status")),
                                  video_json(google, video, parts, true));
  upload.video = video.id;
  upload.final_status = response.status;
  upload.final_body = response.body;
  google.state.videos.push_back(std::move(video));
  return response;
}

}  // namespace herald::sandbox::google
