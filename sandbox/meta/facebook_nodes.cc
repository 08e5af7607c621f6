// Posts, photos, videos and comments of a Page as `fields` asks for them.
#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/meta/facebook.h"

namespace herald::sandbox::meta {

namespace json = boost::json;

namespace {

std::string file_link(const GraphCall& graph, const Picture& picture) {
  return graph.call.link("scontent.cdninstagram.com",
                         "/media/" + picture.digest + (picture.duration_ms > 0 ? ".mp4" : ".jpg"));
}

json::value page_name(const GraphCall& graph, const std::string& id) {
  return {{"id", id}, {"name", graph.state.pages.at(id).name}};
}

json::value application(const GraphCall& graph, const std::string& id) {
  const auto* app = graph.state.app(id);
  if (app == nullptr) return {};
  return {{"id", app->id}, {"name", app->name}, {"link", "https://herald.example/"}};
}

json::object attachment_of_photo(const GraphCall& graph, const std::string& id) {
  const auto& photo = graph.state.photos.at(id);
  return {{"media_type", "photo"},
          {"type", "photo"},
          {"target", {{"id", id}}},
          {"media",
           {{"image",
             {{"src", file_link(graph, photo.picture)},
              {"width", photo.picture.width},
              {"height", photo.picture.height}}}}}};
}

json::value attachments(const GraphCall& graph, const PagePost& post) {
  json::object item;
  if (!post.video.empty()) {
    item = {{"media_type", "video"},
            {"type", post.kind == "reel" ? "video_inline" : "video_autoplay"},
            {"target", {{"id", post.video}}}};
  } else if (post.photos.size() > 1) {
    json::array inner;
    for (const auto& id : post.photos) inner.push_back(attachment_of_photo(graph, id));
    item = {{"media_type", "album"},
            {"type", "album"},
            {"target", {{"id", post.photos.front()}}},
            {"subattachments", {{"data", std::move(inner)}}}};
  } else if (!post.photos.empty()) {
    item = attachment_of_photo(graph, post.photos.front());
  } else if (!post.link.empty()) {
    item = {{"media_type", "link"},
            {"type", "share"},
            {"unshimmed_url", post.link},
            {"target", {{"url", post.link}}}};
  } else {
    return {};
  }
  return {{"data", json::array{std::move(item)}}};
}

std::string status_type(const PagePost& post) {
  if (!post.video.empty()) return "added_video";
  if (!post.photos.empty()) return "added_photos";
  return post.link.empty() ? "mobile_status_update" : "shared_story";
}

std::vector<std::string> comments_under(const State& state, const std::string& post,
                                        const std::string& parent) {
  std::vector<std::string> ids;
  for (const auto& [id, comment] : state.page_comments)
    if (comment.post == post && comment.parent == parent && !comment.removed) ids.push_back(id);
  return ids;
}

// {"data":[..],"summary":{"total_count":n}}; "limit(0)" leaves the data out.
Shown comments_field(GraphCall& graph, const std::string& post, const FieldRequest& field) {
  const auto ids = comments_under(graph.state, post, "");
  const auto limit = field.args.find("limit");
  const std::size_t most =
      limit == field.args.end() ? 25 : std::strtoul(limit->second.c_str(), nullptr, 10);
  json::array data;
  for (const auto& id : ids) {
    if (data.size() >= most) break;
    HERALD_TRY(auto node, show_page_comment(graph, graph.state.page_comments.at(id), field.inner));
    data.push_back(std::move(node));
  }
  json::object out{{"data", std::move(data)}};
  if (field.args.contains("summary"))
    out["summary"] = {{"order", "ranked"}, {"total_count", ids.size()}, {"can_comment", true}};
  return json::value(std::move(out));
}

std::int64_t counted_since(const GraphCall& graph, const PagePost& post, std::string_view what,
                           double scale) {
  if (post.visible_ms == 0) return 0;
  return grown_since(graph, post.id, post.visible_ms, what, scale);
}

Shown counted(const GraphCall& graph, const PagePost& post, const FieldRequest& field) {
  const auto count = counted_since(graph, post, "reactions", 0.05);
  json::object out{{"data", json::array()}};
  if (field.args.contains("summary")) out["summary"] = {{"total_count", count}};
  return json::value(std::move(out));
}

Shown post_field(GraphCall& graph, const PagePost& post, const FieldRequest& field) {
  const auto& name = field.name;
  const bool visible = post.visible_ms != 0;
  if (name == "id") return json::value(post.id);
  if (name == "message") return post.message.empty() ? json::value() : json::value(post.message);
  if (name == "created_time" || name == "updated_time")
    return json::value(iso_time(visible ? post.visible_ms : post.created_ms));
  if (name == "permalink_url")
    return json::value(graph.call.link("www.facebook.com", post_path(graph.state, post)));
  if (name == "from") return page_name(graph, post.page);
  if (name == "application") return application(graph, post.app);
  if (name == "status_type") return json::value(status_type(post));
  if (name == "is_published") return json::value(visible);
  if (name == "is_hidden" || name == "is_expired") return json::value(false);
  if (name == "is_eligible_for_promotion") return json::value(visible);
  if (name == "scheduled_publish_time")
    return post.publish_ms != 0 && !visible ? json::value(post.publish_ms / 1000) : json::value();
  if (name == "attachments") return attachments(graph, post);
  if (name == "full_picture" || name == "picture") {
    if (post.photos.empty()) return json::value();
    return json::value(file_link(graph, graph.state.photos.at(post.photos.front()).picture));
  }
  if (name == "comments") return comments_field(graph, post.id, field);
  if (name == "reactions" || name == "likes") return counted(graph, post, field);
  if (name == "shares") {
    const auto count = counted_since(graph, post, "shares", 0.008);
    return count == 0 ? json::value() : json::value{{"count", count}};
  }
  if (name == "story" || name == "properties" || name == "parent_id") return json::value();
  return unknown_field(field, "Post");
}

Shown photo_field(GraphCall& graph, const PagePhoto& photo, const FieldRequest& field) {
  const auto& name = field.name;
  if (name == "id") return json::value(photo.id);
  if (name == "name") return photo.caption.empty() ? json::value() : json::value(photo.caption);
  if (name == "alt_text_custom" || name == "alt_text")
    return photo.alt_text.empty() ? json::value() : json::value(photo.alt_text);
  if (name == "created_time") return json::value(iso_time(photo.created_ms));
  if (name == "from") return page_name(graph, photo.page);
  if (name == "width") return json::value(photo.picture.width);
  if (name == "height") return json::value(photo.picture.height);
  if (name == "page_story_id" || name == "post_id")
    return photo.post.empty() ? json::value() : json::value(photo.post);
  if (name == "link")
    return json::value(graph.call.link("www.facebook.com", "/photo.php?fbid=" + photo.id));
  if (name == "picture") return json::value(file_link(graph, photo.picture));
  if (name == "images")
    return json::value(json::array{json::object{{"source", file_link(graph, photo.picture)},
                                                {"width", photo.picture.width},
                                                {"height", photo.picture.height}}});
  return unknown_field(field, "Photo");
}

Shown comment_field(GraphCall& graph, const PageComment& comment, const FieldRequest& field) {
  const auto& name = field.name;
  if (name == "id") return json::value(comment.id);
  if (name == "message") return json::value(comment.text);
  if (name == "created_time") return json::value(iso_time(comment.at_ms));
  if (name == "from") return page_name(graph, comment.page);
  if (name == "application") return application(graph, comment.app);
  if (name == "like_count" || name == "comment_count") return json::value(0);
  if (name == "parent")
    return comment.parent.empty() ? json::value() : json::value{{"id", comment.parent}};
  if (name == "permalink_url")
    return json::value(graph.call.link(
        "www.facebook.com", post_path(graph.state, graph.state.posts.at(comment.post)) +
                                "?comment_id=" + comment.id.substr(comment.id.find('_') + 1)));
  return unknown_field(field, "Comment");
}

}  // namespace

Graph<json::object> show_post(GraphCall& graph, const PagePost& post, const Fields& fields) {
  return project(fields, "created_time,message",
                 [&](const FieldRequest& field) { return post_field(graph, post, field); });
}

Graph<json::object> show_photo(GraphCall& graph, const PagePhoto& photo, const Fields& fields) {
  return project(fields, "created_time,name",
                 [&](const FieldRequest& field) { return photo_field(graph, photo, field); });
}

Graph<json::object> show_page_comment(GraphCall& graph, const PageComment& comment,
                                      const Fields& fields) {
  return project(fields, "created_time,from,message",
                 [&](const FieldRequest& field) { return comment_field(graph, comment, field); });
}

}  // namespace herald::sandbox::meta
