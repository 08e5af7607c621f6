// POST /{page}/video_reels and /video_stories: start, bytes to rupload, finish.
#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/meta/facebook.h"
#include "sandbox/meta/facebook_schedule.h"
#include "sandbox/meta/facebook_video_file.h"

namespace herald::sandbox::meta {

namespace json = boost::json;

namespace {

constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;
constexpr std::ptrdiff_t kReelsADay = 30;

std::string phase_of(const GraphCall& graph) {
  auto phase = graph.get("upload_phase");
  std::ranges::transform(phase, phase.begin(), [](char c) { return static_cast<char>(c | 0x20); });
  return phase;
}

Check check_daily_reels(const GraphCall& graph, const Page& page) {
  const auto recent = std::ranges::count_if(graph.state.posts, [&](const auto& entry) {
    const auto& post = entry.second;
    return post.page == page.id && post.kind == "reel" && !post.held &&
           post.created_ms > graph.now_ms() - kDayMs;
  });
  return recent >= kReelsADay ? Check(refuse(kReelLimit)) : Check();
}

Graph<Answer> start(GraphCall& graph, const Page& page, const char* kind) {
  PageVideo video{.id = graph.state.next_id("video", 958000000000001),
                  .page = page.id,
                  .app = graph.token->app,
                  .kind = kind,
                  .created_ms = graph.now_ms()};
  const auto upload_url =
      graph.call.link("rupload.facebook.com", "/video-upload/" + graph.version + "/" + video.id);
  json::object answer{{"video_id", video.id}, {"upload_url", upload_url}};
  graph.state.videos[video.id] = std::move(video);
  return json_result(answer);
}

// The video that `video_id` names, its bytes all there.
Graph<PageVideo*> uploaded_video(GraphCall& graph, const Page& page, std::string_view kind) {
  const auto id = graph.get("video_id");
  if (id.empty()) return std::unexpected(refuse(kParameterMissing, {"video_id"}));
  const auto found = graph.state.videos.find(id);
  if (found == graph.state.videos.end() || found->second.page != page.id ||
      found->second.kind != kind || found->second.removed)
    return std::unexpected(refuse(kParameterInvalid));
  if (!found->second.uploaded) return std::unexpected(refuse(kVideoMissing));
  return &found->second;
}

Graph<Schedule> reel_schedule(const GraphCall& graph) {
  const auto state = graph.get("video_state");
  if (state == "DRAFT") return Schedule{.held = true};
  const bool timed = graph.call.find("scheduled_publish_time") != nullptr;
  if (state == "SCHEDULED") {
    if (!timed) return std::unexpected(refuse(kParameterMissing, {"scheduled_publish_time"}));
    HERALD_TRY(const auto at_ms, read_moment(graph, kReelScheduleMaxMs, true));
    return Schedule{.at_ms = at_ms};
  }
  if (state.empty()) return std::unexpected(refuse(kParameterMissing, {"video_state"}));
  if (state != "PUBLISHED") return std::unexpected(refuse(kParameterInvalid));
  if (timed) return std::unexpected(refuse(kScheduleInvalid));
  return Schedule{};
}

Graph<Answer> finish_reel(GraphCall& graph, const Page& page) {
  HERALD_TRY(auto* video, uploaded_video(graph, page, "reel"));
  HERALD_TRY(const auto schedule, reel_schedule(graph));
  if (auto refused = check_daily_reels(graph, page)) return std::unexpected(*refused);
  const auto earlier = graph.state.posts.find(video->post);
  const bool again = earlier != graph.state.posts.end();
  if (again && !earlier->second.held) return std::unexpected(refuse(kParameterInvalid));
  if (graph.call.find("title") != nullptr) video->title = graph.get("title");
  if (graph.call.find("description") != nullptr) video->description = graph.get("description");
  if (video->ready_ms == 0) begin_processing(graph.world, *video);
  add_post(graph.world, graph.state,
           {.id = again ? earlier->first : std::string(),
            .page = page.id,
            .app = graph.token->app,
            .kind = "reel",
            .message = video->description,
            .video = video->id,
            .created_ms = graph.now_ms(),
            .publish_ms = schedule.at_ms,
            .held = schedule.held});
  auto answer = json_result({{"success", true}});
  answer.publishes = !schedule.held;
  return answer;
}

Graph<Answer> finish_story(GraphCall& graph, const Page& page) {
  HERALD_TRY(auto* video, uploaded_video(graph, page, "story"));
  if (!video->post.empty()) return std::unexpected(refuse(kParameterInvalid));
  begin_processing(graph.world, *video);
  const auto& post = add_post(graph.world, graph.state,
                              {.page = page.id,
                               .app = graph.token->app,
                               .kind = "story",
                               .video = video->id,
                               .created_ms = graph.now_ms()});
  return story_answer(graph, post);
}

}  // namespace

Answer story_answer(const GraphCall& graph, const PagePost& post) {
  const auto number = post.id.substr(post.id.find('_') + 1);
  json::object body{{"success", true}, {"post_id", std::stoll(number)}};
  if (graph.world.switches.text("meta.story_post_id") == "text") body["post_id"] = number;
  auto answer = json_result(body);
  answer.publishes = true;
  return answer;
}

Graph<Answer> drive_reel(GraphCall& graph, const Page& page) {
  if (auto refused = may_publish(graph, page)) return std::unexpected(*refused);
  if (auto refused = unknown_parameter(graph,
                                       "upload_phase video_id video_state description title "
                                       "scheduled_publish_time place targeting feed_targeting"))
    return std::unexpected(*refused);
  const auto phase = phase_of(graph);
  if (phase.empty()) return std::unexpected(refuse(kParameterMissing, {"upload_phase"}));
  if (phase == "finish") return finish_reel(graph, page);
  if (phase != "start") return std::unexpected(refuse(kParameterInvalid));
  if (auto refused = check_daily_reels(graph, page)) return std::unexpected(*refused);
  return start(graph, page, "reel");
}

Graph<Answer> drive_video_story(GraphCall& graph, const Page& page) {
  if (auto refused = may_publish(graph, page)) return std::unexpected(*refused);
  if (graph.call.find("file_url") != nullptr) return std::unexpected(refuse(kParameterInvalid));
  if (auto refused = unknown_parameter(graph, "upload_phase video_id"))
    return std::unexpected(*refused);
  const auto phase = phase_of(graph);
  if (phase.empty()) return std::unexpected(refuse(kParameterMissing, {"upload_phase"}));
  if (phase == "start") return start(graph, page, "story");
  if (phase == "finish") return finish_story(graph, page);
  return std::unexpected(refuse(kParameterInvalid));
}

Graph<Answer> set_thumbnail(GraphCall& graph, PageVideo& video) {
  if (auto refused = may_publish(graph, graph.state.pages.at(video.page)))
    return std::unexpected(*refused);
  if (auto refused = unknown_parameter(graph, "source is_preferred"))
    return std::unexpected(*refused);
  for (const auto& field : graph.call.fields) {
    if (field.name != "source" || field.size == 0) continue;
    video.thumbnail = graph.world.media.keep(graph.call.part(field));
    return json_result({{"success", true}});
  }
  return std::unexpected(refuse(kParameterMissing, {"source"}));
}

}  // namespace herald::sandbox::meta
