// Meta's refusals, with the numbers under which the tests know them (M-..: tokens, IG-..:
// Instagram). Codes and texts are the platform's as documented or seen; "{}" is filled in order,
// message first.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "http/server/message.h"

namespace herald::sandbox::meta {

enum class Transient { unsaid, no, yes };

struct Refusal {
  std::string_view name;
  int status;
  std::string_view message;
  int code;
  int subcode = 0;
  std::string_view title = {};
  std::string_view text = {};
  Transient transient = Transient::unsaid;
  std::string_view type = "OAuthException";
};

// A refusal on its way out, filled in.
struct GraphError {
  int status = 400;
  std::string body;
  int code = 0;
};

GraphError refuse(const Refusal& refusal, const std::vector<std::string>& words = {});
// "(#100) ..." for what has no number of its own.
GraphError refuse_parameter(const std::string& message);
http::Response to_response(const GraphError& error);
const Refusal* find_refusal(std::string_view name);

// Tokens and OAuth.
inline constexpr Refusal kCodeUsed{"M-05", 400, "This authorization code has been used.", 100,
                                   36009};
inline constexpr Refusal kCodeExpired{"M-06", 400, "This authorization code has expired.", 100,
                                      36007};
inline constexpr Refusal kRedirectDiffers{
    "M-07", 400,
    "Error validating verification code. Please make sure your redirect_uri is identical to the "
    "one you used in the OAuth dialog request",
    100, 36008};
inline constexpr Refusal kCodeMalformed{"code", 400, "Invalid verification code format.", 100};
inline constexpr Refusal kRedirectMissing{"redirect", 400, "Missing redirect_uri parameter.", 191};
inline constexpr Refusal kSecretWrong{"M-08", 400, "Error validating client secret.", 1};
inline constexpr Refusal kAppUnknown{"M-09", 400,
                                     "Error validating application. Invalid application ID.", 101};
inline constexpr Refusal kTokenExpired{
    "M-10", 400,
    "Error validating access token: Session has expired on {}. The current time is {}.", 190, 463};
inline constexpr Refusal kTokenUnreadable{
    "M-11", 400, "Invalid OAuth access token - Cannot parse access token", 190};
inline constexpr Refusal kPasswordChanged{
    "M-12", 400,
    "Error validating access token: The session has been invalidated because the user changed "
    "their password or Facebook has changed the session for security reasons.",
    190, 460};
inline constexpr Refusal kAppRemoved{
    "M-13", 400, "Error validating access token: The user has not authorized application {}.", 190,
    458};
inline constexpr Refusal kCheckpointed{
    "checkpoint", 400,
    "Error validating access token: You cannot access the app till you log in to "
    "www.facebook.com and follow the instructions given.",
    190, 459};
inline constexpr Refusal kUnconfirmed{
    "unconfirmed", 400,
    "Error validating access token: Sessions for the user are not allowed because the user is not "
    "a confirmed user.",
    190, 464};
inline constexpr Refusal kSessionInvalid{
    "session", 400, "Error validating access token: The session is invalid.", 190, 467};
inline constexpr Refusal kPageRoleLost{
    "FB-22", 400,
    "Error validating access token: The user does not have an appropriate role on the Page", 190,
    492};
inline constexpr Refusal kTokenMissing{
    "M-14", 400, "An access token is required to request this resource.", 104};
inline constexpr Refusal kUserTokenMissing{
    "M-14-me", 400,
    "An active access token must be used to query information about the current user.", 2500};
inline constexpr Refusal kOtherAppsToken{
    "M-16", 400, "(#100) The App_id in the input_token did not match the Viewing App", 100};
inline constexpr Refusal kProofWrong{"M-17",
                                     400,
                                     "Invalid appsecret_proof provided in the API argument",
                                     100,
                                     0,
                                     {},
                                     {},
                                     Transient::unsaid,
                                     "GraphMethodException"};
inline constexpr Refusal kProofMissing{
    "proof",
    400,
    "API calls from the server require an appsecret_proof argument",
    100,
    0,
    {},
    {},
    Transient::unsaid,
    "GraphMethodException"};
inline constexpr Refusal kAppLimit{
    "M-21", 403, "(#4) Application request limit reached", 4, 0, {}, {}, Transient::yes};
inline constexpr Refusal kDateFormat{"M-22", 400, "(#100) date_format is no longer supported", 100};
inline constexpr Refusal kRootIds{"M-22-ids", 400, "(#100) ids is no longer supported", 100};
inline constexpr Refusal kNoPermission{
    "M-23", 403, "(#10) Application does not have permission for this action", 10};
inline constexpr Refusal kNoSuchVersion{"version", 400, "(#2635) Unknown API version {}.", 2635};

// Instagram publishing.
inline constexpr Refusal kNotReady{"IG-01",
                                   400,
                                   "Media ID is not available",
                                   9007,
                                   2207027,
                                   "Media Not Ready",
                                   "The media is not ready for publishing, please wait for a "
                                   "moment",
                                   Transient::no};
inline constexpr Refusal kImageTooLarge{
    "IG-02",
    400,
    "The image size is too large.",
    36000,
    2207004,
    "Image size too large",
    "The image is too large to download. It should be less than 8 MiB.",
    Transient::no};
inline constexpr Refusal kImageFormat{"IG-03",
                                      400,
                                      "The image format is not supported.",
                                      36001,
                                      2207005,
                                      "Unsupported image format",
                                      "The image format {} is not supported.",
                                      Transient::no};
inline constexpr Refusal kAspectRatio{
    "IG-04",
    400,
    "The aspect ratio is not supported.",
    36003,
    2207009,
    "Invalid aspect ratio",
    "The submitted image with aspect ratio ('{}',) cannot be published. Please submit an image "
    "with a valid aspect ratio.",
    Transient::no};
inline constexpr Refusal kCaptionTooLong{
    "IG-05",
    400,
    "The caption was too long.",
    36004,
    2207010,
    "Caption too long",
    "The submitted image's caption was {} characters long. The maximum number of characters "
    "permitted for a caption is 2200.",
    Transient::no};
inline constexpr Refusal kTooManyTags{"IG-06",
                                      400,
                                      "Invalid parameter",
                                      100,
                                      2207040,
                                      "Too many tags",
                                      "Cannot use more than 20 tags per media.",
                                      Transient::no};
inline constexpr Refusal kDownloadFailed{
    "IG-07",
    400,
    "Only photo or video can be accepted as media type.",
    9004,
    2207052,
    "Media download has failed. The media URI doesn't meet our requirements.",
    "The media could not be fetched from this URI: {}. Please check the limitations",
    Transient::no};
inline constexpr Refusal kDownloadSlow{"IG-08",
                                       400,
                                       "Timeout",
                                       -2,
                                       2207003,
                                       "Timeout",
                                       "It takes too long to download the media.",
                                       Transient::yes};
inline constexpr Refusal kBuilderGone{
    "IG-10",
    400,
    "The requested resource does not exist",
    24,
    2207008,
    "Media not found",
    "The media builder with creation id = {} does not exist or has been expired.",
    Transient::no};
inline constexpr Refusal kMediaNotFound{"IG-11",
                                        400,
                                        "The requested resource does not exist",
                                        24,
                                        2207006,
                                        "Media not found",
                                        "The media with {} cannot be found",
                                        Transient::no};
inline constexpr Refusal kBadCarousel{
    "IG-12",
    400,
    "Invalid parameter",
    100,
    2207028,
    "Carousel validation failed",
    "Your post won't work as a carousel. It needs at least 2 and at most 10 photos and/or videos.",
    Transient::no};
inline constexpr Refusal kImageUrlRequired{
    "IG-13",         400, "The parameter image_url is required", 100, 0, {}, {}, Transient::unsaid,
    "IGApiException"};
inline constexpr Refusal kNotOnChild{"IG-14", 400,
                                     "(#100) param {} is not allowed for carousel items", 100};
inline constexpr Refusal kUnknownType{"IG-15",
                                      400,
                                      "Invalid parameter",
                                      100,
                                      2207023,
                                      "Unknown media type",
                                      "The media type {} is unknown.",
                                      Transient::no};
inline constexpr Refusal kStandaloneVideo{
    "IG-16",
    400,
    "Invalid parameter",
    100,
    2207089,
    "Carousel item cannot be published standalone",
    "Media created with media_type=VIDEO is a carousel item and cannot be published as a "
    "standalone post. To publish a standalone video, use media_type=REELS instead.",
    Transient::no};
inline constexpr Refusal kStandaloneVideoAtOnce{
    "IG-16-create",
    400,
    "Invalid parameter",
    100,
    2207067,
    "Media type VIDEO is not supported",
    "Use the REELS media type to publish a video to your Instagram feed.",
    Transient::no};
inline constexpr Refusal kThumbOffset{
    "IG-17",
    400,
    "Invalid thumbnail offset",
    1,
    2207057,
    "Invalid thumbnail offset",
    "Thumbnail offset must be greater than or equal to 0 and less than video duration, i.e. {}",
    Transient::no};
inline constexpr Refusal kDailyLimit{
    "IG-18",
    400,
    "Application request limit reached",
    9,
    2207042,
    "Maximum posts reached",
    "You reached maximum number of posts that is allowed to be published by Content Publishing "
    "API.",
    Transient::no};
inline constexpr Refusal kContainerLimit{
    "IG-19",
    400,
    "Application request limit reached",
    4,
    0,
    "Maximum posts reached",
    "You reached maximum number of posts that is allowed to be published by Content Publishing "
    "API.",
    Transient::no};
inline constexpr Refusal kActionBlocked{
    "IG-20",
    400,
    "Application request limit reached",
    4,
    2207051,
    "action is blocked",
    "We restrict certain activity to protect our community. Tell us if you think we made a "
    "mistake.",
    Transient::no};
inline constexpr Refusal kRestricted{"IG-24",
                                     400,
                                     "The Instagram account is restricted.",
                                     25,
                                     2207050,
                                     "Account restricted",
                                     "The Instagram account is restricted.",
                                     Transient::no};
inline constexpr Refusal kNoAdsManagement{
    "IG-25", 403, "(#200) The calling app is missing the ads_management permission", 200};
inline constexpr Refusal kNoObject{
    "IG-26",
    400,
    "Unsupported {} request. Object with ID '{}' does not exist, cannot be loaded due to missing "
    "permissions, or does not support this operation.",
    100,
    33,
    {},
    {},
    Transient::unsaid,
    "GraphMethodException"};
inline constexpr Refusal kAccountLimit{
    "IG-27", 400,
    "(#80002) There have been too many calls to this Instagram account. Wait a bit and try again. "
    "For more info, please refer to "
    "https://developers.facebook.com/docs/graph-api/overview/rate-limiting.",
    80002};
inline constexpr Refusal kTooFewViewers{
    "IG-30", 400, "(#10) Not enough viewers for the media to show insights", 10};
inline constexpr Refusal kNotDeletable{"IG-31",
                                       400,
                                       "Fatal",
                                       -1,
                                       2207073,
                                       "Media Type Not Supported",
                                       "The media type is not supported for this endpoint",
                                       Transient::no};
inline constexpr Refusal kCommentFields{
    "IG-32", 400, "This endpoint does not support the requested response format", 20, 1772107};

inline constexpr std::array kNamedRefusals = {
    kCodeUsed,        kCodeExpired,     kRedirectDiffers, kSecretWrong,  kAppUnknown,
    kTokenUnreadable, kPasswordChanged, kTokenMissing,    kAppLimit,     kNoPermission,
    kNotReady,        kImageTooLarge,   kImageFormat,     kAspectRatio,  kCaptionTooLong,
    kTooManyTags,     kDownloadFailed,  kDownloadSlow,    kBuilderGone,  kMediaNotFound,
    kBadCarousel,     kUnknownType,     kStandaloneVideo, kDailyLimit,   kContainerLimit,
    kActionBlocked,   kRestricted,      kNoAdsManagement, kNoObject,     kAccountLimit,
    kTooFewViewers,   kNotDeletable,    kCommentFields,   kCheckpointed, kSessionInvalid,
    kUnconfirmed,     kPageRoleLost,    kAppRemoved,      kTokenExpired, kProofWrong};

}  // namespace herald::sandbox::meta
