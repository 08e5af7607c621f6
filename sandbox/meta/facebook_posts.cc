// A Page's posts from their making to their end, and who may touch them.
#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/meta/facebook.h"
#include "sandbox/meta/facebook_schedule.h"

namespace herald::sandbox::meta {

namespace json = boost::json;

namespace {

LedgerEntry entry_of(const State& state, const PagePost& post, std::string event,
                     std::int64_t at_ms) {
  return {.at_ms = at_ms,
          .platform = "facebook",
          .account = post.page,
          .account_name = state.pages.at(post.page).name,
          .event = std::move(event),
          .kind = post.kind,
          .id = post.id,
          .title = post.kind == "link" ? post.link : std::string(),
          .text = post.message,
          .link = "https://www.facebook.com" + post_path(state, post)};
}

void make_visible(World& world, State& state, PagePost& post, std::int64_t at_ms) {
  post.visible_ms = at_ms;
  auto entry = entry_of(state, post, "post", at_ms);
  for (const auto& id : post.photos) {
    const auto& picture = state.photos.at(id).picture;
    entry.media.push_back({picture.digest, picture.type});
  }
  if (!post.video.empty()) {
    const auto& video = state.videos.at(post.video);
    entry.media.push_back({video.picture.digest, video.picture.type});
    if (post.kind == "video") entry.title = video.title;
  }
  world.ledger.record(std::move(entry));
}

bool by_same_app(const GraphCall& graph, const std::string& app) {
  return graph.token && graph.token->app == app;
}

Check may_change(const GraphCall& graph, const std::string& page, const std::string& app) {
  if (auto refused = may_publish(graph, graph.state.pages.at(page))) return refused;
  if (by_same_app(graph, app)) return std::nullopt;
  return with_permission_status(graph, refuse(kOtherAppsPost));
}

}  // namespace

std::string post_path(const State& state, const PagePost& post) {
  (void)state;
  const auto number = post.id.substr(post.id.find('_') + 1);
  if (post.kind == "reel") return "/reel/" + post.video;
  if (post.kind == "video") return "/" + post.page + "/videos/" + post.video;
  if (post.kind == "story") return "/stories/" + post.page + "/" + number;
  return "/" + post.page + "/posts/" + number;
}

Check may_publish(const GraphCall& graph, const Page& page) {
  const bool role = std::ranges::any_of(page.tasks, [](const std::string& task) {
    return task == "CREATE_CONTENT" || task == "MANAGE" || task == "PROFILE_PLUS_CREATE_CONTENT" ||
           task == "PROFILE_PLUS_FULL_CONTROL";
  });
  if (role && graph.token && graph.token->kind == "PAGE" &&
      graph.has_permission("pages_manage_posts") && graph.has_permission("pages_read_engagement"))
    return std::nullopt;
  return with_permission_status(graph, refuse(kNotAsPage));
}

Check may_read(const GraphCall& graph) {
  if (graph.has_permission("pages_read_engagement")) return std::nullopt;
  return with_permission_status(graph, refuse(kNoPermission));
}

std::optional<std::int64_t> due_ms(const State& state, const PagePost& post) {
  if (post.visible_ms != 0 || post.removed || post.held) return std::nullopt;
  auto due = std::max(post.publish_ms, post.created_ms);
  if (post.video.empty()) return due;
  const auto& video = state.videos.at(post.video);
  if (video.failure != 0 || video.ready_ms == 0 || video.removed) return std::nullopt;
  return std::max(due, video.ready_ms);
}

PagePost& add_post(World& world, State& state, PagePost post) {
  if (post.id.empty()) post.id = post.page + "_" + state.next_id("page_post", 122100000000000001);
  for (const auto& id : post.photos) state.photos.at(id).post = post.id;
  if (!post.video.empty()) state.videos.at(post.video).post = post.id;
  auto& held = state.posts[post.id];
  held = std::move(post);
  state.unseen.insert(held.id);
  settle_pages(world, state);
  return held;
}

void settle_pages(World& world, State& state) {
  const auto now_ms = to_ms(world.clock.now());
  std::vector<std::pair<std::int64_t, std::string>> due;
  for (const auto& id : state.unseen)
    if (const auto at_ms = due_ms(state, state.posts.at(id)); at_ms && *at_ms <= now_ms)
      due.emplace_back(*at_ms, id);
  std::ranges::sort(due);
  for (const auto& [at_ms, id] : due) {
    make_visible(world, state, state.posts.at(id), at_ms);
    state.unseen.erase(id);
  }
}

Graph<Answer> change_post(GraphCall& graph, PagePost& post) {
  if (auto refused = may_change(graph, post.page, post.app)) return std::unexpected(*refused);
  if (auto refused = unknown_parameter(graph, "message is_published scheduled_publish_time"))
    return std::unexpected(*refused);
  const bool publish = truthy(graph.get("is_published"));
  const bool move = graph.call.find("scheduled_publish_time") != nullptr;
  if ((publish && move) || (move && post.visible_ms != 0))
    return std::unexpected(refuse(kParameterInvalid));
  auto publish_ms = post.publish_ms;
  if (move) {
    HERALD_TRY(publish_ms, read_moment(graph, kPostScheduleMaxMs, false));
    post.held = false;
  }
  post.publish_ms = publish_ms;
  if (const auto* message = graph.call.find("message")) post.message = *message;
  if (const auto* message = graph.call.find("message"); message && post.visible_ms != 0)
    graph.world.ledger.record(entry_of(graph.state, post, "changed", graph.now_ms()));
  auto answer = json_result({{"success", true}});
  if (publish && post.visible_ms == 0) {
    post.held = false;
    post.publish_ms = graph.now_ms();
    settle_pages(graph.world, graph.state);
  }
  answer.publishes = publish || move;
  return answer;
}

Graph<Answer> delete_post(GraphCall& graph, PagePost& post) {
  if (auto refused = may_change(graph, post.page, post.app)) return std::unexpected(*refused);
  if (post.visible_ms != 0)
    graph.world.ledger.record(entry_of(graph.state, post, "removed", graph.now_ms()));
  post.removed = true;
  return json_result({{"success", true}});
}

Graph<Answer> delete_photo(GraphCall& graph, PagePhoto& photo) {
  if (auto refused = may_change(graph, photo.page, photo.app)) return std::unexpected(*refused);
  photo.removed = true;
  const auto post = graph.state.posts.find(photo.post);
  if (post != graph.state.posts.end() && post->second.photos.size() == 1)
    return delete_post(graph, post->second);
  return json_result({{"success", true}});
}

Graph<Answer> delete_video(GraphCall& graph, PageVideo& video) {
  if (auto refused = may_change(graph, video.page, video.app)) return std::unexpected(*refused);
  video.removed = true;
  const auto post = graph.state.posts.find(video.post);
  if (post != graph.state.posts.end()) return delete_post(graph, post->second);
  return json_result({{"success", true}});
}

Graph<Answer> write_page_comment(GraphCall& graph, const PagePost& post,
                                 const std::string& parent) {
  if (auto refused = unknown_parameter(graph, "message")) return std::unexpected(*refused);
  if (!graph.token || graph.token->kind != "PAGE" ||
      !graph.has_permission("pages_manage_engagement"))
    return std::unexpected(with_permission_status(graph, refuse(kNoPermission)));
  if (graph.get("message").empty()) return std::unexpected(refuse(kParameterMissing, {"message"}));
  const PageComment comment{.id = post.id.substr(post.id.find('_') + 1) + "_" +
                                  graph.state.next_id("page_comment", 700000000000001),
                            .post = post.id,
                            .parent = parent,
                            .page = post.page,
                            .app = graph.token->app,
                            .text = graph.get("message"),
                            .at_ms = graph.now_ms()};
  graph.state.page_comments[comment.id] = comment;
  auto entry = entry_of(graph.state, post, "comment", comment.at_ms);
  entry.kind = parent.empty() ? "comment" : "reply";
  entry.id = comment.id;
  entry.parent = post.id;
  entry.title.clear();
  entry.text = comment.text;
  graph.world.ledger.record(std::move(entry));
  HERALD_TRY(auto answer, written(graph, {{"id", comment.id}}, [&](const Fields& fields) {
               return show_page_comment(graph, comment, fields);
             }));
  answer.publishes = true;
  return answer;
}

Graph<Answer> delete_page_comment(GraphCall& graph, PageComment& comment) {
  if (!graph.token || graph.token->kind != "PAGE" ||
      !graph.has_permission("pages_manage_engagement"))
    return std::unexpected(with_permission_status(graph, refuse(kNoPermission)));
  comment.removed = true;
  auto entry = entry_of(graph.state, graph.state.posts.at(comment.post), "removed", graph.now_ms());
  entry.kind = "comment";
  entry.id = comment.id;
  entry.parent = comment.post;
  graph.world.ledger.record(std::move(entry));
  return json_result({{"success", true}});
}

}  // namespace herald::sandbox::meta
