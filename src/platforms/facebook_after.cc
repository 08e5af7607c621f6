// After publishing: the first comment, and how the post or the Page fares.
// Source: developers.facebook.com/docs/graph-api/reference/page/insights, checked 2026-11-22.
#include "domain/check.h"
#include "platforms/facebook.h"
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

struct Figure {
  const char* theirs;
  const char* ours;
};

constexpr Figure kPost[] = {{"post_media_view", "views"},
                            {"post_total_media_view_unique", "reach"},
                            {"post_clicks", "clicks"}};
constexpr Figure kPage[] = {{"page_media_view", "views"},
                            {"page_total_media_view_unique", "reach"},
                            {"page_post_engagements", "engagements"}};

std::span<const Figure> figures_of(const Input& input) {
  return input.remote_id.empty() ? std::span<const Figure>(kPage) : std::span<const Figure>(kPost);
}

// Notes: "counted" when the free counters are read, "all" once all metrics were asked for in one
// call ("failed": one bad metric fails them all, so they are asked for one by one), "single" how
// many of those are done, "is.<name>" the figures.
Step measure_next(const Input& input, const Progress& progress) {
  const Notes notes(progress);
  // A story's id is no post's.
  if (input.kind == "story" && !input.remote_id.empty()) {
    return finished(LookedUp{{}, input.now, {}});
  }
  const auto figures = figures_of(input);
  const bool account = input.remote_id.empty();
  const std::string& id = account ? input.account.remote_id : input.remote_id;
  if (!notes.has("counted")) {
    return graph::get(input, As::account, "read the counters", segment(id),
                      {{"fields", account ? "followers_count,fan_count"
                                          : "reactions.limit(0).summary(true),"
                                            "comments.limit(0).summary(true),shares"}});
  }
  const auto single = static_cast<std::size_t>(notes.number("single"));
  if (notes.text("all") == "read" || single >= figures.size()) {
    return finished(LookedUp{notes.below("is."), input.now, {}});
  }
  std::string metrics;
  for (const auto& figure : figures)
    metrics += (metrics.empty() ? "" : ",") + std::string(figure.theirs);
  if (notes.has("all")) metrics = figures[single].theirs;
  std::vector<Field> query{{"metric", std::move(metrics)}};
  if (account) query.push_back({"period", "day"});
  return graph::get(input, As::account, "read the figures", edge(id, "insights"), std::move(query));
}

void take_counters(const JsonAnswer& json, Notes& notes) {
  constexpr std::pair<const char*, const char*> kCounters[] = {
      {"/reactions/summary/total_count", "is.likes"},
      {"/comments/summary/total_count", "is.comments"},
      {"/shares/count", "is.shares"},
      {"/followers_count", "is.followers"}};
  for (const auto& [pointer, name] : kCounters) {
    if (const auto value = json.number(pointer)) notes.set(name, *value);
  }
}

// The newest value: a day's figures come as a series.
void take_figures(const Input& input, const JsonAnswer& json, Notes& notes) {
  for (std::size_t i = 0; i < json.size("/data"); ++i) {
    const std::string values = at("/data", i, "/values");
    if (json.size(values) == 0) continue;
    const auto value = json.number(at(values, json.size(values) - 1, "/value"));
    for (const auto& figure : figures_of(input)) {
      if (value && json.text(at("/data", i, "/name")) == figure.theirs) {
        notes.set(std::string("is.") + figure.ours, *value);
      }
    }
  }
}

Absorbed measure_absorb(const Input& input, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  auto fault = fault_in(answer);
  const bool stops = fault && (fault->error.kind == ErrorKind::unavailable ||
                               fault->error.kind == ErrorKind::rate_limited ||
                               fault->error.code == "grant_refused");
  if (stops) return refused_quietly(notes, std::move(*fault));
  const JsonAnswer json(answer.body);
  if (!notes.has("counted")) {
    if (fault) return refused(notes, graph::without_permission(std::move(fault->error)));
    take_counters(json, notes);
    return accepted(notes.set("counted", "yes"));
  }
  // A metric that is gone, a Page too small for figures, no permission: no figure, no failure.
  if (!fault) take_figures(input, json, notes);
  if (notes.has("all")) return accepted(notes.count("single"));
  return accepted(notes.set("all", fault ? "failed" : "read"));
}

}  // namespace

FlowSteps follow_up() { return {comment_next, comment_absorb}; }
FlowSteps measure() { return {measure_next, measure_absorb}; }

}  // namespace herald::facebook_flows
