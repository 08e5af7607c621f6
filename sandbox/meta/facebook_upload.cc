// Bytes of Pages' videos: rupload.facebook.com/video-upload/{version}/{video}, which speaks its
// own error shapes, and the upload API's sessions and handles.
#include <boost/json.hpp>
#include <charconv>

#include "sandbox/encoding.h"
#include "sandbox/meta/facebook.h"
#include "sandbox/meta/facebook_video_file.h"

namespace herald::sandbox::meta {

namespace json = boost::json;

namespace {

Answer upload_error(const char* type, const char* message, bool retriable) {
  return {.response = json_answer(
              400, json::serialize(json::object{
                       {"debug_info",
                        {{"retriable", retriable}, {"type", type}, {"message", message}}}}))};
}

std::optional<std::int64_t> number(const std::string& text) {
  std::int64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size() || value < 0)
    return std::nullopt;
  return value;
}

Answer offset_missing() {
  return upload_error("ParameterValidationError",
                      "HeaderValuePredicate: Header Offset not convertable to unsigned long",
                      false);
}

bool may_upload(const Call& call, World& world, State& state, const PageVideo& video) {
  const auto header = call.header("Authorization");
  if (!header.starts_with("OAuth ")) return false;
  const auto token = check_token(header.substr(6), state, world.clock.now());
  if (!token) return false;
  const GraphCall graph{.call = call, .world = world, .state = state, .token = *token};
  return page_for(graph, video.page) && !may_publish(graph, state.pages.at(video.page));
}

// What an upload has brought so far, and what came now.
std::string joined(const World& world, const std::string& digest, const Call& call) {
  const auto earlier = world.media.find(digest);
  return (earlier ? std::string(earlier->view()) : std::string()) + std::string(call.body->view());
}

Answer take_bytes(const Call& call, World& world, PageVideo& video) {
  const auto offset = number(call.header("offset"));
  const auto total = number(call.header("file_size"));
  if (!offset || !total) return offset_missing();
  if (*offset != video.upload_size)
    return upload_error("OffsetInvalidError", "Request starting offset is invalid", true);
  const auto bytes = joined(world, video.upload_digest, call);
  if (static_cast<std::int64_t>(bytes.size()) != *total) {
    if (static_cast<std::int64_t>(bytes.size()) < *total) {
      video.upload_digest = world.media.keep(bytes);
      video.upload_size = static_cast<std::int64_t>(bytes.size());
      video.upload_total = *total;
    }
    return upload_error("PartialRequestError", "Partial request (did not match length of file)",
                        true);
  }
  take_video_bytes(world, video, bytes);
  return json_result({{"success", true}});
}

Answer take_hosted(const Call& call, World& world, PageVideo& video, const std::string& url) {
  if (world.switches.on("meta.offset_with_file_url") && !number(call.header("offset")))
    return offset_missing();
  const auto file = hosted_file(call, url);
  if (!file.fetch_first.empty()) return {.fetch_first = file.fetch_first};
  if (file.refused) return {.response = to_response(*file.refused)};
  take_video_bytes(world, video, file.bytes->view());
  return json_result({{"success", true}});
}

}  // namespace

Answer upload_page_video(const Call& call, World& world, State& state) {
  const auto parts = split(call.path, "/");
  const bool shaped = call.method == "POST" && parts.size() == 3 && parts[0] == "video-upload";
  const auto found = shaped ? state.videos.find(parts[2]) : state.videos.end();
  if (found == state.videos.end() || !may_upload(call, world, state, found->second))
    return upload_error("ProcessingFailedError",
                        R"({"success":false,"error":{"message":"unauthorized user request"}})",
                        false);
  auto& video = found->second;
  if (video.uploaded || video.kind == "video")
    return upload_error("ProcessingFailedError", "The upload session is closed", false);
  if (const auto url = call.header("file_url"); !url.empty())
    return take_hosted(call, world, video, url);
  return take_bytes(call, world, video);
}

Graph<Answer> open_upload(GraphCall& graph, const App& app) {
  if (auto refused = unknown_parameter(graph, "file_name file_length file_type"))
    return std::unexpected(*refused);
  if (!graph.by_person() || graph.token->app != app.id)
    return std::unexpected(with_permission_status(graph, refuse(kNoPermission)));
  const auto length = number(graph.get("file_length"));
  if (!length || *length == 0) return std::unexpected(refuse(kParameterMissing, {"file_length"}));
  if (graph.get("file_type") != "video/mp4" && !graph.get("file_type").starts_with("image/"))
    return std::unexpected(refuse(kParameterInvalid));
  UploadSession upload{.id = "upload:MTphd" + random_text(24),
                       .app = app.id,
                       .person = graph.token->person,
                       .total = *length};
  const auto id = upload.id;
  graph.state.uploads[id] = std::move(upload);
  return json_result({{"id", id}});
}

Graph<Answer> drive_upload(GraphCall& graph) {
  const auto found = graph.state.uploads.find(graph.segments[0]);
  const bool known = found != graph.state.uploads.end() && found->second.app == graph.token->app &&
                     found->second.person == graph.token->person;
  if (!known) return std::unexpected(no_object(graph, graph.segments[0]));
  if (!graph.call.header("Authorization").starts_with("OAuth "))
    return std::unexpected(refuse(kTokenMissing));
  auto& upload = found->second;
  if (graph.method == "GET")
    return json_result({{"id", upload.id}, {"file_offset", std::to_string(upload.size)}});
  if (graph.method != "POST") return std::unexpected(no_object(graph, upload.id));
  const auto offset = number(graph.call.header("file_offset"));
  if (!offset || *offset != upload.size) return std::unexpected(refuse(kParameterInvalid));
  const auto bytes = joined(graph.world, upload.digest, graph.call);
  if (static_cast<std::int64_t>(bytes.size()) > upload.total)
    return std::unexpected(refuse(kParameterInvalid));
  upload.digest = graph.world.media.keep(bytes);
  upload.size = static_cast<std::int64_t>(bytes.size());
  if (upload.size < upload.total) return std::unexpected(refuse(kChunkWrong));
  upload.handle = "2:c2Ft" + random_text(40);
  return json_result({{"h", upload.handle}});
}

}  // namespace herald::sandbox::meta
