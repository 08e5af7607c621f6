// Facebook Pages (fact sheet, section 3): posts, photos, videos, reels, stories, comments, their
// schedules and numbers. Posts come about at once, or when their schedule or processing ends.
#pragma once

#include <optional>
#include <string>

#include "sandbox/meta/facebook_errors.h"
#include "sandbox/meta/nodes.h"

namespace herald::sandbox::meta {

using Check = std::optional<GraphError>;

// Whatever a path that is about a Page's content asks for; none: it is about something else.
std::optional<Graph<Answer>> route_facebook(GraphCall& graph);
// The Page that a path is about; empty: none.
std::string page_of_path(const State& state, std::string_view path);

// POST /{page}/feed, /photos, /videos, /video_reels, /video_stories, /photo_stories.
Graph<Answer> publish_feed(GraphCall& graph, const Page& page);
Graph<Answer> publish_photo(GraphCall& graph, const Page& page);
Graph<Answer> publish_video(GraphCall& graph, const Page& page);
Graph<Answer> drive_reel(GraphCall& graph, const Page& page);
Graph<Answer> drive_video_story(GraphCall& graph, const Page& page);
Graph<Answer> publish_photo_story(GraphCall& graph, const Page& page);

// {"success":true,"post_id":..}, a number or text by the switch meta.story_post_id.
Answer story_answer(const GraphCall& graph, const PagePost& post);

// POST and DELETE /{post}; POST /{post}/comments and /{comment}/comments; POST
// /{video}/thumbnails.
Graph<Answer> change_post(GraphCall& graph, PagePost& post);
Graph<Answer> delete_post(GraphCall& graph, PagePost& post);
Graph<Answer> delete_photo(GraphCall& graph, PagePhoto& photo);
Graph<Answer> delete_video(GraphCall& graph, PageVideo& video);
Graph<Answer> write_page_comment(GraphCall& graph, const PagePost& post, const std::string& parent);
Graph<Answer> delete_page_comment(GraphCall& graph, PageComment& comment);
Graph<Answer> set_thumbnail(GraphCall& graph, PageVideo& video);

// GET /{page}/insights, /{post}/insights, /{video}/video_insights.
Graph<Answer> page_insights(GraphCall& graph, const Page& page);
Graph<Answer> post_insights(GraphCall& graph, const PagePost& post);
Graph<Answer> video_insights(GraphCall& graph, const PageVideo& video);

// The upload API: POST /{app}/uploads; GET and POST /upload:... .
Graph<Answer> open_upload(GraphCall& graph, const App& app);
Graph<Answer> drive_upload(GraphCall& graph);
// POST rupload.facebook.com/video-upload/{version}/{video}.
Answer upload_page_video(const Call& call, World& world, State& state);

// Refuses a token that is not the Page's own, or may not publish (FB-01).
Check may_publish(const GraphCall& graph, const Page& page);
Check may_read(const GraphCall& graph);

// Keeps a post; one without schedule, video or hold is visible at once.
PagePost& add_post(World& world, State& state, PagePost post);
// Makes visible what has come due by now, in its order.
void settle_pages(World& world, State& state);
// Since when a post may be seen; none: time alone does not bring it about.
std::optional<std::int64_t> due_ms(const State& state, const PagePost& post);
std::string post_path(const State& state, const PagePost& post);

Graph<boost::json::object> show_post(GraphCall& graph, const PagePost& post, const Fields& fields);
Graph<boost::json::object> show_photo(GraphCall& graph, const PagePhoto& photo,
                                      const Fields& fields);
Graph<boost::json::object> show_video(GraphCall& graph, const PageVideo& video,
                                      const Fields& fields);
Graph<boost::json::object> show_page_comment(GraphCall& graph, const PageComment& comment,
                                             const Fields& fields);

// The answer to a write: {"id":..}, or, with `fields`, the node itself.
template <class Show>
Graph<Answer> written(const GraphCall& graph, const boost::json::object& plain, Show show) {
  if (graph.call.find("fields") == nullptr) return json_result(plain);
  HERALD_TRY(const auto fields, parse_fields(graph.get("fields")));
  HERALD_TRY(const auto node, show(fields));
  return json_result(node);
}

}  // namespace herald::sandbox::meta
