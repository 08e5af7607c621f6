#include "sandbox/reddit/draft.h"

#include <fmt/format.h>

#include <algorithm>

#include "sandbox/reddit/link.h"
#include "sandbox/reddit/posts.h"

namespace herald::sandbox::reddit {

namespace {

constexpr std::size_t kTitleMax = 300;
constexpr std::size_t kTextMax = 40'000;
constexpr std::size_t kFlairMax = 64;

Objection wrong(std::string code, std::string text, std::string field) {
  return Objection(
      Wrong{.code = std::move(code), .text = std::move(text), .field = std::move(field)});
}

Objection too_long(std::size_t most, std::string field) {
  return wrong("TOO_LONG", fmt::format("this is too long (max: {})", most), std::move(field));
}

bool has(const std::vector<std::string>& ids, const std::string& id) {
  return std::ranges::find(ids, id) != ids.end();
}

Fine check_kind(const Community& community, std::string_view kind) {
  if (kind == "self" && community.submission_type == "link")
    return wrong("NO_SELFS", "that subreddit doesn't allow text posts", "sr");
  if (kind != "self" && !kind.empty() && community.submission_type == "self")
    return wrong("NO_LINKS", "that subreddit only allows text posts", "sr");
  if (kind == "image" && !community.allow_images)
    return wrong("IMAGES_NOT_ALLOWED", "Images aren't allowed in this subreddit", "sr");
  if (kind.starts_with("video") && !community.allow_videos)
    return wrong("VIDEOS_NOT_ALLOWED", "Videos aren't allowed in this subreddit", "sr");
  if (kind == "gallery" && !community.allow_galleries)
    return wrong("GALLERIES_DISABLED", "Gallery posts aren't allowed in this subreddit", "sr");
  return Done{};
}

std::string waiting_words(std::string_view form, std::int64_t seconds) {
  const auto minutes = seconds / 60;
  const auto amount = minutes > 0 ? fmt::format("{} minute{}", minutes, minutes == 1 ? "" : "s")
                                  : fmt::format("{} second{}", seconds, seconds == 1 ? "" : "s");
  if (form == "break")
    return "Looks like you've been doing that a lot. Take a break for " + amount +
           " before trying again.";
  return "you are doing that too much. try again in " + amount + ".";
}

}  // namespace

Fine check_place(Request& request, const Draft& draft) {
  if (draft.post.community.empty())
    return wrong("SUBREDDIT_REQUIRED", "you must specify a subreddit", "sr");
  const auto* community = request.state().community(draft.post.community);
  if (community == nullptr || community->type == "banned")
    return wrong("SUBREDDIT_NOEXIST", "that subreddit doesn't exist", "sr");
  if (has(community->banned, request.user.id))
    return wrong("SUBREDDIT_NOTALLOWED_BANNED",
                 "You've been banned from contributing to this community", "sr");
  if (community->type != "public" && !has(community->contributors, request.user.id))
    return wrong("SUBREDDIT_NOTALLOWED", "you aren't allowed to post there.", "sr");
  HERALD_CHECK(check_kind(*community, draft.post.kind));
  if (request.user.suspended) return wrong("IN_TIMEOUT", "You can't do that while suspended.", "");
  return Done{};
}

Fine check_title(Draft& draft) {
  auto& title = draft.post.title;
  title = collapsed(title);
  if (title.empty()) return wrong("NO_TEXT", "we need something here", "title");
  if (code_points(title) > kTitleMax) return too_long(kTitleMax, "title");
  return Done{};
}

Fine check_pace(Request& request) {
  const auto left_ms = request.user.may_post_at_ms - request.x.now_ms();
  if (left_ms <= 0) return Done{};
  const auto left_s = static_cast<double>(left_ms) / 1000;
  return Objection(Wrong{.code = "RATELIMIT",
                         .text = waiting_words(request.x.choice("ratelimit_words"),
                                               std::max<std::int64_t>(1, left_ms / 1000)),
                         .field = "ratelimit",
                         .ratelimit_s = left_s});
}

void note_post(Request& request) {
  if (request.user.is_new)
    request.user.may_post_at_ms = request.x.now_ms() + request.x.number("post_gap_seconds") * 1000;
}

Fine check_link(Request& request, const Draft& draft) {
  const auto& url = draft.post.url;
  if (url.empty()) return wrong("NO_URL", "a url is required", "url");
  const auto domain = domain_of(url);
  if (domain.empty()) return wrong("BAD_URL", "you should check that url", "url");
  if (within_domain(domain, "banned.example"))
    return wrong("DOMAIN_BANNED", "`" + domain + "` is not allowed on reddit: spam", "url");
  if (draft.resubmit) return Done{};
  for (const auto& [id, post] : request.state().posts)
    if (!post.deleted && post.url == url && lower(post.community) == lower(draft.post.community))
      return wrong("ALREADY_SUB", "that link has already been submitted", "url");
  return Done{};
}

Fine check_text(const Draft& draft) {
  if (code_points(draft.post.text) > kTextMax) return too_long(kTextMax, "text");
  return Done{};
}

Fine check_flair(Request& request, Draft& draft) {
  const auto& community = *request.state().community(draft.post.community);
  auto& post = draft.post;
  if (post.flair_id.empty()) {
    post.flair_text.clear();
    if (!community.requirements.is_flair_required) return Done{};
    return Objection(Wrong{.code = "SUBMIT_VALIDATION_FLAIR_REQUIRED",
                           .text = "Your post must contain post flair.",
                           .field = "flair",
                           .requirement = true});
  }
  const auto found = std::ranges::find(community.flairs, post.flair_id, &Flair::id);
  if (found == community.flairs.end() || found->mod_only || !community.flairs_enabled)
    return wrong("INVALID_OPTION", "that option is not valid", "flair_id");
  if (code_points(post.flair_text) > kFlairMax) return too_long(kFlairMax, "flair_text");
  if (!found->editable || post.flair_text.empty()) post.flair_text = found->text;
  return Done{};
}

}  // namespace herald::sandbox::reddit
