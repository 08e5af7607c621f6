// POST /{page}/videos: by address, as a part, by an upload's handle, or in the old chunks.
#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

#include "sandbox/meta/facebook.h"
#include "sandbox/meta/facebook_schedule.h"
#include "sandbox/meta/facebook_video_file.h"

namespace herald::sandbox::meta {

namespace json = boost::json;

namespace {

constexpr std::string_view kKnown =
    "file_url source title description published scheduled_publish_time thumb upload_phase "
    "upload_session_id start_offset end_offset file_size video_file_chunk "
    "fbuploader_video_file_chunk unpublished_content_type no_story content_category embeddable "
    "targeting place";
constexpr std::int64_t kChunk = 1024 * 1024;

std::string part_of(const GraphCall& graph, std::string_view name) {
  for (const auto& field : graph.call.fields)
    if (field.name == name) return std::string(graph.call.part(field));
  return {};
}

json::value offset(const GraphCall& graph, std::int64_t value) {
  if (graph.world.switches.text("meta.offsets") == "number") return value;
  return json::value(std::to_string(value));
}

PageVideo new_video(GraphCall& graph, const Page& page, const char* kind) {
  return {.id = graph.state.next_id("video", 958000000000001),
          .page = page.id,
          .app = graph.token->app,
          .kind = kind,
          .title = graph.get("title"),
          .description = graph.get("description"),
          .created_ms = graph.now_ms()};
}

// The film goes to its post; published when its processing ends, or on its schedule.
void publish(GraphCall& graph, PageVideo& video, const Schedule& schedule) {
  begin_processing(graph.world, video);
  const bool vertical = video.picture.height > video.picture.width;
  const bool draft = vertical && graph.world.switches.on("meta.vertical_video_draft");
  add_post(graph.world, graph.state,
           {.page = video.page,
            .app = video.app,
            .kind = "video",
            .message = video.description,
            .video = video.id,
            .created_ms = graph.now_ms(),
            .publish_ms = schedule.at_ms,
            .held = schedule.held || draft});
}

Graph<Answer> start_chunks(GraphCall& graph, const Page& page) {
  const std::int64_t total = std::strtoll(graph.get("file_size").c_str(), nullptr, 10);
  if (total <= 0) return std::unexpected(refuse(kParameterMissing, {"file_size"}));
  auto video = new_video(graph, page, "video");
  video.session = graph.state.next_id("upload_session", 964000000000001);
  video.upload_total = total;
  json::object answer{{"video_id", video.id},
                      {"upload_session_id", video.session},
                      {"start_offset", offset(graph, 0)},
                      {"end_offset", offset(graph, std::min(total, kChunk))}};
  graph.state.videos[video.id] = std::move(video);
  return json_result(answer);
}

Graph<Answer> transfer_chunk(GraphCall& graph, PageVideo& video) {
  const auto expected = std::min(kChunk, video.upload_total - video.upload_size);
  const auto part = part_of(graph, "video_file_chunk");
  if (graph.get("start_offset") != std::to_string(video.upload_size) ||
      static_cast<std::int64_t>(part.size()) != expected || expected == 0)
    return std::unexpected(refuse(kChunkWrong));
  std::string bytes;
  if (const auto earlier = graph.world.media.find(video.upload_digest))
    bytes = std::string(earlier->view());
  bytes += part;
  video.upload_digest = graph.world.media.keep(bytes);
  video.upload_size = static_cast<std::int64_t>(bytes.size());
  const auto next = std::min(video.upload_total, video.upload_size + kChunk);
  return json_result(
      {{"start_offset", offset(graph, video.upload_size)}, {"end_offset", offset(graph, next)}});
}

Graph<Answer> finish_chunks(GraphCall& graph, PageVideo& video) {
  if (video.upload_size < video.upload_total) return std::unexpected(refuse(kVideoMissing));
  HERALD_TRY(const auto schedule, read_schedule(graph, kVideoScheduleMaxMs, false));
  const auto bytes = graph.world.media.find(video.upload_digest);
  if (auto refused = refuse_video(bytes->view())) return std::unexpected(*refused);
  take_video_bytes(graph.world, video, bytes->view());
  video.title = graph.get("title");
  video.description = graph.get("description");
  publish(graph, video, schedule);
  auto answer = json_result({{"success", true}});
  answer.publishes = !schedule.held;
  return answer;
}

Graph<Answer> drive_chunks(GraphCall& graph, const Page& page, std::string phase) {
  std::ranges::transform(phase, phase.begin(), [](char c) { return static_cast<char>(c | 0x20); });
  if (phase == "start") return start_chunks(graph, page);
  const auto session = graph.get("upload_session_id");
  if (session.empty()) return std::unexpected(refuse(kParameterMissing, {"upload_session_id"}));
  for (auto& [id, video] : graph.state.videos) {
    if (video.session != session || video.page != page.id || video.removed) continue;
    if (!video.post.empty()) return std::unexpected(refuse(kParameterInvalid));
    if (phase == "transfer") return transfer_chunk(graph, video);
    if (phase == "finish") return finish_chunks(graph, video);
    if (phase != "cancel") return std::unexpected(refuse(kParameterInvalid));
    video.removed = true;
    return json_result({{"success", true}});
  }
  return std::unexpected(refuse(kParameterInvalid));
}

// The bytes that a finished upload holds under this handle; null: none of this app.
SharedBytes uploaded(const GraphCall& graph, const std::string& handle) {
  for (const auto& [id, upload] : graph.state.uploads)
    if (upload.handle == handle && upload.app == graph.token->app)
      return graph.world.media.find(upload.digest);
  return nullptr;
}

}  // namespace

Graph<Answer> publish_video(GraphCall& graph, const Page& page) {
  if (auto refused = may_publish(graph, page)) return std::unexpected(*refused);
  if (auto refused = unknown_parameter(graph, kKnown)) return std::unexpected(*refused);
  const auto url = graph.get("file_url");
  if (const auto phase = graph.get("upload_phase"); !phase.empty()) {
    if (!url.empty()) return std::unexpected(refuse(kParameterInvalid));
    return drive_chunks(graph, page, phase);
  }
  HERALD_TRY(const auto schedule, read_schedule(graph, kVideoScheduleMaxMs, false));
  std::string bytes = part_of(graph, "source");
  if (const auto handle = graph.get("fbuploader_video_file_chunk"); !handle.empty()) {
    const auto held = uploaded(graph, handle);
    if (held == nullptr) return std::unexpected(refuse(kVideoMissing));
    bytes = std::string(held->view());
  } else if (!url.empty()) {
    auto file = hosted_file(graph.call, url);
    if (!file.fetch_first.empty()) return Answer{.fetch_first = file.fetch_first};
    if (file.refused) return std::unexpected(*file.refused);
    bytes = std::string(file.bytes->view());
  }
  if (bytes.empty()) return std::unexpected(refuse(kVideoMissing));
  if (auto refused = refuse_video(bytes)) return std::unexpected(*refused);
  auto made = new_video(graph, page, "video");
  take_video_bytes(graph.world, made, bytes);
  auto& video = graph.state.videos[made.id] = made;
  publish(graph, video, schedule);
  HERALD_TRY(auto answer, written(graph, {{"id", video.id}}, [&](const Fields& fields) {
               return show_video(graph, video, fields);
             }));
  answer.publishes = !schedule.held;
  return answer;
}

}  // namespace herald::sandbox::meta
