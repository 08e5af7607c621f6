// What TikTok's error codes and fail reasons mean. Sources: developers.tiktok.com/doc,
// tiktok-api-v2-error-handling and the pages of the calls, checked 2026-11-22.
#include <algorithm>

#include "platforms/steps.h"
#include "platforms/tiktok.h"

namespace herald::tiktok_flows {
namespace {

using namespace std::chrono_literals;
using enum ErrorKind;
constexpr auto kRefused = Verdict::refused;
constexpr auto kDoubt = Verdict::unknown;

constexpr const char* kTemporary = "TikTok had a temporary problem. We are trying again.";
constexpr const char* kReconnect =
    "The connection to TikTok ended. Reconnect to continue; your posts are kept.";
constexpr const char* kPermission =
    "A TikTok permission is missing. Reconnect and allow all items; your posts are kept.";
constexpr const char* kSetting =
    "TikTok rejected a setting of this post. Look through its options and try again.";
constexpr const char* kDailyLimit =
    "This account reached TikTok's daily limit for posts from apps. It goes out later.";
constexpr const char* kBanned =
    "TikTok does not let this account post. Look in the TikTok app for the reason.";
constexpr const char* kRisky = "TikTok refused the post as risky. Change it and try again.";

constexpr Rule kRules[] = {
    {"access_token_invalid", unauthorized, kRefused, "grant_refused", kReconnect},
    {"scope_not_authorized", unauthorized, kRefused, "permission_missing", kPermission},
    {"scope_permission_missed", unauthorized, kRefused, "permission_missing", kPermission},
    {"invalid_param", invalid, kRefused, "platform_refused", kSetting},
    {"invalid_params", invalid, kRefused, "platform_refused", kSetting},
    {"invalid_file_upload", invalid, kRefused, "media_refused",
     "The file does not meet TikTok's rules. Use an MP4 (H.264) or a JPEG."},
    {"spam_risk_too_many_pending_share", rate_limited, kRefused, "too_many_drafts",
     "Five drafts already wait in the TikTok inbox. Post or delete some of them there."},
    {"privacy_level_option_mismatch", invalid, kRefused, "privacy",
     "TikTok does not offer this choice of who can see the post any more. Choose again."},
    {"unaudited_client_can_only_post_to_private_accounts", forbidden, kRefused, "app_not_audited",
     "Until TikTok has audited this server's app, it posts only for private accounts. Set the "
     "account to private in the TikTok app, or ask the operator."},
    {"url_ownership_unverified", internal, kRefused, "app_misconfigured",
     "This server's media address is not verified with TikTok. Its operator has been informed."},
    {"spam_risk_too_many_posts", rate_limited, kRefused, "daily_limit", kDailyLimit},
    {"spam_risk_user_banned_from_posting", forbidden, kRefused, "posting_blocked", kBanned},
    {"reached_active_user_cap", rate_limited, kRefused, "app_daily_limit",
     "This server's app reached TikTok's daily limit of accounts. It goes out later."},
    {"app_version_check_failed", invalid, kRefused, "app_version",
     "The TikTok app of this account is too old for drafts of photos. Update it and try again."},
    {"invalid_publish_id", not_found, kRefused, "publish_id", "TikTok does not know this post."},
    {"token_not_authorized_for_specified_publish_id", forbidden, kRefused, "publish_id",
     "This post was begun for another TikTok account."},
    {"rate_limit_exceeded", rate_limited, kRefused, "rate_limited",
     "TikTok is busy. We will continue in a moment."},
    {"internal_error", unavailable, kDoubt, "platform_unavailable", kTemporary},
};

// FAILED is an end: nothing was posted. `visible` has no meaning here.
constexpr Rule kFailures[] = {
    {"file_format_check_failed", invalid, kRefused, "media_refused",
     "TikTok does not accept this file type. Use MP4 (H.264), or JPEG for photos."},
    {"duration_check_failed", invalid, kRefused, "video_too_long",
     "The video is too long for this TikTok account. Shorten it."},
    {"frame_rate_check_failed", invalid, kRefused, "frame_rate",
     "The video must have between 23 and 60 frames a second."},
    {"picture_size_check_failed", invalid, kRefused, "picture_size",
     "TikTok does not accept the picture's size. Each side of a video has 360 to 4096 pixels."},
    {"internal", unavailable, kRefused, "platform_unavailable", kTemporary},
    {"video_pull_failed", unavailable, kRefused, "pull_failed",
     "TikTok could not download the video from this server. We are trying again."},
    {"photo_pull_failed", unavailable, kRefused, "pull_failed",
     "TikTok could not download the photos from this server. We are trying again."},
    {"publish_cancelled", invalid, kRefused, "cancelled_there",
     "Publishing was cancelled on TikTok."},
    {"auth_removed", unauthorized, kRefused, "grant_refused",
     "TikTok access was withdrawn. Reconnect the account; your posts are kept."},
    {"spam_risk_too_many_posts", rate_limited, kRefused, "daily_limit", kDailyLimit},
    {"spam_risk_user_banned_from_posting", forbidden, kRefused, "posting_blocked", kBanned},
    {"spam_risk_text", invalid, kRefused, "risky",
     "TikTok refused the text as risky. Change it and try again."},
    {"spam_risk", invalid, kRefused, "risky", kRisky},
};

// The caps are counted over 24 hours, the rate over a minute.
Error error_of(const Rule& rule) {
  Error error{rule.kind, rule.message, {}, {}, rule.name};
  if (rule.kind == rate_limited) {
    error.retry_after = rule.code == "rate_limit_exceeded" ? std::chrono::seconds(60s) : 24h;
  }
  return error;
}

}  // namespace

std::span<const Rule> rules() { return kRules; }

std::optional<Fault> fault_in(const Answer& answer, const JsonAnswer& json) {
  std::string code = json.text("/error/code");
  if (is_success(answer) && code == "ok") return std::nullopt;
  const auto* rule = std::ranges::find(kRules, code, &Rule::code);
  Fault fault{code, nonsense(answer, "TikTok"), Verdict::unknown};
  if (rule != std::end(kRules)) {
    fault.error = error_of(*rule);
    fault.visible = rule->visible;
    if (const auto asked = retry_after(answer)) fault.error.retry_after = asked;
  } else if (answer.status == 429) {
    fault.error.kind = rate_limited;
  }
  fault.error.detail = "tiktok error " + code + ", status " + std::to_string(answer.status);
  return fault;
}

Absorbed faulty(const Notes& notes, Fault fault) {
  if (fault.visible == Verdict::refused) return refused(notes, std::move(fault.error));
  return in_doubt(notes, std::move(fault.error));
}

Error failure(std::string_view reason) {
  const auto* rule = std::ranges::find(kFailures, reason, &Rule::code);
  Error error{invalid,
              "TikTok did not publish it, without a reason that Herald knows. Look in the TikTok "
              "app, change the post and try again.",
              {},
              {},
              "platform_refused"};
  if (rule != std::end(kFailures)) error = error_of(*rule);
  error.detail = "tiktok fail_reason " + std::string(reason);
  return error;
}

}  // namespace herald::tiktok_flows
