// Which account a grant opens, what it allows just now, and how it and its posts fare.
#include <algorithm>
#include <boost/json.hpp>

#include "platforms/steps.h"
#include "platforms/tiktok.h"

namespace herald::tiktok_flows {
namespace {

// ---------------------------------------------------------------- discover

// The username takes a scope of its own in user/info; creator info gives it away with the scope
// that publishing needs.
Step discover_next(const Input&, const Progress& progress) {
  const Notes notes(progress);
  if (!notes.has("id")) {
    return get("find the account", "user/info/", {{"fields", "open_id,avatar_url,display_name"}});
  }
  if (!notes.has("username")) return creator_info();
  DiscoveredAccount account;
  account.remote_id = notes.text("id");
  account.name = notes.text("name");
  account.username = notes.text("username");
  account.picture_url = notes.text("picture");
  account.kind = "account";
  if (account.name.empty()) account.name = account.username;
  return finished(Discovered{{account}, account.remote_id});
}

Absorbed discover_absorb(const Input&, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  const JsonAnswer json(answer.body);
  auto fault = fault_in(answer, json);
  if (notes.has("id")) {
    // An account that may not post today is an account all the same.
    const bool again = fault && fault->visible == Verdict::unknown;
    if (again) return in_doubt(notes, std::move(fault->error));
    return accepted(notes.set("username", json.text("/data/creator_username")));
  }
  if (fault) return faulty(notes, std::move(*fault));
  const std::string id = json.text("/data/user/open_id");
  if (id.empty()) return in_doubt(notes, nonsense(answer, "TikTok"));
  return accepted(notes.set("id", id)
                      .set("name", json.text("/data/user/display_name"))
                      .set("picture", json.text("/data/user/avatar_url")));
}

// ---------------------------------------------------------------- lookup

std::string label_of(const std::string& level) {
  constexpr std::pair<std::string_view, const char*> kLabels[] = {
      {kPublic, "Everyone"},
      {"MUTUAL_FOLLOW_FRIENDS", "Friends"},
      {"FOLLOWER_OF_CREATOR", "Followers"},
      {kPrivate, "Only you"}};
  for (const auto& [value, label] : kLabels) {
    if (value == level) return label;
  }
  return level;
}

Step lookup_next(const Input& input, const Progress& progress) {
  const Notes notes(progress);
  if (!notes.has("read")) return creator_info();
  LookedUp found{notes.below("fact."), input.now, {}};
  if (!notes.list("levels").empty()) {
    auto& choices = found.choices[kPrivacy];
    for (const auto& level : notes.list("levels")) choices.push_back({level, label_of(level)});
  }
  return finished(std::move(found));
}

Absorbed lookup_absorb(const Input& input, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  const JsonAnswer json(answer.body);
  if (auto fault = fault_in(answer, json)) {
    // That the account may not post just now is said here, with status 200; drafts go out still.
    const auto kind = fault->error.kind;
    const bool about_posts = fault->error.code == "daily_limit" ||
                             fault->error.code == "posting_blocked" || kind == ErrorKind::not_found;
    if (is_draft(input) && about_posts) return accepted(notes.set("read", "yes"));
    return faulty(notes, std::move(*fault));
  }
  const auto levels = json.texts("/data/privacy_level_options");
  if (levels.empty()) return in_doubt(notes, nonsense(answer, "TikTok"));
  for (const auto& level : levels) notes.add("levels", level);
  for (const auto& [what, words] :
       {std::pair("comment", "Comments are"), std::pair("duet", "Duets are"),
        std::pair("stitch", "Stitches are")}) {
    const bool off = json.flag(std::string("/data/") + what + "_disabled").value_or(false);
    if (!off) continue;
    notes.set(
        std::string("fact.off.allow_") + what,
        std::string(words) + " switched off for this account in the TikTok app, and stay off.");
  }
  for (const auto& [field, name] :
       {std::pair("creator_username", "fact.username"), std::pair("creator_nickname", "fact.name"),
        std::pair("max_video_post_duration_sec", "fact.seconds_max")}) {
    const auto value = json.text(std::string("/data/") + field);
    if (!value.empty()) notes.set(name, value);
  }
  return accepted(notes.set("read", "yes"));
}

// ---------------------------------------------------------------- measure

// Without the scope there are no figures, which is no error.
Step measure_next(const Input& input, const Progress& progress) {
  const Notes notes(progress);
  const bool account = input.remote_id.empty();
  const bool may = has_scope(input, account ? "user.info.stats" : "video.list");
  if (notes.has("read") || !may) return finished(LookedUp{notes.below("is."), input.now, {}});
  if (account) {
    return get("read the figures", "user/info/",
               {{"fields", "follower_count,following_count,likes_count,video_count"}});
  }
  namespace json = boost::json;
  const json::object filters{{"video_ids", json::array{json::string(input.remote_id)}}};
  Call call =
      post("read the figures", "video/query/", json::serialize(json::object{{"filters", filters}}));
  call.query = {{"fields", "id,view_count,like_count,comment_count,share_count"}};
  return call;
}

Absorbed measure_absorb(const Input&, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  const JsonAnswer json(answer.body);
  if (auto fault = fault_in(answer, json)) return faulty(notes, std::move(*fault));
  constexpr std::pair<const char*, const char*> kFigures[] = {
      {"/data/videos/0/view_count", "is.views"},
      {"/data/videos/0/like_count", "is.likes"},
      {"/data/videos/0/comment_count", "is.comments"},
      {"/data/videos/0/share_count", "is.shares"},
      {"/data/user/follower_count", "is.followers"},
      {"/data/user/following_count", "is.following"},
      {"/data/user/likes_count", "is.likes"},
      {"/data/user/video_count", "is.posts"}};
  for (const auto& [pointer, name] : kFigures) {
    if (const auto value = json.number(pointer)) notes.set(name, *value);
  }
  return accepted(notes.set("read", "yes"));
}

// ---------------------------------------------------------------- follow-ups

// There are none: a comment by API is not to be had here.
Step no_follow_up(const Input& input, const Progress&) {
  return Error{
      ErrorKind::internal, "Herald does not know this kind of work.", input.follow_up, {}, {}};
}
Absorbed nothing_heard(const Input&, const Progress& progress, const Answer& answer) {
  return in_doubt(Notes(progress), nonsense(answer, "TikTok"));
}

}  // namespace

FlowSteps discover() { return {discover_next, discover_absorb}; }
FlowSteps lookup() { return {lookup_next, lookup_absorb}; }
FlowSteps measure() { return {measure_next, measure_absorb}; }
FlowSteps follow_up() { return {no_follow_up, nothing_heard}; }

}  // namespace herald::tiktok_flows
