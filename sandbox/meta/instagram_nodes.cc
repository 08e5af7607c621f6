// Media, comments and containers.
#include <algorithm>
#include <boost/json.hpp>
#include <cmath>

#include "sandbox/meta/nodes.h"

namespace herald::sandbox::meta {

namespace json = boost::json;

namespace {

constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;

std::string file_link(const GraphCall& graph, const Picture& picture) {
  return graph.call.link("scontent.cdninstagram.com",
                         "/media/" + picture.digest + (picture.duration_ms > 0 ? ".mp4" : ".jpg"));
}

Shown nested(GraphCall& graph, const std::vector<std::string>& ids, const FieldRequest& field,
             bool comments) {
  json::array data;
  const auto limit = field.args.find("limit");
  const std::size_t most =
      limit == field.args.end() ? 50 : std::strtoul(limit->second.c_str(), nullptr, 10);
  for (const auto& id : ids) {
    if (data.size() >= most) break;
    auto node = comments ? show_comment(graph, graph.state.comments.at(id), field.inner)
                         : show_media(graph, graph.state.media.at(id), field.inner);
    if (!node) return std::unexpected(std::move(node).error());
    data.push_back(std::move(*node));
  }
  if (data.empty()) return json::value();
  return json::value{{"data", std::move(data)}};
}

Shown media_file_field(const GraphCall& graph, const Media& media, const std::string& name) {
  if (media.pictures.empty()) return json::value();
  const auto& first = media.pictures.front();
  if (name == "thumbnail_url" && first.duration_ms == 0) return json::value();
  if (name == "thumbnail_url" && !media.cover.empty())
    return json::value(file_link(graph, {.digest = media.cover}));
  return json::value(file_link(graph, first));
}

Shown media_field(GraphCall& graph, const Media& media, const FieldRequest& field) {
  const auto& name = field.name;
  const auto& account = graph.state.accounts.at(media.account);
  if (name == "id") return json::value(media.id);
  if (name == "ig_id" || name == "legacy_instagram_media_id") return json::value(media.id);
  if (name == "caption") return media.caption.empty() ? json::value() : json::value(media.caption);
  if (name == "alt_text")
    return media.alt_text.empty() ? json::value() : json::value(media.alt_text);
  if (name == "media_type") return json::value(media.media_type);
  if (name == "media_product_type") return json::value(media.product_type);
  if (name == "media_url" || name == "thumbnail_url") return media_file_field(graph, media, name);
  if (name == "permalink") return json::value(permalink(graph, media));
  if (name == "shortcode") return json::value(media.shortcode);
  if (name == "timestamp") return json::value(iso_time(media.at_ms));
  if (name == "username") return json::value(account.username);
  if (name == "owner") return json::value{{"id", account.id}};
  if (name == "like_count") return json::value(grown(graph, media, "likes", 0.06));
  if (name == "comments_count") {
    return json::value(std::ranges::count_if(
        graph.state.comments, [&](const auto& entry) { return entry.second.media == media.id; }));
  }
  if (name == "is_comment_enabled") return json::value(media.comments_enabled);
  if (name == "is_shared_to_feed")
    return media.product_type == "REELS" ? json::value(media.shared_to_feed) : json::value();
  if (name == "children") return nested(graph, media.children, field, false);
  if (name == "comments") return nested(graph, comments_of(graph.state, media.id, ""), field, true);
  return unknown_field(field, "IGMedia");
}

Shown comment_field(GraphCall& graph, const Comment& comment, const FieldRequest& field) {
  const auto& name = field.name;
  if (name == "id") return json::value(comment.id);
  if (name == "text") return json::value(comment.text);
  if (name == "timestamp") return json::value(iso_time(comment.at_ms));
  if (name == "username") return json::value(comment.username);
  if (name == "from") return json::value{{"id", comment.account}, {"username", comment.username}};
  if (name == "media") return json::value{{"id", comment.media}};
  if (name == "hidden") return json::value(comment.hidden);
  if (name == "like_count") return json::value(0);
  if (name == "parent_id")
    return comment.parent.empty() ? json::value() : json::value(comment.parent);
  if (name == "replies")
    return nested(graph, comments_of(graph.state, comment.media, comment.id), field, true);
  return unknown_field(field, "IGComment");
}

std::string status_text(const Container& container, const std::string& code) {
  if (code == "FINISHED")
    return "Finished: Media has been uploaded and it is ready to be published.";
  if (code == "IN_PROGRESS") return "In Progress: Media is still being processed.";
  if (code == "PUBLISHED") return "Published: Media has been already published.";
  if (code == "EXPIRED") return "Expired: The container was not published within 24 hours.";
  return "Error: Media upload has failed with error code " + std::to_string(container.failure);
}

json::value video_status(const Container& container, const std::string& code) {
  const bool uploaded = container.ready_ms != 0;
  const char* processing = code == "ERROR" ? "error" : uploaded ? "in_progress" : "not_started";
  if (code == "FINISHED" || code == "PUBLISHED") processing = "complete";
  json::object uploading{{"status", uploaded ? "complete" : "in_progress"},
                         {"bytes_transferred", container.upload_size}};
  if (container.upload_total > 0) uploading["source_file_size"] = container.upload_total;
  return {{"uploading_phase", std::move(uploading)},
          {"processing_phase", {{"status", processing}}}};
}

Shown container_field(const Container& container, const FieldRequest& field, std::int64_t now_ms) {
  const auto code = status_code(container, now_ms);
  if (field.name == "id") return json::value(container.id);
  if (field.name == "status_code") return json::value(code);
  if (field.name == "status") return json::value(status_text(container, code));
  if (field.name == "video_status") {
    const bool video = !container.upload_type.empty() ||
                       (!container.pictures.empty() && container.pictures[0].duration_ms > 0);
    return video ? video_status(container, code) : json::value();
  }
  if (field.name == "copyright_check_status") return json::value{{"status", "completed"}};
  return unknown_field(field, "IGContainer");
}

template <class Map, class Keep>
std::vector<std::string> newest_first(const Map& map, Keep keep) {
  std::vector<std::pair<std::int64_t, std::string>> found;
  for (const auto& [id, node] : map)
    if (keep(node)) found.emplace_back(node.at_ms, id);
  std::ranges::sort(found, std::greater<>());
  std::vector<std::string> ids;
  for (auto& [at, id] : found) ids.push_back(std::move(id));
  return ids;
}

}  // namespace

Graph<json::object> show_media(GraphCall& graph, const Media& media, const Fields& fields) {
  return project(fields, "id",
                 [&](const FieldRequest& field) { return media_field(graph, media, field); });
}

Graph<json::object> show_comment(GraphCall& graph, const Comment& comment, const Fields& fields) {
  return project(fields, "timestamp,text",
                 [&](const FieldRequest& field) { return comment_field(graph, comment, field); });
}

Graph<json::object> show_container(GraphCall& graph, const Container& container,
                                   const Fields& fields) {
  return project(fields, "id", [&](const FieldRequest& field) {
    return container_field(container, field, graph.now_ms());
  });
}

std::vector<std::string> media_of(const State& state, const std::string& account) {
  return newest_first(state.media, [&](const Media& media) {
    return media.account == account && !media.removed && media.parent.empty() &&
           media.product_type != "STORY";
  });
}

std::vector<std::string> stories_of(const State& state, const std::string& account,
                                    std::int64_t now_ms) {
  return newest_first(state.media, [&](const Media& media) {
    return media.account == account && !media.removed && media.product_type == "STORY" &&
           now_ms < media.at_ms + kDayMs;
  });
}

std::vector<std::string> comments_of(const State& state, const std::string& media,
                                     const std::string& parent) {
  return newest_first(state.comments, [&](const Comment& comment) {
    return comment.media == media && comment.parent == parent;
  });
}

std::string permalink(const GraphCall& graph, const Media& media) {
  if (media.product_type == "STORY")
    return graph.call.link(
        "www.instagram.com",
        "/stories/" + graph.state.accounts.at(media.account).username + "/" + media.id + "/");
  return graph.call.link("www.instagram.com", (media.product_type == "REELS" ? "/reel/" : "/p/") +
                                                  media.shortcode + "/");
}

std::int64_t grown_since(const GraphCall& graph, const std::string& id, std::int64_t since_ms,
                         std::string_view what, double scale) {
  const auto dice = std::hash<std::string>{}(id + "/" + std::string(what) + "/" +
                                             std::to_string(graph.world.settings.seed));
  const double ceiling = 200.0 + static_cast<double>(dice % 1800);
  const double hours = static_cast<double>(graph.now_ms() - since_ms) / 3'600'000.0;
  return std::llround(ceiling * scale * (1.0 - std::exp(-std::max(hours, 0.0) / 18.0)));
}

std::int64_t grown(const GraphCall& graph, const Media& media, std::string_view what,
                   double scale) {
  return grown_since(graph, media.id, media.at_ms, what, scale);
}

std::string status_code(const Container& container, std::int64_t now_ms) {
  if (!container.media.empty()) return "PUBLISHED";
  if (now_ms >= container.created_ms + kDayMs) return "EXPIRED";
  if (container.ready_ms == 0 || now_ms < container.ready_ms) return "IN_PROGRESS";
  return container.failure != 0 ? "ERROR" : "FINISHED";
}

}  // namespace herald::sandbox::meta
