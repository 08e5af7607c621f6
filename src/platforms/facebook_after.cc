// After publishing: the first comment, and how the post or the Page fares.
// Source: developers.facebook.com/docs/graph-api/reference/page/insights, checked 2026-11-22.
#include "domain/check.h"
#include "platforms/facebook.h"
#include "platforms/graph_figures.h"
#include "platforms/json_answer.h"
#include "platforms/steps.h"

namespace herald::facebook_flows {
namespace {

using graph::As;

// ---------------------------------------------------------------- first comment

std::string comment_of(const Input& input) { return text_of(input.options, "first_comment"); }

bool looks_first(const Input& input, const Notes& notes) {
  return input.begun_at && !notes.has("looked");
}

// Notes: "looked" once the comments were read.
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
  if (looks_first(input, notes)) {
    return graph::get(input, As::account, "look for the comment", comments,
                      {{"fields", "id,message,from"}, {"limit", "50"}});
  }
  Call call =
      graph::post(input, As::account, "comment", comments, {{"message", comment_of(input)}});
  call.effect = Effect::publish;
  return call;
}

Absorbed comment_absorb(const Input& input, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  const bool looking = looks_first(input, notes) && JsonAnswer(answer.body).has("/data");
  if (auto fault = fault_in(answer)) {
    if (fault->visible == Verdict::unknown) return in_doubt(notes, std::move(fault->error));
    return refused(notes, graph::without_permission(std::move(fault->error)));
  }
  const JsonAnswer json(answer.body);
  if (!looking) {
    if (json.text("/id").empty()) return in_doubt(notes, nonsense(answer, "Facebook"));
    return accepted(notes.set("comment_id", json.text("/id")));
  }
  for (std::size_t i = 0; i < json.size("/data"); ++i) {
    const bool own = json.text(at("/data", i, "/from/id")) == input.account.remote_id;
    if (own && json.text(at("/data", i, "/message")) == comment_of(input)) {
      notes.set("comment_id", json.text(at("/data", i, "/id")));
    }
  }
  return accepted(notes.set("looked", "yes"));
}

// ---------------------------------------------------------------- figures

using graph::Figure;

constexpr Figure kPostCounters[] = {{"/reactions/summary/total_count", "likes"},
                                    {"/comments/summary/total_count", "comments"},
                                    {"/shares/count", "shares"}};
constexpr Figure kPost[] = {{"post_media_view", "views"},
                            {"post_total_media_view_unique", "reach"},
                            {"post_clicks", "clicks"}};
constexpr Figure kPageCounters[] = {{"/followers_count", "followers"}};
constexpr Figure kPage[] = {{"page_media_view", "views"},
                            {"page_total_media_view_unique", "reach"},
                            {"page_post_engagements", "engagements"}};

graph::Figures figures_of(const Input& input) {
  if (input.remote_id.empty()) {
    return {input.account.remote_id,
            "followers_count,fan_count",
            kPageCounters,
            kPage,
            {{"period", "day"}}};
  }
  return {input.remote_id,
          "reactions.limit(0).summary(true),comments.limit(0).summary(true),shares",
          kPostCounters,
          kPost,
          {}};
}

Step measure_next(const Input& input, const Progress& progress) {
  // A story's id is no post's.
  if (input.kind == "story" && !input.remote_id.empty()) {
    return finished(LookedUp{{}, input.now, {}});
  }
  return graph::figures_next(input, progress, figures_of(input));
}

Absorbed measure_absorb(const Input& input, const Progress& progress, const Answer& answer) {
  auto fault = fault_in(answer);
  if (fault && graph::ends_figures(*fault)) {
    return refused_quietly(Notes(progress), std::move(*fault));
  }
  return graph::figures_absorb(progress, answer, std::move(fault), figures_of(input));
}

}  // namespace

FlowSteps follow_up() { return {comment_next, comment_absorb}; }
FlowSteps measure() { return {measure_next, measure_absorb}; }

}  // namespace herald::facebook_flows
