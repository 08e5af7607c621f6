// After publishing: the first comment, and how the post or the profile fares.
#include <optional>
#include <span>

#include "domain/check.h"
#include "platforms/json_answer.h"
#include "platforms/steps.h"
#include "platforms/threads.h"

namespace herald::threads_flows {
namespace {

using namespace std::chrono_literals;

// ---------------------------------------------------------------- first comment

// A reply is a post of its own: made as a container, polled, published.
// Notes: "looked" when an earlier try was looked for; "container", "finished", then "reply_id" or
// "there".
constexpr Duration kSoon = 5s;
constexpr std::int64_t kPollsMax = 60;
constexpr std::int64_t kOutOfReachMax = 5;

enum class Stage { look, create, poll, publish, done };

Stage stage_of(const Input& input, const Notes& notes) {
  if (notes.has("reply_id") || notes.has("there")) return Stage::done;
  if (notes.has("container")) return notes.has("finished") ? Stage::publish : Stage::poll;
  return input.begun_at && !notes.has("looked") ? Stage::look : Stage::create;
}

std::string comment_of(const Input& input) { return text_of(input.options, "first_comment"); }

Step comment_next(const Input& input, const Progress& progress) {
  Notes notes(progress);
  if (input.follow_up != "comment" || input.remote_id.empty()) {
    return Error{ErrorKind::invalid,
                 "The first comment was not posted: the post's id is not known.",
                 "follow-up " + input.follow_up,
                 {},
                 "no_remote_id"};
  }
  if (const auto delay = notes.number("rest"); delay > 0) {
    return rest(Duration(delay), notes.erase("rest"));
  }
  switch (stage_of(input, notes)) {
    case Stage::look: {
      Call call = ask(input, "look for the comment", "me/replies",
                      {{"fields", "id,text,replied_to"}, {"limit", "50"}});
      call.secrets = {{"/paging/next", "next"}, {"/paging/previous", "previous"}};
      return call;
    }
    case Stage::create:
      return send(
          input, "create the comment", "me/threads",
          {{"media_type", "TEXT"}, {"text", comment_of(input)}, {"reply_to_id", input.remote_id}});
    case Stage::poll:
      return ask(input, "read the container", segment(notes.text("container")),
                 {{"fields", "status,error_message"}});
    case Stage::publish: {
      Call call =
          send(input, "comment", "me/threads_publish", {{"creation_id", notes.text("container")}});
      call.effect = Effect::publish;
      return call;
    }
    case Stage::done:
      break;
  }
  return finished(Published{notes.text("reply_id"), {}, {}});
}

Absorbed absorb_look(const Input& input, Notes notes, const JsonAnswer& json,
                     const Answer& answer) {
  if (!json.has("/data")) return in_doubt(notes, nonsense(answer, "Threads"));
  for (std::size_t i = 0; i < json.size("/data"); ++i) {
    const bool here = json.text(at("/data", i, "/replied_to/id")) == input.remote_id;
    if (here && folded(json.text(at("/data", i, "/text"))) == folded(comment_of(input))) {
      notes.set("reply_id", json.text(at("/data", i, "/id")));
    }
  }
  return accepted(notes.set("looked", "yes"));
}

Absorbed absorb_status(Notes notes, const JsonAnswer& json, const Answer& answer) {
  const std::string status = json.text("/status");
  if (status == "FINISHED") return accepted(notes.set("finished", "yes"));
  if (status == "PUBLISHED") return accepted(notes.set("there", "yes"));
  if (status == "IN_PROGRESS" && notes.count("polls").number("polls") < kPollsMax) {
    return accepted(notes.set("rest", kSoon.count()));
  }
  if (status == "ERROR" || status == "EXPIRED" || status == "IN_PROGRESS") {
    notes.erase("container").erase("polls").erase("unreached");
    return refused(notes, container_error(json.text("/error_message")));
  }
  return in_doubt(notes, nonsense(answer, "Threads"));
}

Absorbed comment_fault(Notes notes, Stage stage, graph::Fault fault) {
  if (stage == Stage::publish) {
    if (is_out_of_reach(fault) && notes.count("unreached").number("unreached") <= kOutOfReachMax) {
      // Its status comes first, each time.
      return not_yet(notes.erase("finished").set("rest", kSoon.count()));
    }
    if (fault.visible == Verdict::unknown) return in_doubt(notes, std::move(fault.error));
  }
  const bool young = stage == Stage::poll && (is_missing(fault) || is_out_of_reach(fault));
  if (young && notes.count("missing").number("missing") <= kOutOfReachMax) {
    return accepted(notes.set("rest", kSoon.count()));
  }
  fault.error = graph::without_permission(std::move(fault.error));
  return refused_quietly(notes, std::move(fault));
}

Absorbed comment_absorb(const Input& input, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  const Stage stage = stage_of(input, notes);
  if (auto fault = fault_in(answer)) return comment_fault(notes, stage, std::move(*fault));
  const JsonAnswer json(answer.body);
  if (stage == Stage::look) return absorb_look(input, notes, json, answer);
  if (stage == Stage::poll) return absorb_status(notes, json, answer);
  const std::string id = json.text("/id");
  if (id.empty()) return in_doubt(notes, nonsense(answer, "Threads"));
  if (stage == Stage::create) {
    return accepted(notes.set("container", id).set("rest", kSoon.count()));
  }
  return accepted(notes.set("reply_id", id));
}

// ---------------------------------------------------------------- figures

struct Figure {
  std::string_view theirs;
  const char* ours;
};
constexpr Figure kPost[] = {{"views", "views"},
                            {"likes", "likes"},
                            {"replies", "comments"},
                            {"reposts", "shares"},
                            {"quotes", "quotes"}};
constexpr Figure kProfile[] = {{"views", "views"}, {"followers_count", "followers"}};

std::span<const Figure> figures_of(const Input& input) {
  if (input.remote_id.empty()) return kProfile;
  return kPost;
}

// A series, of which the newest counts, or a total.
std::optional<std::int64_t> value_in(const JsonAnswer& json, std::size_t row) {
  if (const auto total = json.number(at("/data", row, "/total_value/value"))) return total;
  const std::string values = at("/data", row, "/values");
  const auto size = json.size(values);
  return size == 0 ? std::nullopt : json.number(at(values, size - 1, "/value"));
}

// Notes: "all" once all were asked for in one call ("read", or "failed"), "single" how many were
// asked for by themselves, "is.<name>" the figures.
Step measure_next(const Input& input, const Progress& progress) {
  const Notes notes(progress);
  const auto figures = figures_of(input);
  const auto single = static_cast<std::size_t>(notes.number("single"));
  if (notes.text("all") == "read" || single >= figures.size()) {
    return finished(LookedUp{notes.below("is."), input.now, {}});
  }
  std::string names;
  for (const auto& figure : figures) {
    names += (names.empty() ? "" : ",") + std::string(figure.theirs);
  }
  if (notes.has("all")) names = figures[single].theirs;
  const std::string path =
      input.remote_id.empty() ? "me/threads_insights" : segment(input.remote_id) + "/insights";
  return ask(input, "read the figures", path, {{"metric", std::move(names)}});
}

Absorbed measure_absorb(const Input& input, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  auto fault = fault_in(answer);
  if (fault) {
    const Error& error = fault->error;
    const bool ends = error.kind == ErrorKind::unavailable ||
                      error.kind == ErrorKind::rate_limited || error.code == "grant_refused";
    if (ends) return refused_quietly(notes, std::move(*fault));
  } else {
    const JsonAnswer json(answer.body);
    for (std::size_t i = 0; i < json.size("/data"); ++i) {
      const auto value = value_in(json, i);
      const std::string name = json.text(at("/data", i, "/name"));
      for (const auto& [theirs, ours] : figures_of(input)) {
        if (value && name == theirs) notes.set(std::string("is.") + ours, *value);
      }
    }
  }
  // A metric that this profile does not have, no permission: no figure, no failure.
  if (notes.has("all")) return accepted(notes.count("single"));
  return accepted(notes.set("all", fault ? "failed" : "read"));
}

}  // namespace

FlowSteps follow_up() { return {comment_next, comment_absorb}; }
FlowSteps measure() { return {measure_next, measure_absorb}; }

}  // namespace herald::threads_flows
