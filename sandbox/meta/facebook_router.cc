// Paths about a Page's content to their handlers.
#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/meta/facebook.h"
#include "sandbox/meta/router.h"

namespace herald::sandbox::meta {

namespace json = boost::json;

namespace {

constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;

std::string segment(const GraphCall& graph, std::size_t index) {
  return index < graph.segments.size() ? graph.segments[index] : std::string();
}

// Posts that `keep` keeps, newest first, within since and until (Unix seconds).
template <class Keep>
std::vector<std::string> posts_where(const GraphCall& graph, Keep keep) {
  const auto since_ms = std::strtoll(graph.get("since").c_str(), nullptr, 10) * 1000;
  const auto until_ms = std::strtoll(graph.get("until").c_str(), nullptr, 10) * 1000;
  std::vector<std::pair<std::int64_t, std::string>> found;
  for (const auto& [id, post] : graph.state.posts) {
    const auto at_ms = post.visible_ms != 0 ? post.visible_ms : post.created_ms;
    const bool within = at_ms >= since_ms && (until_ms == 0 || at_ms < until_ms);
    if (!post.removed && within && keep(post)) found.emplace_back(at_ms, id);
  }
  std::ranges::sort(found, std::greater<>());
  std::vector<std::string> ids;
  for (auto& [at, id] : found) ids.push_back(std::move(id));
  return ids;
}

Graph<Answer> list_posts(GraphCall& graph, const std::vector<std::string>& ids) {
  if (auto refused = unknown_parameter(graph, "since until include_hidden"))
    return std::unexpected(*refused);
  HERALD_TRY(const auto fields, parse_fields(graph.get("fields")));
  HERALD_TRY(const auto page, list_page(graph, ids, 25, [&](const std::string& id) {
               return show_post(graph, graph.state.posts.at(id), fields);
             }));
  return json_result(page);
}

Graph<Answer> list_videos(GraphCall& graph, const Page& page, const std::string& kind) {
  if (auto refused = unknown_parameter(graph, "since until type")) return std::unexpected(*refused);
  std::vector<std::string> ids;
  for (const auto& id : posts_where(graph, [&](const PagePost& post) {
         return post.page == page.id && post.kind == kind && post.visible_ms != 0;
       }))
    ids.push_back(graph.state.posts.at(id).video);
  HERALD_TRY(const auto fields, parse_fields(graph.get("fields")));
  HERALD_TRY(const auto list, list_page(graph, ids, 25, [&](const std::string& id) {
               return show_video(graph, graph.state.videos.at(id), fields);
             }));
  return json_result(list);
}

json::object story_row(const GraphCall& graph, const PagePost& post, bool archived) {
  const auto number = post.id.substr(post.id.find('_') + 1);
  const bool film = !post.video.empty();
  return {{"post_id", number},
          {"status", archived ? "ARCHIVED" : "PUBLISHED"},
          {"creation_time", std::to_string(post.visible_ms / 1000)},
          {"media_type", film ? "video" : "photo"},
          {"media_id", film ? post.video : post.photos.front()},
          {"url", graph.call.link("www.facebook.com", post_path(graph.state, post))}};
}

Graph<Answer> list_stories(GraphCall& graph, const Page& page) {
  if (auto refused = unknown_parameter(graph, "status since until"))
    return std::unexpected(*refused);
  const auto wanted = graph.get("status");
  const auto ids = posts_where(graph, [&](const PagePost& post) {
    const bool archived = graph.now_ms() >= post.visible_ms + kDayMs;
    return post.page == page.id && post.kind == "story" && post.visible_ms != 0 &&
           (wanted.empty() || archived == (wanted == "ARCHIVED"));
  });
  if (!wanted.empty() && wanted != "ARCHIVED" && wanted != "PUBLISHED")
    return std::unexpected(refuse(kParameterInvalid));
  HERALD_TRY(const auto list,
             list_page(graph, ids, 25, [&](const std::string& id) -> Graph<json::object> {
               const auto& post = graph.state.posts.at(id);
               return story_row(graph, post, graph.now_ms() >= post.visible_ms + kDayMs);
             }));
  return json_result(list);
}

Graph<Answer> read_page(GraphCall& graph, const Page& page, const std::string& edge) {
  if (edge == "insights") return page_insights(graph, page);
  if (auto refused = may_read(graph)) return std::unexpected(*refused);
  const auto shown = [&](const PagePost& post) {
    return post.page == page.id && post.kind != "story" && post.visible_ms != 0;
  };
  if (edge == "published_posts" || edge == "posts")
    return list_posts(graph, posts_where(graph, shown));
  if (edge == "feed")  // Unpublished ones stand among the others.
    return list_posts(graph, posts_where(graph, [&](const PagePost& post) {
                        return post.page == page.id && post.kind != "story" &&
                               (post.visible_ms != 0 || post.video.empty());
                      }));
  if (edge == "scheduled_posts")
    return list_posts(graph, posts_where(graph, [&](const PagePost& post) {
                        return post.page == page.id && post.visible_ms == 0 && !post.held &&
                               post.publish_ms > graph.now_ms();
                      }));
  if (edge == "videos") return list_videos(graph, page, "video");
  if (edge == "video_reels") return list_videos(graph, page, "reel");
  if (edge == "stories") return list_stories(graph, page);
  return std::unexpected(unsupported(graph));
}

Graph<Answer> route_page_edge(GraphCall& graph, const std::string& id) {
  HERALD_TRY(const auto* page, page_for(graph, id));
  const auto edge = segment(graph, 1);
  if (graph.method == "GET") return read_page(graph, *page, edge);
  if (graph.method != "POST") return std::unexpected(unsupported(graph));
  if (edge == "feed") return publish_feed(graph, *page);
  if (edge == "photos") return publish_photo(graph, *page);
  if (edge == "videos") return publish_video(graph, *page);
  if (edge == "video_reels") return drive_reel(graph, *page);
  if (edge == "video_stories") return drive_video_story(graph, *page);
  if (edge == "photo_stories") return publish_photo_story(graph, *page);
  return std::unexpected(unsupported(graph));
}

// The plain read of a node.
template <class Node, class Show>
Graph<Answer> read_node(GraphCall& graph, const Node& node, Show show) {
  if (auto refused = may_read(graph)) return std::unexpected(*refused);
  if (auto refused = unknown_parameter(graph, "")) return std::unexpected(*refused);
  HERALD_TRY(const auto fields, parse_fields(graph.get("fields")));
  HERALD_TRY(const auto shown, show(graph, node, fields));
  return json_result(shown);
}

Graph<Answer> list_comments(GraphCall& graph, const std::string& post, const std::string& parent) {
  if (auto refused = may_read(graph)) return std::unexpected(*refused);
  if (auto refused = unknown_parameter(graph, "order filter")) return std::unexpected(*refused);
  std::vector<std::string> ids;
  for (const auto& [id, comment] : graph.state.page_comments)
    if (comment.post == post && comment.parent == parent && !comment.removed) ids.push_back(id);
  HERALD_TRY(const auto fields, parse_fields(graph.get("fields")));
  HERALD_TRY(const auto list, list_page(graph, ids, 25, [&](const std::string& id) {
               return show_page_comment(graph, graph.state.page_comments.at(id), fields);
             }));
  return json_result(list);
}

Graph<Answer> route_post(GraphCall& graph, PagePost& post) {
  HERALD_TRY(auto* page, page_for(graph, post.page));
  (void)page;
  const auto edge = segment(graph, 1);
  if (post.removed) return std::unexpected(no_object(graph, post.id));
  if (edge == "comments" && graph.method == "POST") return write_page_comment(graph, post, "");
  if (edge == "comments") return list_comments(graph, post.id, "");
  if (edge == "insights" && graph.method == "GET") return post_insights(graph, post);
  if (!edge.empty()) return std::unexpected(unsupported(graph));
  if (graph.method == "POST") return change_post(graph, post);
  if (graph.method == "DELETE") return delete_post(graph, post);
  return read_node(graph, post, show_post);
}

Graph<Answer> route_photo(GraphCall& graph, PagePhoto& photo) {
  HERALD_TRY(auto* page, page_for(graph, photo.page));
  (void)page;
  if (photo.removed) return std::unexpected(no_object(graph, photo.id));
  if (!segment(graph, 1).empty()) return std::unexpected(unsupported(graph));
  if (graph.method == "DELETE") return delete_photo(graph, photo);
  if (graph.method != "GET") return std::unexpected(unsupported(graph));
  return read_node(graph, photo, show_photo);
}

Graph<Answer> route_video(GraphCall& graph, PageVideo& video) {
  HERALD_TRY(auto* page, page_for(graph, video.page));
  (void)page;
  const auto edge = segment(graph, 1);
  if (video.removed) return std::unexpected(no_object(graph, video.id));
  const auto post = graph.state.posts.find(video.post);
  if (edge == "thumbnails" && graph.method == "POST") return set_thumbnail(graph, video);
  if (edge == "video_insights" && graph.method == "GET") return video_insights(graph, video);
  if (edge == "comments" && graph.method == "POST" && post != graph.state.posts.end())
    return write_page_comment(graph, post->second, "");
  if (!edge.empty()) return std::unexpected(unsupported(graph));
  if (graph.method == "DELETE") return delete_video(graph, video);
  if (graph.method != "GET") return std::unexpected(unsupported(graph));
  return read_node(graph, video, show_video);
}

Graph<Answer> route_page_comment(GraphCall& graph, PageComment& comment) {
  HERALD_TRY(auto* page, page_for(graph, comment.page));
  (void)page;
  const auto edge = segment(graph, 1);
  if (comment.removed) return std::unexpected(no_object(graph, comment.id));
  if (edge == "comments" && graph.method == "POST")
    return write_page_comment(graph, graph.state.posts.at(comment.post), comment.id);
  if (edge == "comments") return list_comments(graph, comment.post, comment.id);
  if (!edge.empty()) return std::unexpected(unsupported(graph));
  if (graph.method == "DELETE") return delete_page_comment(graph, comment);
  if (graph.method != "GET") return std::unexpected(unsupported(graph));
  return read_node(graph, comment, show_page_comment);
}

}  // namespace

std::optional<Graph<Answer>> route_facebook(GraphCall& graph) {
  auto& state = graph.state;
  auto id = segment(graph, 0);
  const auto edge = segment(graph, 1);
  if (!graph.token) return std::nullopt;
  // A Page's own token is "me".
  const bool itself = id == "me" && graph.token->kind == "PAGE" && edge != "permissions" &&
                      edge != "accounts" && edge != "businesses";
  if (itself) id = graph.token->page;
  if (state.pages.contains(id) && !edge.empty()) return route_page_edge(graph, id);
  if (state.uploads.contains(id)) return drive_upload(graph);
  if (const auto* app = state.app(id); app != nullptr && edge == "uploads")
    return open_upload(graph, *app);
  if (const auto found = state.posts.find(id); found != state.posts.end())
    return route_post(graph, found->second);
  if (const auto found = state.photos.find(id); found != state.photos.end())
    return route_photo(graph, found->second);
  if (const auto found = state.videos.find(id); found != state.videos.end())
    return route_video(graph, found->second);
  if (const auto found = state.page_comments.find(id); found != state.page_comments.end())
    return route_page_comment(graph, found->second);
  return std::nullopt;
}

std::string page_of_path(const State& state, std::string_view path) {
  const auto parts = split(path, "/");
  if (parts.empty()) return {};
  const auto& id = parts[0].starts_with('v') && parts.size() > 1 ? parts[1] : parts[0];
  if (state.pages.contains(id)) return id;
  if (const auto found = state.posts.find(id); found != state.posts.end())
    return found->second.page;
  if (const auto found = state.photos.find(id); found != state.photos.end())
    return found->second.page;
  if (const auto found = state.videos.find(id); found != state.videos.end())
    return found->second.page;
  if (const auto found = state.page_comments.find(id); found != state.page_comments.end())
    return found->second.page;
  return {};
}

}  // namespace herald::sandbox::meta
