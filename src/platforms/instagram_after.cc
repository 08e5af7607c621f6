// After publishing: the first comment, and how the post or the account fares.
#include "domain/check.h"
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

constexpr std::pair<std::string_view, const char*> kOurNames[] = {
    {"views", "views"},
    {"reach", "reach"},
    {"likes", "likes"},
    {"comments", "comments"},
    {"saved", "saves"},
    {"shares", "shares"},
    {"replies", "replies"},
    {"ig_reels_avg_watch_time", "average_watch_ms"},
    {"accounts_engaged", "engaged_accounts"},
    {"total_interactions", "engagements"}};

constexpr const char* kFeed[] = {"views", "reach", "likes", "comments", "saved", "shares"};
constexpr const char* kReel[] = {
    "views", "reach", "likes", "comments", "saved", "shares", "ig_reels_avg_watch_time"};
constexpr const char* kStory[] = {"views", "reach", "shares", "replies"};
constexpr const char* kAccount[] = {"views", "reach", "accounts_engaged", "total_interactions"};

std::vector<std::string> metrics_of(const Input& input) {
  const auto all = [](const auto& names) {
    return std::vector<std::string>(std::begin(names), std::end(names));
  };
  if (input.remote_id.empty()) return all(kAccount);
  if (input.kind == "story") return all(kStory);
  return input.kind == "reel" ? all(kReel) : all(kFeed);
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ",") + name;
  return text;
}

// Notes: "counted" when the free counters are read, "all" once all metrics were asked for in one
// call ("failed": one bad metric fails them all, so they are asked for one by one), "single" how
// many of those are done, "is.<name>" the figures.
Step measure_next(const Input& input, const Progress& progress) {
  const Notes notes(progress);
  const auto metrics = metrics_of(input);
  const bool account = input.remote_id.empty();
  const std::string& id = account ? input.account.remote_id : input.remote_id;
  if (!notes.has("counted")) {
    return graph::get(
        input, As::account, "read the counters", segment(id),
        {{"fields", account ? "followers_count,media_count" : "like_count,comments_count"}});
  }
  const auto single = static_cast<std::size_t>(notes.number("single"));
  const bool done = notes.text("all") == "read" || single >= metrics.size();
  if (done) return finished(LookedUp{notes.below("is."), input.now, {}});
  std::vector<Field> query{{"metric", notes.has("all") ? metrics[single] : joined(metrics)}};
  if (account) {
    query.push_back({"period", "day"});
    query.push_back({"metric_type", "total_value"});
  }
  return graph::get(input, As::account, "read the figures", edge(id, "insights"), std::move(query));
}

void take_counters(const JsonAnswer& json, Notes& notes) {
  constexpr std::pair<const char*, const char*> kCounters[] = {{"/like_count", "is.likes"},
                                                               {"/comments_count", "is.comments"},
                                                               {"/followers_count", "is.followers"},
                                                               {"/media_count", "is.posts"}};
  for (const auto& [pointer, name] : kCounters) {
    if (const auto value = json.number(pointer)) notes.set(name, *value);
  }
}

void take_figures(const JsonAnswer& json, Notes& notes) {
  for (std::size_t i = 0; i < json.size("/data"); ++i) {
    auto value = json.number(at("/data", i, "/total_value/value"));
    if (!value) value = json.number(at("/data", i, "/values/0/value"));
    const auto theirs = json.text(at("/data", i, "/name"));
    for (const auto& [name, ours] : kOurNames) {
      if (value && name == theirs) notes.set(std::string("is.") + ours, *value);
    }
  }
}

Absorbed measure_absorb(const Input& input, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  auto fault = fault_in(input, answer);
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
  // Too few viewers, a metric that this post does not have, no permission: no figure, no failure.
  if (!fault) take_figures(json, notes);
  if (notes.has("all")) return accepted(notes.count("single"));
  return accepted(notes.set("all", fault ? "failed" : "read"));
}

}  // namespace

FlowSteps follow_up() { return {comment_next, comment_absorb}; }
FlowSteps measure() { return {measure_next, measure_absorb}; }

}  // namespace herald::instagram_flows
