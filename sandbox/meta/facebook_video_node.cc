// A Page's video as `fields` asks for it, with its status in three phases.
#include <boost/json.hpp>

#include "sandbox/meta/facebook.h"

namespace herald::sandbox::meta {

namespace json = boost::json;

namespace {

constexpr std::int64_t kUploadLifeMs = 24LL * 3600 * 1000;

struct VideoMoment {
  const PageVideo& video;
  const PagePost* post;  // Null: not to be published yet.
  std::int64_t now_ms;

  bool processed() const { return video.ready_ms != 0 && now_ms >= video.ready_ms; }
  bool failed() const { return processed() && video.failure != 0; }
};

const PagePost* post_of(const State& state, const PageVideo& video) {
  const auto found = state.posts.find(video.post);
  return found == state.posts.end() ? nullptr : &found->second;
}

std::string fault_text(int code) {
  const std::string product =
      "that isn't supported on Facebook for this product. Please try "
      "uploading a video with a supported ";
  if (code == 1363128)
    return "The video you tried to upload has a duration " + product + "duration.";
  if (code == 1363127)
    return "The video you tried to upload has a resolution " + product + "resolution.";
  if (code == 1363129)
    return "The video you tried to upload has a frame rate " + product + "frame rate.";
  if (code == 1363040)
    return "The video you tried to upload has an aspect ratio " + product + "aspect ratio.";
  return "There was a problem uploading your video file. Please try again with another file.";
}

std::string overall(const VideoMoment& at) {
  if (at.failed()) return "error";
  if (at.processed()) return "ready";
  if (at.video.ready_ms != 0) return "processing";
  if (at.now_ms >= at.video.created_ms + kUploadLifeMs) return "expired";
  return at.video.uploaded ? "upload_complete" : "uploading";
}

json::object uploading(const GraphCall& graph, const VideoMoment& at) {
  const bool guide = graph.world.switches.text("meta.video_status_words") == "guide";
  const bool begun = at.video.upload_size > 0;
  json::object phase{{"status", at.video.uploaded ? "complete"
                                : begun           ? "in_progress"
                                                  : "not_started"},
                     {guide ? "bytes_transfered" : "bytes_transferred", at.video.upload_size}};
  if (at.video.upload_total > 0 && !at.failed()) phase["source_file_size"] = at.video.upload_total;
  return phase;
}

json::object processing(const GraphCall& graph, const VideoMoment& at) {
  if (at.failed()) {
    const json::object fault{{"code", at.video.failure}, {"message", fault_text(at.video.failure)}};
    if (graph.world.switches.text("meta.video_status_words") == "guide")
      return {{"status", "error"}, {"error", fault}};
    return {{"status", "error"}, {"errors", json::array{fault}}};
  }
  if (at.processed()) return {{"status", "complete"}};
  return {{"status", at.video.ready_ms != 0 ? "in_progress" : "not_started"}};
}

json::object publishing(const VideoMoment& at) {
  if (at.post == nullptr || at.failed()) return {{"status", "not_started"}};
  if (at.post->visible_ms != 0)
    return {{"status", "complete"},
            {"publish_status", "published"},
            {"publish_time", at.post->visible_ms / 1000}};
  if (at.post->held) return {{"status", "not_started"}, {"publish_status", "draft"}};
  if (at.post->publish_ms > at.now_ms)
    return {{"status", "not_started"},
            {"publish_status", "scheduled"},
            {"publish_time", at.post->publish_ms / 1000}};
  if (at.video.kind == "story")
    return {{"status", "not_started"}, {"publish_status", "not_published"}};
  return {{"status", "not_started"}};
}

Shown video_field(GraphCall& graph, const PageVideo& video, const FieldRequest& field) {
  const auto& name = field.name;
  const VideoMoment at{video, post_of(graph.state, video), graph.now_ms()};
  const bool visible = at.post != nullptr && at.post->visible_ms != 0;
  if (name == "id") return json::value(video.id);
  if (name == "status")
    return json::value{{"video_status", overall(at)},
                       {"uploading_phase", uploading(graph, at)},
                       {"processing_phase", processing(graph, at)},
                       {"publishing_phase", publishing(at)}};
  if (name == "published") return json::value(visible);
  // Appears only after processing.
  if (name == "post_id")
    return at.processed() && at.post != nullptr ? json::value(video.post) : json::value();
  if (name == "permalink_url") {
    if (at.post == nullptr) return json::value();
    return json::value(graph.call.link("www.facebook.com", post_path(graph.state, *at.post)));
  }
  if (name == "title") return video.title.empty() ? json::value() : json::value(video.title);
  if (name == "description")
    return video.description.empty() ? json::value() : json::value(video.description);
  if (name == "created_time" || name == "updated_time")
    return json::value(iso_time(video.created_ms));
  if (name == "length") return json::value(static_cast<double>(video.picture.duration_ms) / 1000.0);
  if (name == "from")
    return json::value{{"id", video.page}, {"name", graph.state.pages.at(video.page).name}};
  if (name == "scheduled_publish_time") {
    const bool waits = at.post != nullptr && !visible && at.post->publish_ms != 0;
    return waits ? json::value(at.post->publish_ms / 1000) : json::value();
  }
  if (name == "source") {
    if (!at.processed() || at.failed()) return json::value();
    return json::value(
        graph.call.link("scontent.cdninstagram.com", "/media/" + video.picture.digest + ".mp4"));
  }
  if (name == "views") {
    if (!visible) return json::value(0);
    return json::value(grown_since(graph, video.id, at.post->visible_ms, "views", 1.4));
  }
  return unknown_field(field, "Video");
}

}  // namespace

Graph<json::object> show_video(GraphCall& graph, const PageVideo& video, const Fields& fields) {
  return project(fields, "description,updated_time",
                 [&](const FieldRequest& field) { return video_field(graph, video, field); });
}

}  // namespace herald::sandbox::meta
