// What YouTube's error reasons mean. Sources: developers.google.com/youtube/v3/docs/errors and the
// methods' own tables, checked 2026-11-22.
#include <algorithm>

#include "platforms/json_answer.h"
#include "platforms/steps.h"
#include "platforms/youtube.h"

namespace herald::youtube_flows {
namespace {

using namespace std::chrono_literals;
using enum ErrorKind;
constexpr auto kRefused = Verdict::refused;
constexpr auto kDoubt = Verdict::unknown;

constexpr const char* kTemporary = "YouTube had a temporary problem. We are trying again.";
constexpr const char* kReconnect =
    "The connection to YouTube ended. Reconnect to continue; your posts are kept.";
constexpr const char* kPermission =
    "A permission is missing. Reconnect YouTube and allow all items; your posts are kept.";
constexpr const char* kClosed = "The YouTube account is closed or suspended. Look at it there.";
constexpr const char* kNotAllowed = "YouTube does not allow this for the channel.";
constexpr const char* kOurFault =
    "Something in Herald's request was wrong. The operator has been informed.";
constexpr const char* kSetUp =
    "This server's registration with Google is not set up correctly. Its operator has been "
    "informed.";

constexpr Rule kRules[] = {
    {"invalidTitle", invalid, kRefused, "title",
     "The title is empty, longer than 100 characters or contains < or >."},
    {"invalidDescription", invalid, kRefused, "description",
     "The description is longer than 5000 bytes or contains < or >."},
    {"invalidTags", invalid, kRefused, "tags", "The tags are too long together (500 at most)."},
    {"invalidCategoryId", invalid, kRefused, "category", "Choose another category."},
    {"invalidPublishAt", invalid, kRefused, "publish_at", "The publishing time is not valid."},
    {"invalidFilename", invalid, kRefused, "filename", "The file's name is not accepted."},
    {"invalidRecordingDetails", invalid, kRefused, "platform_refused", kOurFault},
    {"invalidVideoGameRating", invalid, kRefused, "platform_refused", kOurFault},
    {"invalidVideoMetadata", invalid, kRefused, "platform_refused",
     "YouTube did not accept the title, category or another detail of the video."},
    {"defaultLanguageNotSet", invalid, kRefused, "platform_refused", kOurFault},
    {"mediaBodyRequired", invalid, kRefused, "no_media", "The video file is missing or empty."},
    {"captionExists", conflict, kRefused, "captions", "The video has captions of this language."},
    {"contentRequired", invalid, kRefused, "captions", "The captions' file is empty."},
    {"invalidMetadata", invalid, kRefused, "captions",
     "YouTube did not accept the captions' language."},
    {"nameTooLong", invalid, kRefused, "captions", "YouTube did not accept the captions' name."},
    {"invalidImage", invalid, kRefused, "thumbnail", "YouTube could not read the thumbnail."},
    {"imageFormatUnsupported", invalid, kRefused, "thumbnail", "Use a JPEG or PNG thumbnail."},
    {"imageTooTall", invalid, kRefused, "thumbnail", "The thumbnail is too tall."},
    {"imageTooWide", invalid, kRefused, "thumbnail", "The thumbnail is too wide."},
    {"failedPrecondition", invalid, kRefused, "thumbnail", "The thumbnail is too large."},
    {"commentTextRequired", invalid, kRefused, "comment", "The comment is empty."},
    {"commentTextTooLong", invalid, kRefused, "comment", "Shorten the comment."},
    {"processingFailure", invalid, kRefused, "comment", "YouTube did not accept the comment."},
    {"unknownPart", internal, kRefused, "bad_request", kOurFault},
    {"missingRequiredParameter", internal, kRefused, "bad_request", kOurFault},
    {"incompatibleParameters", internal, kRefused, "bad_request", kOurFault},
    {"unexpectedParameter", internal, kRefused, "bad_request", kOurFault},
    {"invalidFilters", internal, kRefused, "bad_request", kOurFault},
    {"invalidCriteria", internal, kRefused, "bad_request", kOurFault},
    {"invalidPageToken", internal, kRefused, "bad_request", kOurFault},
    {"badRequest", internal, kRefused, "bad_request", kOurFault},
    {"accessNotConfigured", internal, kRefused, "app_misconfigured", kSetUp},
    {"uploadLimitExceeded", rate_limited, kRefused, "channel_upload_limit",
     "YouTube's daily upload limit for this channel is reached. The video goes out later."},
    {"quotaExceeded", rate_limited, kRefused, "quota",
     "Our YouTube quota is used up until tomorrow. The video goes out then."},
    {"dailyLimitExceeded", rate_limited, kRefused, "quota",
     "Our YouTube quota is used up until tomorrow. The video goes out then."},
    {"rateLimitExceeded", rate_limited, kDoubt, "rate_limited",
     "Too many requests right now. We will continue later."},
    {"userRateLimitExceeded", rate_limited, kDoubt, "rate_limited",
     "Too many requests right now. We will continue later."},
    {"uploadRateLimitExceeded", rate_limited, kDoubt, "rate_limited",
     "Too many thumbnails right now; we will try again later."},
    {"authError", unauthorized, kRefused, "grant_refused", kReconnect},
    {"expired", unauthorized, kRefused, "grant_refused", kReconnect},
    {"authorizationRequired", unauthorized, kRefused, "grant_refused", kReconnect},
    {"youtubeSignupRequired", forbidden, kRefused, "no_channel",
     "This Google account has no YouTube channel. Create one on YouTube first."},
    {"insufficientPermissions", unauthorized, kRefused, "permission_missing", kPermission},
    {"ACCESS_TOKEN_SCOPE_INSUFFICIENT", unauthorized, kRefused, "permission_missing", kPermission},
    {"forbidden", forbidden, kRefused, "forbidden", kNotAllowed},
    {"forbiddenPrivacySetting", forbidden, kRefused, "privacy",
     "YouTube does not allow this privacy setting for the channel."},
    {"forbiddenLicenseSetting", forbidden, kRefused, "license",
     "YouTube does not allow this licence for the channel."},
    {"authenticatedUserNotChannel", forbidden, kRefused, "forbidden", kNotAllowed},
    {"ineligibleAccount", forbidden, kRefused, "forbidden", kNotAllowed},
    {"playlistItemsNotAccessible", forbidden, kRefused, "playlist",
     "This playlist does not belong to the channel."},
    {"playlistContainsMaximumNumberOfVideos", forbidden, kRefused, "playlist",
     "The playlist is full."},
    {"authenticatedUserAccountClosed", forbidden, kRefused, "account_closed", kClosed},
    {"authenticatedUserAccountSuspended", forbidden, kRefused, "account_closed", kClosed},
    {"channelClosed", forbidden, kRefused, "account_closed", kClosed},
    {"channelSuspended", forbidden, kRefused, "account_closed", kClosed},
    {"videoNotFound", not_found, kRefused, "video_gone", "The video is not on YouTube any more."},
    {"playlistNotFound", not_found, kRefused, "playlist", "There is no such playlist."},
    {"channelNotFound", not_found, kRefused, "channel_gone", "The channel is not there any more."},
    {"internalError", unavailable, kDoubt, "platform_unavailable", kTemporary},
    {"backendError", unavailable, kDoubt, "platform_unavailable", kTemporary},
};

// Why a video that was taken over never came to be.
struct ProcessingRule {
  std::string_view reason;
  const char* message;
};
constexpr ProcessingRule kFailures[] = {
    {"codec", "YouTube cannot read this video's codec. Use MP4 with H.264 and AAC."},
    {"conversion", "YouTube could not convert this video. Export it again and retry."},
    {"emptyFile", "YouTube says that the file is empty. Upload it again."},
    {"invalidFile", "YouTube says that this is no video file it can read."},
    {"tooSmall", "YouTube says that the file is too small to be a video."},
    {"uploadAborted", "YouTube says that the upload was broken off. Retry it."},
};
constexpr ProcessingRule kRejections[] = {
    {"claim", "YouTube rejected the video: somebody else claims its content."},
    {"copyright", "YouTube rejected the video for copyright."},
    {"duplicate", "YouTube rejected the video: the channel has the same one already."},
    {"inappropriate", "YouTube rejected the video as inappropriate."},
    {"legal", "YouTube rejected the video for legal reasons."},
    {"length", "YouTube rejected the video as too long. Verify the channel's phone number."},
    {"termsOfUse", "YouTube rejected the video: it breaks the terms of use."},
    {"trademark", "YouTube rejected the video for a trademark."},
    {"uploaderAccountClosed", "YouTube rejected the video: the account is closed."},
    {"uploaderAccountSuspended", "YouTube rejected the video: the account is suspended."},
};

// Quota comes back at midnight Pacific time: 07:00 or 08:00 UTC. The later one is always right.
std::chrono::seconds until_quota_resets(Time now) {
  const auto day = std::chrono::floor<std::chrono::days>(now);
  Time reset = Time(day) + 8h;
  if (reset <= now) reset += 24h;
  return std::chrono::ceil<std::chrono::seconds>(reset - now);
}

std::chrono::seconds pause_for(const Input& input, const Answer& answer, std::string_view name) {
  if (const auto asked = retry_after(answer)) return *asked;
  if (name == "quota") return until_quota_resets(input.now);
  if (name == "channel_upload_limit") return 24h;
  return name == "rate_limited" ? std::chrono::seconds(5min) : std::chrono::seconds(1h);
}

Error unlisted(const Answer& answer, const std::string& reason) {
  Error error = nonsense(answer, "YouTube");
  if (answer.status == 429) {
    error.kind = rate_limited;
  } else if (answer.status == 401) {
    error = {unauthorized, kReconnect, {}, {}, "grant_refused"};
  } else if (answer.status >= 400 && answer.status < 500) {
    error = {invalid,
             "YouTube refused this without a reason that Herald knows. Look at the channel, change "
             "the post and try again.",
             {},
             {},
             "platform_refused"};
  }
  error.detail = "youtube error " + reason + ", status " + std::to_string(answer.status);
  return error;
}

}  // namespace

std::span<const Rule> rules() { return kRules; }

std::optional<Fault> fault_in(const Input& input, const Answer& answer) {
  if (is_success(answer)) return std::nullopt;
  const JsonAnswer json(answer.body);
  std::string reason = json.text("/error/errors/0/reason");
  const auto known = [&] { return std::ranges::find(kRules, reason, &Rule::reason); };
  if (known() == std::end(kRules) && json.has("/error/details/0/reason")) {
    reason = json.text("/error/details/0/reason");
  }
  // "required" is a missing token or a missing parameter, by the status.
  if (reason == "required") reason = answer.status == 401 ? "authorizationRequired" : "badRequest";
  const auto* rule = known();
  if (rule == std::end(kRules)) return Fault{reason, unlisted(answer, reason), Verdict::unknown};
  Fault fault{reason, {rule->kind, rule->message, {}, {}, rule->name}, rule->visible};
  if (rule->kind == rate_limited) fault.error.retry_after = pause_for(input, answer, rule->name);
  if (rule->kind == unavailable) fault.error.retry_after = retry_after(answer);
  fault.error.detail = "youtube error " + reason + ", status " + std::to_string(answer.status);
  return fault;
}

std::optional<Error> processing_error(std::string_view upload_status, std::string_view reason) {
  const auto in = [&](std::span<const ProcessingRule> table, const char* otherwise) {
    const auto found = std::ranges::find(table, reason, &ProcessingRule::reason);
    return Error{invalid,
                 found == table.end() ? otherwise : found->message,
                 std::string(upload_status) + ": " + std::string(reason),
                 {},
                 "video_" + std::string(upload_status)};
  };
  if (upload_status == "failed") return in(kFailures, "YouTube could not process the video.");
  if (upload_status == "rejected") return in(kRejections, "YouTube rejected the video.");
  if (upload_status == "deleted") return in({}, "The video was deleted on YouTube.");
  return std::nullopt;
}

}  // namespace herald::youtube_flows
