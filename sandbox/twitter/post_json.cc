#include "sandbox/twitter/post_json.h"

#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/twitter/media.h"
#include "sandbox/twitter/metrics.h"
#include "sandbox/twitter/moment.h"
#include "sandbox/twitter/posts.h"
#include "sandbox/twitter/text.h"

namespace herald::sandbox::twitter {

namespace json = boost::json;

namespace {

constexpr std::int64_t kPrivateMs = 30LL * 24 * 60 * 60 * 1000;
constexpr const char* kPrivate[] = {"non_public_metrics", "organic_metrics", "promoted_metrics"};

// The name of today's vocabulary: name(x, "retweet_count", "repost_count").
std::string_view name(const Request& request, std::string_view tweet, std::string_view post) {
  return request.x.choice("vocabulary") == "post" ? post : tweet;
}

json::object public_metrics(const Request& request, const Post& post) {
  const auto metrics = metrics_of(request.x, post, request.x.now_ms());
  return {{name(request, "retweet_count", "repost_count"), metrics.reposts},
          {"reply_count", metrics.replies},
          {"like_count", metrics.likes},
          {"quote_count", metrics.quotes},
          {"bookmark_count", metrics.bookmarks},
          {"impression_count", metrics.impressions}};
}

json::object private_metrics(const Request& request, const Post& post, std::string_view which) {
  const auto metrics = metrics_of(request.x, post, request.x.now_ms());
  json::object out{{"impression_count", metrics.impressions},
                   {"user_profile_clicks", metrics.profile_clicks}};
  if (!post.links.empty()) out["url_link_clicks"] = metrics.url_clicks;
  if (which == "non_public_metrics") {
    out["engagements"] = metrics.engagements();
    return out;
  }
  out[name(request, "retweet_count", "repost_count")] = metrics.reposts;
  out["reply_count"] = metrics.replies;
  out["like_count"] = metrics.likes;
  return out;
}

json::object entities_of(const Post& post) {
  json::object out;
  json::array urls;
  for (const auto& shown : shown_text(post).links) {
    const auto& expanded = shown.link.expanded;
    const auto host = expanded.find("://") + 3;
    json::object url{{"start", shown.begin},
                     {"end", shown.end},
                     {"url", "https://t.co/" + shown.link.code},
                     {"expanded_url", expanded},
                     {"display_url", expanded.substr(host, 28)}};
    if (shown.of_media) url["media_key"] = "3_" + post.media.front();
    urls.push_back(std::move(url));
  }
  if (!urls.empty()) out["urls"] = std::move(urls);
  json::array mentions;
  for (const auto& who : mentions_in(post.text))
    mentions.push_back(json::object{{"username", who}});
  if (!mentions.empty()) out["mentions"] = std::move(mentions);
  return out;
}

json::array references_of(const Post& post) {
  json::array out;
  if (!post.reply_to.empty())
    out.push_back(json::object{{"type", "replied_to"}, {"id", post.reply_to}});
  if (!post.quote.empty()) out.push_back(json::object{{"type", "quoted"}, {"id", post.quote}});
  return out;
}

json::object attachments_of(const State& state, const Post& post) {
  json::object out;
  json::array keys;
  for (const auto& id : post.media) keys.push_back(json::string(media_key(state.media.at(id))));
  if (!keys.empty()) out["media_keys"] = std::move(keys);
  if (!post.poll.empty()) out["poll_ids"] = json::array{post.id};
  return out;
}

json::object poll_json(const Request& request, const Post& post) {
  json::array options;
  for (const auto& option : post.poll)
    options.push_back(
        json::object{{"position", options.size() + 1}, {"label", option}, {"votes", 0}});
  const auto end_ms = post.at_ms + post.poll_minutes * 60'000;
  return {{"id", post.id},
          {"options", std::move(options)},
          {"duration_minutes", post.poll_minutes},
          {"end_datetime", moment(end_ms)},
          {"voting_status", request.x.now_ms() < end_ms ? "open" : "closed"}};
}

bool may_see_private(const Request& request, const Post& post) {
  return request.is(post.author) && request.x.now_ms() - post.at_ms <= kPrivateMs;
}

json::object field_error(const Post& post, std::string_view field) {
  const auto full = std::string(field) + ".impression_count";
  return {{"resource_id", post.id},
          {"resource_type", "tweet"},
          {"section", "data"},
          {"field", full},
          {"title", "Field Authorization Error"},
          {"detail", "Sorry, you are not authorized to access '" + full +
                         "' on the Tweet with id : [" + post.id + "]."},
          {"type", "https://api.twitter.com/2/problems/not-authorized-for-field"}};
}

json::object media_json(const Request& request, const Medium& medium, const Post& post,
                        const FieldNames& names) {
  const bool film = medium.category.ends_with("video");
  const auto metrics = metrics_of(request.x, post, request.x.now_ms());
  const json::object all{
      {"width", medium.width},
      {"height", medium.height},
      {"url", "https://pbs.twimg.com/media/" + medium.id},
      {"alt_text", medium.alt},
      {"duration_ms", medium.duration_ms},
      {"preview_image_url", "https://pbs.twimg.com/media/" + medium.id},
      {"public_metrics", json::object{{"view_count", metrics.video_views}}},
      {"non_public_metrics", json::object{{"playback_0_count", metrics.video_views},
                                          {"playback_25_count", metrics.video_views * 3 / 4},
                                          {"playback_50_count", metrics.video_views / 2},
                                          {"playback_75_count", metrics.video_views / 3},
                                          {"playback_100_count", metrics.video_views / 4}}}};
  json::object out{{"media_key", media_key(medium)},
                   {"type", film                               ? "video"
                            : medium.category.ends_with("gif") ? "animated_gif"
                                                               : "photo"}};
  for (const auto& member : all) {
    const std::string_view key = member.key();
    const bool of_films = key.ends_with("metrics") || key == "duration_ms";
    if (!names.media.contains(key) || (of_films && !film)) continue;
    if (key == "alt_text" && medium.alt.empty()) continue;
    if (key == "non_public_metrics" && !may_see_private(request, post)) continue;
    out[key] = member.value();
  }
  return out;
}

json::object includes_of(const Request& request, const std::vector<const Post*>& posts,
                         const FieldNames& names) {
  const auto& state = request.state();
  json::array users;
  json::array media;
  json::array polls;
  json::array others;
  std::set<std::string> seen;
  for (const auto* post : posts) {
    if (names.expansions.contains("author_id") && seen.insert(post->author).second)
      users.push_back(user_json(request, state.users.at(post->author), names));
    if (names.expansions.contains("attachments.media_keys"))
      for (const auto& id : post->media)
        media.push_back(media_json(request, state.media.at(id), *post, names));
    if (names.expansions.contains("attachments.poll_ids") && !post->poll.empty())
      polls.push_back(poll_json(request, *post));
    const bool referenced = names.expansions.contains("referenced_tweets.id") ||
                            names.expansions.contains("referenced_posts.id") ||
                            names.expansions.contains("referenced_posts");
    for (const auto& id : {post->reply_to, post->quote})
      if (const auto* other = state.post(id); referenced && other != nullptr)
        others.push_back(post_json(request, *other, names));
  }
  json::object out;
  if (!users.empty()) out["users"] = std::move(users);
  if (!media.empty()) out["media"] = std::move(media);
  if (!polls.empty()) out["polls"] = std::move(polls);
  if (!others.empty()) out[name(request, "tweets", "posts")] = std::move(others);
  return out;
}

}  // namespace

json::object post_json(const Request& request, const Post& post, const FieldNames& names) {
  const auto& state = request.state();
  const auto* target = state.post(post.reply_to);
  json::object out{{"id", post.id}, {"text", shown_text(post).text}};
  out[name(request, "edit_history_tweet_ids", "edit_history_post_ids")] = json::array{post.id};
  const auto add = [&](std::string_view field, json::value value) {
    if (names.post.contains(field)) out[field] = std::move(value);
  };
  add("created_at", json::string(moment(post.at_ms)));
  add("author_id", json::string(post.author));
  add("conversation_id", json::string(post.conversation));
  add("lang", "en");
  add("possibly_sensitive", false);
  add("reply_settings",
      json::string(post.reply_settings.empty() ? "everyone" : post.reply_settings));
  add("made_with_ai", post.made_with_ai);
  add("paid_partnership", post.paid_partnership);
  add("public_metrics", public_metrics(request, post));
  if (target != nullptr) add("in_reply_to_user_id", json::string(target->author));
  const auto references = references_of(post);
  const bool refers =
      names.post.contains("referenced_tweets") || names.post.contains("referenced_posts");
  if (refers && !references.empty())
    out[name(request, "referenced_tweets", "referenced_posts")] = references;
  auto attachments = attachments_of(state, post);
  const bool expands = names.expansions.contains("attachments.media_keys") ||
                       names.expansions.contains("attachments.poll_ids");
  if (!attachments.empty() && (expands || names.post.contains("attachments")))
    out["attachments"] = std::move(attachments);
  auto entities = entities_of(post);
  if (!entities.empty()) add("entities", std::move(entities));
  for (const auto* field : kPrivate)
    if (may_see_private(request, post)) add(field, private_metrics(request, post, field));
  return out;
}

json::object user_json(const Request& request, const User& user, const FieldNames& names) {
  const auto& posts = request.state().posts;
  const auto count = std::ranges::count_if(posts, [&](const auto& entry) {
    return entry.second.author == user.id && !entry.second.deleted;
  });
  const auto grown = std::max<std::int64_t>(0, request.x.now_ms() - 1'700'000'000'000) / 86'400'000;
  const json::object all{
      {"profile_image_url", "https://pbs.twimg.com/profile_images/" + user.id + "/p_normal.jpg"},
      {"verified", user.premium()},
      {"verified_type", user.premium() ? "blue" : "none"},
      // Of anybody else it always reads None.
      {"subscription_type", request.is(user.id) ? user.subscription : "None"},
      {"protected", user.is_protected},
      {"description", ""},
      {"created_at", "2022-03-05T13:37:00.000Z"},
      {"public_metrics", json::object{{"followers_count", user.followers + grown / 7},
                                      {"following_count", 97},
                                      {name(request, "tweet_count", "post_count"), 1400 + count},
                                      {"listed_count", 4},
                                      {"like_count", 210},
                                      {"media_count", 55}}}};
  json::object out{{"id", user.id}, {"name", user.name}, {"username", user.username}};
  for (const auto& member : all)
    if (names.user.contains(std::string_view(member.key()))) out[member.key()] = member.value();
  return out;
}

json::object listing(const Request& request, const Listed& listed, const FieldNames& names,
                     bool one) {
  json::array data;
  json::array errors;
  std::vector<const Post*> shown;
  for (const auto* post : listed.posts) {
    bool refused = false;
    for (const auto* field : kPrivate) {
      if (!names.post.contains(std::string_view(field)) || may_see_private(request, *post))
        continue;
      errors.push_back(field_error(*post, field));
      refused = true;
    }
    if (refused && request.x.choice("private_metrics") == "drop") continue;
    data.push_back(post_json(request, *post, names));
    shown.push_back(post);
  }
  for (const auto& id : listed.missing)
    errors.push_back(json::parse(not_found_entry("tweet", listed.parameter, id)));
  json::object body;
  if (!data.empty()) body["data"] = one ? data.front() : json::value(std::move(data));
  if (auto includes = includes_of(request, shown, names); !includes.empty())
    body["includes"] = std::move(includes);
  if (!errors.empty()) body["errors"] = std::move(errors);
  return body;
}

}  // namespace herald::sandbox::twitter
