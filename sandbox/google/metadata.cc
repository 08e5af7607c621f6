#include "sandbox/google/metadata.h"

#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/google/categories.h"
#include "sandbox/google/time.h"

namespace herald::sandbox::google {

namespace json = boost::json;

namespace {

constexpr std::size_t kTitleMax = 100;         // Code points.
constexpr std::size_t kDescriptionMax = 5000;  // Bytes.
constexpr std::size_t kTagsMax = 500;

std::unexpected<Fault> invalid(std::string reason, std::string message, std::string location) {
  return std::unexpected(
      video_fault(400, std::move(reason), std::move(message), std::move(location)));
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

bool has_brackets(std::string_view text) { return text.find_first_of("<>") != text.npos; }

// A tag with a blank counts as if it stood in quotes; commas between tags count.
std::size_t tags_length(const std::vector<std::string>& tags) {
  std::size_t length = tags.empty() ? 0 : tags.size() - 1;
  for (const auto& tag : tags) length += code_points(tag) + (tag.find(' ') != tag.npos ? 2 : 0);
  return length;
}

Checked<Done> check_title(std::string_view title) {
  const bool blank = title.find_first_not_of(" \t\r\n") == title.npos;
  if (blank || code_points(title) > kTitleMax || has_brackets(title))
    return invalid("invalidTitle",
                   "The request metadata specifies an invalid or empty video title.",
                   "body.snippet.title");
  return Done{};
}

Checked<Done> check_words(const Video& video) {
  HERALD_CHECK(check_title(video.title));
  if (video.description.size() > kDescriptionMax || has_brackets(video.description))
    return invalid("invalidDescription",
                   "The request metadata specifies an invalid video description.",
                   "body.snippet.description");
  if (tags_length(video.tags) > kTagsMax ||
      std::ranges::any_of(video.tags, [](const auto& tag) { return has_brackets(tag); }))
    return invalid("invalidTags", "The request metadata specifies invalid video keywords.",
                   "body.snippet.tags");
  if (!assignable_category(video.category))
    return invalid("invalidCategoryId",
                   "The snippet.categoryId property specifies an invalid category ID. Use the "
                   "videoCategories.list method to retrieve supported categories.",
                   "body.snippet.categoryId");
  return Done{};
}

Checked<Done> read_snippet(Video& video, Members snippet) {
  snippet.only({"publishedAt", "channelId", "title", "description", "thumbnails", "channelTitle",
                "tags", "categoryId", "liveBroadcastContent", "defaultLanguage", "localized",
                "defaultAudioLanguage"});
  video.title = snippet.text("title").value_or("");
  video.description = snippet.text("description").value_or("");
  video.tags = snippet.texts("tags");
  video.category = snippet.text("categoryId").value_or("22");
  video.language = snippet.text("defaultLanguage").value_or("");
  video.audio_language = snippet.text("defaultAudioLanguage").value_or("");
  if (snippet.fault()) return std::unexpected(*snippet.fault());
  return check_words(video);
}

Checked<Done> read_schedule(Video& video, const std::optional<std::string>& publish_at) {
  video.publish_at_ms = 0;
  if (!publish_at) return Done{};
  const auto at = parse_rfc3339(*publish_at);
  if (!at || video.privacy != "private" || video.published_ms != 0)
    return invalid("invalidPublishAt",
                   "The request metadata specifies an invalid scheduled publishing time.",
                   "body.status.publishAt");
  video.publish_at_ms = to_ms(*at);
  return Done{};
}

Checked<Done> read_status(Video& video, Members status) {
  status.only({"uploadStatus", "failureReason", "rejectionReason", "privacyStatus", "publishAt",
               "license", "embeddable", "publicStatsViewable", "madeForKids",
               "selfDeclaredMadeForKids", "containsSyntheticMedia"});
  const auto privacy = status.text("privacyStatus");
  const auto license = status.text("license").value_or("youtube");
  const auto publish_at = status.text("publishAt");
  video.embeddable = status.flag("embeddable").value_or(true);
  video.stats_viewable = status.flag("publicStatsViewable").value_or(true);
  video.made_for_kids = status.flag("selfDeclaredMadeForKids").value_or(false);
  video.synthetic = status.flag("containsSyntheticMedia").value_or(false);
  if (status.fault()) return std::unexpected(*status.fault());
  video.privacy = privacy.value_or("public");
  if (video.privacy != "public" && video.privacy != "unlisted" && video.privacy != "private")
    return std::unexpected(
        video_fault(403, "forbiddenPrivacySetting",
                    "The request attempts to set an invalid privacy setting for the video.",
                    "body.status.privacyStatus"));
  if (license != "youtube" && license != "creativeCommon")
    return std::unexpected(video_fault(
        403, "forbiddenLicenseSetting",
        "The request attempts to set an invalid license for the video.", "body.status.license"));
  video.license = license;
  return read_schedule(video, publish_at);
}

Checked<Done> read_rest(Video& video, const Members& resource, const Parts& parts) {
  if (parts.contains("recordingDetails")) {
    auto details = resource.inside("recordingDetails");
    video.recording_date = details.text("recordingDate").value_or("");
    if (details.fault()) return std::unexpected(*details.fault());
    if (!video.recording_date.empty() && !parse_rfc3339(video.recording_date) &&
        !parse_day(video.recording_date))
      return invalid("invalidRecordingDetails",
                     "The request metadata specifies invalid recording details.",
                     "body.recordingDetails");
  }
  if (parts.contains("paidProductPlacementDetails")) {
    auto details = resource.inside("paidProductPlacementDetails");
    video.paid_placement = details.flag("hasPaidProductPlacement").value_or(false);
    if (details.fault()) return std::unexpected(*details.fault());
  }
  if (parts.contains("localizations") && resource.has("localizations")) {
    auto copy = resource;
    video.localizations = copy.object_text("localizations");
    if (copy.fault()) return std::unexpected(*copy.fault());
    if (video.language.empty())
      return invalid("defaultLanguageNotSet",
                     "The request is trying to add localized video details without specifying the "
                     "default language of the video details.",
                     "body.localizations");
  }
  return Done{};
}

Members resource_of(const json::object& body) {
  Members resource(body);
  resource.only({"ageGating",
                 "brandPartner",
                 "contentDetails",
                 "etag",
                 "fileDetails",
                 "id",
                 "kind",
                 "liveStreamingDetails",
                 "localizations",
                 "monetizationDetails",
                 "paidProductPlacementDetails",
                 "player",
                 "processingDetails",
                 "projectDetails",
                 "recordingDetails",
                 "snippet",
                 "statistics",
                 "status",
                 "suggestions",
                 "topicDetails"});
  return resource;
}

}  // namespace

Checked<Parts> video_parts(const Call& call) {
  return read_parts(
      call, {"contentDetails", "fileDetails", "liveStreamingDetails", "localizations",
             "paidProductPlacementDetails", "player", "processingDetails", "recordingDetails",
             "snippet", "statistics", "status", "suggestions", "topicDetails"});
}

Checked<Video> read_draft(const json::object& body, const Parts& parts,
                          std::string_view fallback_title) {
  const auto resource = resource_of(body);
  if (resource.fault()) return std::unexpected(*resource.fault());
  Video video;
  video.title = check_title(fallback_title) ? fallback_title : "unknown";
  if (parts.contains("snippet") && resource.has("snippet"))
    HERALD_CHECK(read_snippet(video, resource.inside("snippet")));
  if (parts.contains("status") && resource.has("status"))
    HERALD_CHECK(read_status(video, resource.inside("status")));
  HERALD_CHECK(read_rest(video, resource, parts));
  return video;
}

Checked<Done> rewrite(Video& video, const json::object& body, const Parts& parts,
                      std::int64_t now_ms) {
  const auto resource = resource_of(body);
  if (resource.fault()) return std::unexpected(*resource.fault());
  Video changed = video;
  if (parts.contains("snippet")) {
    const auto snippet = resource.inside("snippet");
    if (!snippet.has("title") || !snippet.has("categoryId"))
      return invalid("invalidVideoMetadata", "The request metadata is invalid.", "body");
    HERALD_CHECK(read_snippet(changed, snippet));
  }
  if (parts.contains("status")) {
    const auto before = video.privacy;
    HERALD_CHECK(read_status(changed, resource.inside("status")));
    if (!resource.inside("status").has("privacyStatus")) changed.privacy = before;
    if (changed.locked_private) changed.privacy = "private";
  }
  HERALD_CHECK(read_rest(changed, resource, parts));
  if (changed.publish_at_ms != 0 && changed.publish_at_ms <= now_ms && !changed.locked_private)
    changed.privacy = "public";
  video = std::move(changed);
  return Done{};
}

}  // namespace herald::sandbox::google
