// The video resource. https://developers.google.com/youtube/v3/docs/videos
#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/google/captions.h"
#include "sandbox/google/list.h"
#include "sandbox/google/time.h"
#include "sandbox/google/video.h"

namespace herald::sandbox::google {

namespace json = boost::json;

namespace {

json::object snippet_json(const Context& google, const Video& video) {
  const auto* identity = google.directory.identity(video.channel);
  json::object snippet{
      {"publishedAt", rfc3339(video.published_ms != 0 ? video.published_ms : video.uploaded_ms)},
      {"channelId", video.channel},
      {"title", video.title},
      {"description", video.description},
      {"thumbnails", thumbnails_json("https://i.ytimg.com/vi/" + video.id + "/")},
      {"channelTitle", identity != nullptr ? identity->channel_title : std::string()}};
  if (!video.tags.empty()) snippet["tags"] = json::value_from(video.tags);
  snippet["categoryId"] = video.category;
  snippet["liveBroadcastContent"] = "none";
  if (!video.language.empty()) snippet["defaultLanguage"] = video.language;
  snippet["localized"] = {{"title", video.title}, {"description", video.description}};
  if (!video.audio_language.empty()) snippet["defaultAudioLanguage"] = video.audio_language;
  return snippet;
}

json::object status_json(const Video& video, std::int64_t now, bool owner) {
  const auto upload = upload_status(video, now);
  json::object status{{"uploadStatus", upload}};
  if (upload == "failed") status["failureReason"] = video.failure;
  if (upload == "rejected") status["rejectionReason"] = video.rejection;
  status["privacyStatus"] = video.privacy;
  if (owner && video.publish_at_ms != 0) status["publishAt"] = rfc3339(video.publish_at_ms);
  status["license"] = video.license;
  status["embeddable"] = video.embeddable;
  status["publicStatsViewable"] = video.stats_viewable;
  status["madeForKids"] = video.made_for_kids;
  if (owner) status["selfDeclaredMadeForKids"] = video.made_for_kids;
  if (video.synthetic) status["containsSyntheticMedia"] = true;
  return status;
}

std::string_view failure_of_processing(const Video& video) {
  if (video.failure == "emptyFile" || video.failure == "uploadAborted") return "uploadFailed";
  return "transcodeFailed";
}

json::object processing_json(const Video& video, std::int64_t now) {
  const auto upload = upload_status(video, now);
  const bool ended = upload != "uploaded";
  const auto available = ended ? "available" : "inProgress";
  json::object details;
  if (upload == "processed") details["processingStatus"] = "succeeded";
  if (upload == "rejected") details["processingStatus"] = "terminated";
  if (upload == "failed") {
    details["processingStatus"] = "failed";
    details["processingFailureReason"] = failure_of_processing(video);
  }
  if (!ended) {
    const auto span = std::max<std::int64_t>(1, video.ready_ms - video.uploaded_ms);
    const auto done = std::clamp<std::int64_t>((now - video.uploaded_ms) * 1000 / span, 0, 1000);
    details["processingStatus"] = "processing";
    details["processingProgress"] = {{"partsTotal", "1000"},
                                     {"partsProcessed", std::to_string(done)},
                                     {"timeLeftMs", std::to_string(video.ready_ms - now)}};
  }
  details["fileDetailsAvailability"] = "available";
  details["processingIssuesAvailability"] = available;
  details["tagSuggestionsAvailability"] = available;
  details["editorSuggestionsAvailability"] = available;
  details["thumbnailsAvailability"] = available;
  return details;
}

json::object content_json(const State& state, const Video& video, std::int64_t now, bool owner) {
  const bool ended = upload_status(video, now) == "processed";
  json::object content{{"duration", ended ? iso_duration(video.duration_ms) : "P0D"},
                       {"dimension", "2d"},
                       {"definition", std::min(video.width, video.height) >= 720 ? "hd" : "sd"},
                       {"caption", has_captions(state, video.id) ? "true" : "false"},
                       {"licensedContent", false},
                       {"contentRating", json::object()},
                       {"projection", "rectangular"}};
  if (owner) content["hasCustomThumbnail"] = !video.thumbnail.empty();
  return content;
}

json::object statistics_json(const Context& google, const Video& video) {
  const auto views = plays(google, video, 0, google.now_ms());
  const auto comments = std::ranges::count(google.state.comments, video.id, &Comment::video);
  return {{"viewCount", std::to_string(views)},
          {"likeCount", std::to_string(views / 17)},
          {"favoriteCount", "0"},
          {"commentCount", std::to_string(comments)}};
}

json::object file_json(const Video& video) {
  json::object file{{"fileName", video.file_name},
                    {"fileSize", std::to_string(video.size)},
                    {"fileType", video.failure == "invalidFile" ? "other" : "video"}};
  if (video.duration_ms == 0) return file;
  file["container"] = "mov,mp4,m4a,3gp,3g2,mj2";
  file["videoStreams"] =
      json::array{{{"widthPixels", video.width}, {"heightPixels", video.height}}};
  file["durationMs"] = std::to_string(video.duration_ms);
  return file;
}

}  // namespace

json::object video_json(const Context& google, const Video& video, const Parts& parts, bool owner) {
  const auto now = google.now_ms();
  json::object out{{"kind", "youtube#video"}, {"etag", ""}, {"id", video.id}};
  if (parts.contains("snippet")) out["snippet"] = snippet_json(google, video);
  if (parts.contains("contentDetails"))
    out["contentDetails"] = content_json(google.state, video, now, owner);
  if (parts.contains("status")) out["status"] = status_json(video, now, owner);
  if (parts.contains("statistics")) out["statistics"] = statistics_json(google, video);
  if (parts.contains("paidProductPlacementDetails"))
    out["paidProductPlacementDetails"] = {{"hasPaidProductPlacement", video.paid_placement}};
  if (parts.contains("player"))
    out["player"] = {{"embedHtml",
                      "<iframe width=\"480\" height=\"270\" "
                      "src=\"//www.youtube.com/embed/" +
                          video.id + "\"></iframe>"}};
  if (parts.contains("topicDetails")) out["topicDetails"] = json::object();
  if (parts.contains("recordingDetails")) {
    json::object recording;
    if (!video.recording_date.empty()) recording["recordingDate"] = video.recording_date;
    out["recordingDetails"] = recording;
  }
  if (parts.contains("localizations") && !video.localizations.empty())
    out["localizations"] = json::parse(video.localizations);
  if (owner && parts.contains("fileDetails")) out["fileDetails"] = file_json(video);
  if (owner && parts.contains("processingDetails"))
    out["processingDetails"] = processing_json(video, now);
  if (owner && parts.contains("suggestions")) out["suggestions"] = json::object();
  return tagged(std::move(out));
}

}  // namespace herald::sandbox::google
