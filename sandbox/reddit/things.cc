#include "sandbox/reddit/things.h"

#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/reddit/link.h"
#include "sandbox/reddit/metrics.h"
#include "sandbox/reddit/posts.h"

namespace herald::sandbox::reddit {

namespace json = boost::json;

namespace {

constexpr std::string_view kGone = "[deleted]";

std::int64_t comments_under(const State& state, const std::string& post) {
  return std::ranges::count_if(state.comments, [&](const auto& entry) {
    return entry.second.post == post && !entry.second.deleted;
  });
}

json::value text_or_null(const std::string& text) {
  return text.empty() ? json::value() : json::value(text);
}

void add_gallery(const Context& x, const Post& post, json::object& data) {
  json::array items;
  json::object metadata;
  for (const auto& picture : post.pictures) {
    const auto& asset = x.state.assets.at(picture.asset);
    json::object item{{"media_id", asset.id}, {"id", items.size() + 1}};
    if (!picture.caption.empty()) item["caption"] = picture.caption;
    if (!picture.link.empty()) item["outbound_url"] = picture.link;
    items.push_back(std::move(item));
    metadata[asset.id] = json::object{
        {"status", "valid"},
        {"e", "Image"},
        {"m", asset.type},
        {"id", asset.id},
        {"s",
         json::object{{"u", picture_address(asset)}, {"x", asset.width}, {"y", asset.height}}}};
  }
  data["is_gallery"] = true;
  data["gallery_data"] = json::object{{"items", std::move(items)}};
  data["media_metadata"] = std::move(metadata);
}

void add_media(const Context& x, const Post& post, json::object& data) {
  if (post.kind == "gallery") add_gallery(x, post, data);
  if (post.kind == "image") data["post_hint"] = "image";
  if (post.kind == "link") data["post_hint"] = "link";
  if (post.kind.starts_with("video")) {
    const auto& asset = x.state.assets.at(post.pictures.front().asset);
    data["post_hint"] = "hosted:video";
    data["media"] = json::object{
        {"reddit_video", json::object{{"fallback_url", "https://v.redd.it/" + asset.id},
                                      {"width", asset.width},
                                      {"height", asset.height},
                                      {"is_gif", post.kind == "videogif"}}}};
  }
  if (!post.poster.empty()) data["thumbnail"] = picture_address(x.state.assets.at(post.poster));
}

json::object post_data(const Context& x, const Post& post) {
  const auto& author = x.state.users.at(post.author);
  const auto metrics = metrics_of(x, post);
  const auto url = target_of(x.state, post);
  const bool profile = post.community.starts_with("u_");
  json::object data{{"id", post.id},
                    {"name", "t3_" + post.id},
                    {"title", post.title},
                    {"subreddit", post.community},
                    {"subreddit_name_prefixed",
                     profile ? "u/" + post.community.substr(2) : "r/" + post.community},
                    {"author", post.deleted ? std::string(kGone) : author.name},
                    {"selftext", post.deleted ? std::string(kGone) : post.text},
                    {"is_self", post.kind == "self"},
                    {"is_video", post.kind.starts_with("video")},
                    {"url", url},
                    {"domain", post.kind == "self" ? "self." + post.community : domain_of(url)},
                    {"permalink", permalink(x.state, post)},
                    {"score", metrics.score},
                    {"ups", metrics.score},
                    {"downs", 0},
                    {"upvote_ratio", metrics.upvote_ratio},
                    {"num_comments", comments_under(x.state, post.id)},
                    {"num_crossposts", metrics.crossposts},
                    {"view_count", nullptr},
                    {"over_18", post.nsfw},
                    {"spoiler", post.spoiler},
                    {"locked", post.locked},
                    {"link_flair_text", text_or_null(post.flair_text)},
                    {"link_flair_template_id", text_or_null(post.flair_id)},
                    {"removed_by_category", text_or_null(post.removed_by)},
                    {"created_utc", static_cast<double>(post.at_ms / 1000)}};
  if (!post.deleted) data["author_fullname"] = "t2_" + author.id;
  add_media(x, post, data);
  return data;
}

json::object comment_data(const Context& x, const Comment& comment) {
  const auto& author = x.state.users.at(comment.author);
  return {{"id", comment.id},
          {"name", "t1_" + comment.id},
          {"link_id", "t3_" + comment.post},
          {"parent_id", comment.parent},
          {"subreddit", x.state.posts.at(comment.post).community},
          {"author", comment.deleted ? std::string(kGone) : author.name},
          {"body", comment.deleted ? std::string(kGone) : comment.text},
          {"permalink", permalink(x.state, comment)},
          {"score", 1},
          {"replies", ""},
          {"created_utc", static_cast<double>(comment.at_ms / 1000)}};
}

}  // namespace

std::string post_json(const Context& x, const Post& post) {
  return json::serialize(json::object{{"kind", "t3"}, {"data", post_data(x, post)}});
}

std::string comment_json(const Context& x, const Comment& comment) {
  return json::serialize(json::object{{"kind", "t1"}, {"data", comment_data(x, comment)}});
}

std::string listing_json(const std::vector<std::string>& things, const std::string& after) {
  json::array children;
  for (const auto& thing : things) children.push_back(json::parse(thing));
  json::object data{{"after", text_or_null(after)}, {"before", nullptr}};
  data["dist"] = children.size();
  data["modhash"] = nullptr;
  data["children"] = std::move(children);
  return json::serialize(json::object{{"kind", "Listing"}, {"data", std::move(data)}});
}

}  // namespace herald::sandbox::reddit
