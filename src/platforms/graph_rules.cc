// What Meta's error codes mean, from the pages named in graph.h. `visible` is what a code proves
// when media_publish answers with it: only what is certain not to have published is `refused`.
#include <algorithm>
#include <array>

#include "platforms/graph.h"

namespace herald::graph {
namespace {

using enum ErrorKind;
constexpr auto kRefused = Verdict::refused;
constexpr auto kNotYet = Verdict::not_yet;
constexpr auto kDoubt = Verdict::unknown;

constexpr const char* kTemporary = "Meta had a temporary problem. We are trying again.";
constexpr const char* kTooMany = "Too many requests right now. We will continue later.";
constexpr const char* kReconnect =
    "The connection to this account ended. Reconnect to continue; your posts are kept.";
constexpr const char* kPermission =
    "A permission is missing. Reconnect and allow all items; your posts are kept.";
constexpr const char* kOurSetUp =
    "This server's registration with Meta is not set up correctly. Its operator has been informed.";
constexpr const char* kMediaLost = "Instagram could not load the file. We will try again.";

constexpr Rule kCommon[] = {
    {1, 0, unavailable, kDoubt, "platform_unavailable", kTemporary},
    {2, 0, unavailable, kDoubt, "platform_unavailable", kTemporary},
    {3, 0, internal, kRefused, "app_misconfigured", kOurSetUp},
    {4, 0, rate_limited, kRefused, "rate_limited", kTooMany},
    {10, kAnySubcode, unauthorized, kRefused, "permission_missing", kPermission},
    {17, kAnySubcode, rate_limited, kRefused, "rate_limited", kTooMany},
    {20, 1772107, unknown_outcome, kDoubt, "maybe_done",
     "It may be there already. We are looking before anything else."},
    {32, kAnySubcode, rate_limited, kRefused, "rate_limited", kTooMany},
    {100, 33, not_found, kDoubt, "not_found", "Meta found nothing there, or gives us no access."},
    {100, 0, invalid, kRefused, "platform_refused", nullptr},
    {101, 0, internal, kRefused, "app_misconfigured", kOurSetUp},
    {102, kAnySubcode, unauthorized, kRefused, "grant_refused", kReconnect},
    {104, kAnySubcode, internal, kRefused, "app_misconfigured", kOurSetUp},
    {190, 458, unauthorized, kRefused, "grant_refused",
     "The connection was removed on Facebook. Reconnect; your posts are kept."},
    {190, 459, unauthorized, kRefused, "grant_refused",
     "Open Facebook, complete the security check, then reconnect; your posts are kept."},
    {190, 460, unauthorized, kRefused, "grant_refused",
     "The Facebook password was changed. Reconnect; your posts are kept."},
    {190, 463, unauthorized, kRefused, "grant_refused",
     "The connection expired. Reconnect; your posts are kept."},
    {190, 464, unauthorized, kRefused, "grant_refused",
     "Confirm the Facebook account, then reconnect; your posts are kept."},
    {190, 467, unauthorized, kRefused, "grant_refused",
     "The Facebook session ended. Reconnect; your posts are kept."},
    {190, 492, unauthorized, kRefused, "grant_refused",
     "Your role on the Page changed. Ask one of its admins for access, then reconnect."},
    {190, kAnySubcode, unauthorized, kRefused, "grant_refused", kReconnect},
    {191, 0, internal, kRefused, "app_misconfigured", kOurSetUp},
    {200, kAnySubcode, unauthorized, kRefused, "permission_missing", kPermission},
    {341, kAnySubcode, rate_limited, kRefused, "rate_limited", kTooMany},
    {368, 0, forbidden, kRefused, "platform_blocked",
     "Meta has blocked this action for now. Look at the account before posting again."},
    {506, 0, conflict, kDoubt, "duplicate", "This was already posted."},
    {613, kAnySubcode, rate_limited, kRefused, "rate_limited", kTooMany},
    {1609005, 0, unavailable, kRefused, "link_unreadable", "Meta could not read this link."},
    {2500, kAnySubcode, unauthorized, kRefused, "grant_refused", kReconnect},
    {2635, kAnySubcode, internal, kRefused, "app_misconfigured", kOurSetUp},
    {80001, kAnySubcode, rate_limited, kRefused, "rate_limited", kTooMany},
    {80002, kAnySubcode, rate_limited, kRefused, "rate_limited", kTooMany},
};

constexpr Rule kInstagram[] = {
    {-2, 2207003, unavailable, kDoubt, "media_unreachable", kMediaLost},
    {-2, 2207020, unavailable, kDoubt, "container_expired", kTemporary},
    {-1, 2207001, unavailable, kDoubt, "platform_unavailable", kTemporary},
    {-1, 2207032, unavailable, kDoubt, "platform_unavailable", kTemporary},
    {-1, 2207053, unavailable, kDoubt, "platform_unavailable", kTemporary},
    {-1, 2207073, invalid, kDoubt, "platform_refused", nullptr},
    {-1, kAnySubcode, unavailable, kDoubt, "platform_unavailable", kTemporary},
    {-2, kAnySubcode, unavailable, kDoubt, "platform_unavailable", kTemporary},
    {1, 2207057, invalid, kRefused, "thumb_offset",
     "The cover moment lies outside the video. Choose an earlier one."},
    // Seen with the post live.
    {4, 2207051, unknown_outcome, kDoubt, "action_blocked",
     "Instagram limited this action. Check the account before posting again."},
    {9, 2207042, rate_limited, kRefused, "daily_limit",
     "Instagram's daily posting limit is reached. The post goes out when there is room again."},
    {9, 0, rate_limited, kRefused, "daily_limit",
     "Instagram's daily limit is reached. The post goes out when there is room again."},
    // Replication delay on a young container; else the container may have been used up.
    {24, 2207006, unavailable, kDoubt, "container_unknown", kTemporary},
    {24, 2207008, unavailable, kDoubt, "container_expired", kTemporary},
    {25, 2207050, unauthorized, kRefused, "account_restricted",
     "Instagram restricted this account. Open the Instagram app, then reconnect."},
    {100, 2207023, invalid, kRefused, "platform_refused", nullptr},
    {100, 2207028, invalid, kRefused, "carousel_size", "A carousel needs 2 to 10 items."},
    {100, 2207035, invalid, kRefused, "tags_refused", nullptr},
    {100, 2207036, invalid, kRefused, "tags_refused", nullptr},
    {100, 2207037, invalid, kRefused, "tags_refused", nullptr},
    {100, 2207040, invalid, kRefused, "too_many_tags",
     "Too many tags: at most 20 mentions and 30 hashtags."},
    {100, 2207067, internal, kRefused, "platform_refused", kOurSetUp},
    {100, 2207089, internal, kRefused, "platform_refused", kOurSetUp},
    {352, 2207026, invalid, kRefused, "video_format",
     "Instagram cannot read this video. Use MP4, H.264 and AAC."},
    {9004, 2207052, unavailable, kDoubt, "media_unreachable", kMediaLost},
    {9007, 2207027, unavailable, kNotYet, "not_ready",
     "Instagram is still processing the media. We are trying again."},
    {36000, 2207004, invalid, kRefused, "image_too_large", "Use an image of at most 8 MB."},
    {36001, 2207005, invalid, kRefused, "image_format", "Use a JPEG image."},
    {36003, 2207009, invalid, kRefused, "image_ratio", "Crop the image between 4:5 and 1.91:1."},
    {36004, 2207010, invalid, kRefused, "caption_too_long",
     "Shorten the caption to 2200 characters."},
    {kAnyCode, 2207077, invalid, kRefused, "media_unreachable",
     "Instagram could not download the video."},
    {kAnyCode, 2207081, invalid, kRefused, "trial_reels", "This account cannot post trial reels."},
    {kAnyCode, 2207082, unavailable, kRefused, "platform_unavailable", kTemporary},
};

// Where the person has to go differs; the kinds do not.
constexpr Rule kSignedInAtInstagram[] = {
    {190, 458, unauthorized, kRefused, "grant_refused",
     "The connection was removed on Instagram. Reconnect; your posts are kept."},
    {190, 459, unauthorized, kRefused, "grant_refused",
     "Open Instagram, complete the security check, then reconnect; your posts are kept."},
    {190, 460, unauthorized, kRefused, "grant_refused",
     "The Instagram password was changed. Reconnect; your posts are kept."},
    {190, 464, unauthorized, kRefused, "grant_refused",
     "Confirm the Instagram account, then reconnect; your posts are kept."},
    {190, 467, unauthorized, kRefused, "grant_refused",
     "The Instagram session ended. Reconnect; your posts are kept."},
};

constexpr auto kInstagramLoginRules = [] {
  std::array<Rule, std::size(kSignedInAtInstagram) + std::size(kInstagram)> rules{};
  std::ranges::copy(kInstagram, std::ranges::copy(kSignedInAtInstagram, rules.begin()).out);
  return rules;
}();

}  // namespace

std::span<const Rule> common_rules() { return kCommon; }
std::span<const Rule> instagram_rules() { return kInstagram; }
std::span<const Rule> instagram_login_rules() { return kInstagramLoginRules; }

}  // namespace herald::graph
