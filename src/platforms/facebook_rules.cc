// What error codes mean that Pages use in their own way, or alone. Source: the error lists of
// developers.facebook.com/docs/graph-api/reference/page/{feed,photos,videos} and
// .../video-api/guides/reels-publishing; sub-codes without a code are seen in working clients
// (github.com/gitroomhq/postiz-app); all checked 2026-11-22. Told apart by its text alone, and so
// left with its code's meaning: (#100) "No permission to publish the video".
#include "platforms/facebook.h"

namespace herald::facebook_flows {
namespace {

using enum ErrorKind;
using graph::kAnyCode;
using graph::kAnySubcode;
constexpr auto kRefused = Verdict::refused;
constexpr auto kDoubt = Verdict::unknown;

constexpr const char* kTemporary = "Facebook had a temporary problem. We are trying again.";
constexpr const char* kAgainstRules =
    "Facebook finds this against its Community Standards. Change the post.";
constexpr const char* kTwice =
    "Facebook says that the same was posted already. Look at the Page before you post it again.";
constexpr const char* kOurSetUp =
    "This server's registration with Meta is not set up correctly. Its operator has been informed.";

constexpr graph::Rule kRules[] = {
    {210, kAnySubcode, invalid, kRefused, "person_not_visible",
     "Facebook does not show this person to the app. Change the post."},
    {283, kAnySubcode, unauthorized, kRefused, "permission_missing",
     "A permission for the Page is missing. Reconnect and allow all items; your posts are kept."},
    {324, kAnySubcode, invalid, kRefused, "photo_unreadable",
     "Facebook could not read the photo. Use a JPEG or PNG file of at most 4 MB."},
    {382, kAnySubcode, invalid, kRefused, "video_too_small",
     "The video file is too small. Use a longer or larger one."},
    {389, kAnySubcode, unavailable, kRefused, "media_unreachable",
     "Facebook could not load the video. We will try again."},
    {6000, kAnySubcode, invalid, kRefused, "video_unreadable",
     "Facebook could not use this video. Try another file."},
    {6001, kAnySubcode, unavailable, kRefused, "upload_failed",
     "The upload to Facebook failed. We are trying again."},
    {1363040, kAnySubcode, invalid, kRefused, "video_ratio",
     "The video is too wide or too tall. Crop it between 16:9 and 9:16."},
    {1363127, kAnySubcode, invalid, kRefused, "video_resolution",
     "The video is too small for a reel. Use at least 540 by 960 pixels."},
    {1363128, kAnySubcode, invalid, kRefused, "video_duration",
     "The video has the wrong length. A reel takes 3 to 90 seconds."},
    {1363129, kAnySubcode, invalid, kRefused, "video_frame_rate",
     "The video has the wrong frame rate. A reel takes 24 to 60 frames a second."},
    {368, 1390008, rate_limited, kRefused, "posting_too_fast",
     "Facebook limits how fast this Page may post. We will continue later."},
    // It may be our own, of a call whose end was not seen.
    {368, 1404082, conflict, kDoubt, "duplicate", kTwice},
    {368, 4854002, unauthorized, kRefused, "account_restricted",
     "Facebook wants you to confirm your identity before you publish as this Page. Do so there, "
     "then reconnect."},
    {506, kAnySubcode, conflict, kDoubt, "duplicate", kTwice},
    {1705, kAnySubcode, internal, kRefused, "app_misconfigured", kOurSetUp},
    {3001, kAnySubcode, internal, kRefused, "platform_refused", kOurSetUp},
    {kAnyCode, 1346003, invalid, kRefused, "content_refused", kAgainstRules},
    {kAnyCode, 1404102, invalid, kRefused, "content_refused", kAgainstRules},
    {kAnyCode, 1404006, unauthorized, kRefused, "account_restricted",
     "Facebook wants a security check. Complete it on Facebook, then reconnect."},
    {kAnyCode, 1404112, unauthorized, kRefused, "account_restricted",
     "Facebook has limited this account. Look at it on Facebook, then reconnect."},
    {kAnyCode, 1404078, unauthorized, kRefused, "account_restricted",
     "This Page needs Page Publishing Authorization. Complete it on Facebook, then reconnect."},
    {kAnyCode, 1366046, invalid, kRefused, "photo_too_large",
     "Use a JPEG or PNG photo of at most 4 MB."},
    {kAnyCode, 1366051, conflict, kDoubt, "duplicate", kTwice},
    {kAnyCode, 1609008, invalid, kRefused, "link_refused",
     "Facebook takes no links to facebook.com here. Remove the link."},
    {kAnyCode, 1363047, unavailable, kDoubt, "platform_unavailable", kTemporary},
    {kAnyCode, 1609010, unavailable, kDoubt, "platform_unavailable", kTemporary},
    {kAnyCode, 2061006, invalid, kRefused, "link_refused",
     "Facebook does not take this link. Check its address."},
    {kAnyCode, 1349125, invalid, kRefused, "content_refused",
     "Facebook does not take this content. Change the post."},
    {kAnyCode, 2069019, invalid, kRefused, "media_refused",
     "Facebook does not take this file. Try another one."},
};

}  // namespace

std::span<const graph::Rule> rules() { return kRules; }

std::optional<graph::Fault> fault_in(const Answer& answer) {
  return graph::fault_in(answer, kRules);
}

}  // namespace herald::facebook_flows
