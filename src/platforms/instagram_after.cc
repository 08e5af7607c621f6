// After publishing: the first comment, and how the post or the account fares.
#include "domain/check.h"
#include "platforms/graph_figures.h"
#include "platforms/instagram.h"
#include "platforms/json_answer.h"
#include "platforms/steps.h"

namespace herald::instagram_flows {
namespace {

using graph::As;

// ---------------------------------------------------------------- first comment

std::string comment_of(const Input& input) { return text_of(input.options, "first_comment"); }

Step comment_next(const Input& input, const Progress& progress) {
  const Notes notes(progress);
  if (notes.has("comment_id")) return finished(Published{notes.text("comment_id"), {}, {}});
  if (input.follow_up != "comment" || input.remote_id.empty()) {
    return Error{ErrorKind::invalid,
                 "The first comment was not posted: the post's id is not known.",
                 "follow-up " + input.follow_up,
                 {},
                 "no_remote_id"};
  }
  const std::string comments = edge(input.remote_id, "comments");
  // An earlier try may have gone through.
  if (input.begun_at && !notes.has("looked")) {
    return graph::get(input, As::account, "look for the comment", comments,
                      {{"fields", "id,text,username"}, {"limit", "50"}});
  }
  // No "fields" here: with it the comment is made and the answer is an error.
  Call call =
      graph::post(input, As::account, "comment", comments, {{"message", comment_of(input)}});
  call.effect = Effect::publish;
  return call;
}

Absorbed comment_absorb(const Input& input, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  const bool looking =
      input.begun_at && !notes.has("looked") && JsonAnswer(answer.body).has("/data");
  if (auto fault = fault_in(input, answer)) {
    if (fault->visible == Verdict::unknown) return in_doubt(notes, std::move(fault->error));
    return refused(notes, graph::without_permission(std::move(fault->error)));
  }
  const JsonAnswer json(answer.body);
  if (!looking) {
    if (json.text("/id").empty()) return in_doubt(notes, nonsense(answer, "Instagram"));
    return accepted(notes.set("comment_id", json.text("/id")));
  }
  for (std::size_t i = 0; i < json.size("/data"); ++i) {
    const bool own = json.text(at("/data", i, "/username")) == input.account.username;
    if (own && json.text(at("/data", i, "/text")) == comment_of(input)) {
      notes.set("comment_id", json.text(at("/data", i, "/id")));
    }
  }
  return accepted(notes.set("looked", "yes"));
}

// ---------------------------------------------------------------- figures

using graph::Figure;

constexpr Figure kPostCounters[] = {{"/like_count", "likes"}, {"/comments_count", "comments"}};
constexpr Figure kFeed[] = {{"views", "views"},       {"reach", "reach"}, {"likes", "likes"},
                            {"comments", "comments"}, {"saved", "saves"}, {"shares", "shares"}};
constexpr Figure kReel[] = {{"views", "views"},
                            {"reach", "reach"},
                            {"likes", "likes"},
                            {"comments", "comments"},
                            {"saved", "saves"},
                            {"shares", "shares"},
                            {"ig_reels_avg_watch_time", "average_watch_ms"}};
constexpr Figure kStory[] = {
    {"views", "views"}, {"reach", "reach"}, {"shares", "shares"}, {"replies", "replies"}};
constexpr Figure kAccountCounters[] = {{"/followers_count", "followers"},
                                       {"/media_count", "posts"}};
constexpr Figure kAccount[] = {{"views", "views"},
                               {"reach", "reach"},
                               {"accounts_engaged", "engaged_accounts"},
                               {"total_interactions", "engagements"}};

graph::Figures figures_of(const Input& input) {
  if (input.remote_id.empty()) {
    return {input.account.remote_id,
            "followers_count,media_count",
            kAccountCounters,
            kAccount,
            {{"period", "day"}, {"metric_type", "total_value"}}};
  }
  std::span<const Figure> metrics = kFeed;
  if (input.kind == "story") metrics = kStory;
  if (input.kind == "reel") metrics = kReel;
  return {input.remote_id, "like_count,comments_count", kPostCounters, metrics, {}};
}

Step measure_next(const Input& input, const Progress& progress) {
  return graph::figures_next(input, progress, figures_of(input));
}

Absorbed measure_absorb(const Input& input, const Progress& progress, const Answer& answer) {
  auto fault = fault_in(input, answer);
  if (fault && graph::ends_figures(*fault)) {
    return refused_quietly(Notes(progress), std::move(*fault));
  }
  return graph::figures_absorb(progress, answer, std::move(fault), figures_of(input));
}

}  // namespace

FlowSteps follow_up() { return {comment_next, comment_absorb}; }
FlowSteps measure() { return {measure_next, measure_absorb}; }

}  // namespace herald::instagram_flows
