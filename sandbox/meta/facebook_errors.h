// Refusals of Facebook Pages, with their numbers where the tests know them (FB-..); the others are
// named by code and subcode. Codes and texts are the platform's as documented or seen.
#pragma once

#include <array>

#include "sandbox/meta/errors.h"

namespace herald::sandbox::meta {

inline constexpr Refusal kNotAsPage{
    "FB-01", 403,
    "(#200) If posting to a page, requires both pages_read_engagement and pages_manage_posts as "
    "an admin with sufficient administrative permission",
    200};
inline constexpr Refusal kEmptyPost{"FB-02", 400, "(#100) Missing message or attachment", 100};
inline constexpr Refusal kScheduleInvalid{
    "FB-03", 400, "(#100) The specified scheduled publish time is invalid.", 100};
inline constexpr Refusal kDuplicate{"FB-05", 400, "(#506) Duplicate status message", 506};
inline constexpr Refusal kDuplicateBlocked{
    "368/1404082", 400, "The action attempted has been deemed abusive or is otherwise disallowed",
    368, 1404082};
inline constexpr Refusal kImageFileInvalid{"FB-06", 400, "(#324) Missing or invalid image file",
                                           324};
inline constexpr Refusal kPhotoTooLarge{
    "FB-07", 400,          "(#100) Photos should be smaller than 4 MB and saved as JPG, PNG.",
    100,     1366046,      {},
    {},      Transient::no};
inline constexpr Refusal kParameterInvalid{"FB-09", 400, "(#100) Invalid parameter", 100};
inline constexpr Refusal kParameterMissing{"FB-10", 400, "(#100) Missing parameter: {}", 100};
inline constexpr Refusal kVideoMissing{
    "FB-11", 400, "Video Upload Is Missing", 6000, 0, {}, {}, Transient::no};
inline constexpr Refusal kReelLimit{"FB-18", 400, "(#4) Application request limit reached", 4};
inline constexpr Refusal kVideoUnfetched{"FB-19", 400,
                                         "(#389) Unable to fetch video file from URL.", 389};
inline constexpr Refusal kTooFast{
    "FB-23",
    400,
    "We limit how often you can post, comment or do other things in a given amount of time in "
    "order to help protect the community from spam. You can try again later.",
    368,
    1390008,
    {},
    {},
    Transient::no};
inline constexpr Refusal kPageLimit{
    "FB-24", 400,
    "(#80001) There have been too many calls to this Page account. Wait a bit and try again. For "
    "more info, please refer to "
    "https://developers.facebook.com/docs/graph-api/overview/rate-limiting.",
    80001};
inline constexpr Refusal kMetricInvalid{"FB-25", 400,
                                        "(#100) The value must be a valid insights metric", 100};
inline constexpr Refusal kMetricMissing{
    "FB-26", 400,
    "No metric was specified to be fetched. Please specify one or more metrics to be fetched and "
    "try again.",
    3001, 1504028};
inline constexpr Refusal kOtherAppsPost{"FB-28", 403,
                                        "(#200) This post was not created by the application", 200};
inline constexpr Refusal kChunkWrong{
    "FB-34", 400, "There was a problem uploading your video file. Please try again.", 6001};

inline constexpr Refusal kVideoBroken{
    "6000", 400,
    "There was a problem uploading your video file. Please try again with another file.", 6000};
inline constexpr Refusal kVideoTooSmall{"382", 400, "(#382) The video file is too small", 382};
inline constexpr Refusal kMessageTooLong{"long", 400, "(#100) Name parameter too long", 100};
inline constexpr Refusal kLinkBad{"2061006", 400, "(#100) The url you supplied is invalid", 100,
                                  2061006};
inline constexpr Refusal kLinkToFacebook{"1609008", 400, "(#100) facebook.com links not allowed",
                                         100, 1609008};
inline constexpr Refusal kLinkUnread{
    "1609005", 400, "There was a problem scraping data from the provided link", 1609005};

// Never met by themselves here; for scripts.
inline constexpr std::array kScriptedPageRefusals = {
    Refusal{"100/video", 400, "(#100) No permission to publish the video", 100},
    Refusal{"283", 400, "(#283) Requires extended permission: pages_read_engagement", 283},
    Refusal{"210", 400, "(#210) User not visible", 210},
    Refusal{"368/4854002", 400, "Confirm your identity before you can publish as this Page.", 368,
            4854002},
    Refusal{"1346003", 400, "The content was reported as abusive.", 368, 1346003},
    Refusal{"1404102", 400, "The content goes against the Community Standards.", 368, 1404102},
    Refusal{"1404006", 400, "Please complete a security check.", 368, 1404006},
    Refusal{"1404112", 400, "The account is temporarily limited.", 368, 1404112},
    Refusal{"1404078", 400, "Page publishing authorization required.", 368, 1404078},
    Refusal{"1366051", 400, "(#100) The photos were already posted.", 100, 1366051},
    Refusal{"1363047", 400, "Service temporarily unavailable.", 2, 1363047},
    Refusal{"1609010", 400, "Service temporarily unavailable.", 2, 1609010},
    Refusal{"1349125", 400, "(#100) Invalid content.", 100, 1349125},
    Refusal{"2069019", 400, "(#100) Invalid file.", 100, 2069019},
    Refusal{"1705", 400, "(#1705) There was an error posting to this wall", 1705},
};

inline constexpr std::array kNamedPageRefusals = {
    kNotAsPage,      kEmptyPost,        kScheduleInvalid,  kDuplicate,        kDuplicateBlocked,
    kPhotoTooLarge,  kImageFileInvalid, kParameterInvalid, kParameterMissing, kVideoMissing,
    kReelLimit,      kVideoUnfetched,   kTooFast,          kPageLimit,        kMetricInvalid,
    kMetricMissing,  kOtherAppsPost,    kChunkWrong,       kVideoBroken,      kVideoTooSmall,
    kMessageTooLong, kLinkBad,          kLinkToFacebook,   kLinkUnread};

}  // namespace herald::sandbox::meta
