#include "sandbox/tiktok/caps.h"

#include <algorithm>
#include <set>

#include "sandbox/tiktok/tasks.h"

namespace herald::sandbox::tiktok {

namespace {

constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;

// Caps of a day begin anew at midnight UTC.
std::int64_t posts_today(const Context& x, const User& creator) {
  return std::ranges::count_if(x.state.tasks, [&](const auto& entry) {
    const auto& task = entry.second;
    return task.user == creator.id && !task.draft && task.status != "FAILED" &&
           task.began_ms / kDayMs == x.now_ms() / kDayMs;
  });
}

bool too_many_creators(const Context& x, const App& app, const User& creator) {
  std::set<std::string> posting;
  for (const auto& [id, task] : x.state.tasks)
    if (task.app == app.key && x.now_ms() < task.began_ms + kDayMs) posting.insert(task.user);
  return !posting.contains(creator.id) &&
         static_cast<std::int64_t>(posting.size()) >= x.number("posting_users");
}

}  // namespace

std::vector<std::string> privacy_options(const Context& x, const App& app, const User& creator) {
  if (!app.audited && x.choice("unaudited_options") == "self_only") return {"SELF_ONLY"};
  return {creator.is_private ? "FOLLOWER_OF_CREATOR" : "PUBLIC_TO_EVERYONE",
          "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY"};
}

std::string_view reached_cap(const Context& x, const App& app, const User& creator) {
  if (creator.banned) return "spam_risk_user_banned_from_posting";
  if (posts_today(x, creator) >= x.number("daily_posts")) return "spam_risk_too_many_posts";
  if (!app.audited && too_many_creators(x, app, creator)) return "reached_active_user_cap";
  return {};
}

Checked<Done> admit_post(const Context& x, const App& app, const User& creator, Details& details) {
  const auto cap = reached_cap(x, app, creator);
  if (!cap.empty()) return Refused(refusal(cap));
  if (!app.audited && !creator.is_private)
    return Refused(refusal("unaudited_client_can_only_post_to_private_accounts"));
  const auto options = privacy_options(x, app, creator);
  if (std::ranges::find(options, details.privacy) == options.end())
    return Refused(refusal("privacy_level_option_mismatch"));
  if (details.paid_partnership && details.privacy == "SELF_ONLY" &&
      x.choice("branded_private") == "refused")
    return wrong("Branded content cannot be posted with SELF_ONLY.");
  if (!app.audited) details.privacy = "SELF_ONLY";
  details.no_comments = details.no_comments || creator.comment_disabled;
  details.no_duet = details.no_duet || creator.duet_disabled || creator.is_private;
  details.no_stitch = details.no_stitch || creator.stitch_disabled || creator.is_private;
  return Done{};
}

Checked<Done> admit_draft(const Context& x, const User& creator) {
  const auto waiting = std::ranges::count_if(x.state.tasks, [&](const auto& entry) {
    const auto& task = entry.second;
    const bool abandoned = task.ready_ms == 0 && upload_is_over(x, task);
    return task.user == creator.id && task.draft && task.posts.empty() && task.status != "FAILED" &&
           !abandoned && x.now_ms() < task.began_ms + kDayMs;
  });
  if (waiting >= x.number("pending_drafts"))
    return Refused(refusal("spam_risk_too_many_pending_share"));
  return Done{};
}

}  // namespace herald::sandbox::tiktok
