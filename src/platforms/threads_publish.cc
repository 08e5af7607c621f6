// Containers one by one, polled until they are finished; then the one call that the audience sees.
#include <algorithm>

#include "platforms/json_answer.h"
#include "platforms/steps.h"
#include "platforms/threads.h"

namespace herald::threads_flows {
namespace {

using namespace std::chrono_literals;

constexpr Duration kPolls[] = {3s, 5s};
constexpr Duration kPollLater = 10s;
constexpr std::int64_t kPollsDense = 60;  // Ten minutes.
constexpr Duration kPollRare = 10min;     // A container stays valid for a day.
constexpr std::int64_t kPollsMax = 210;   // Counted, not timed: our clock may jump.
constexpr Duration kYoung = 10min;        // Until then "not found" may be replication delay.
constexpr Duration kSoon = 5s;
constexpr std::int64_t kQuotaAssumed = 250;
constexpr std::int64_t kRebuildsMax = 2;
constexpr std::int64_t kMissingMax = 3;
constexpr std::int64_t kOutOfReachMax = 3;
constexpr std::int64_t kChildrenAgainMax = 3;

enum class Stage { quota, create, poll, publish, permalink, done };

Stage stage_of(const Input& input, const Notes& notes) {
  if (notes.has("live")) return Stage::done;
  if (notes.has("media_id")) return notes.has("read") ? Stage::done : Stage::permalink;
  const std::size_t made = notes.list(kItems).size();
  const auto ready = static_cast<std::size_t>(notes.number(kReady));
  if (made == 0 && !notes.has("quota") && !graph::quota_known(input)) return Stage::quota;
  // Children all exist before the first is polled; the carousel's own container comes after.
  const std::size_t children = input.kind == "carousel" ? input.media.size() : 1;
  if (made < children) return Stage::create;
  if (ready < made) return Stage::poll;
  if (made < containers_needed(input)) return Stage::create;
  // Why was it in doubt? This call says what threads_publish cannot say for certain.
  if (notes.has(kDoubted) && !notes.has(kAllowed)) return Stage::quota;
  return Stage::publish;
}

Published published(const Notes& notes) {
  if (notes.has("media_id")) return {notes.text("media_id"), notes.text("permalink"), {}};
  return {{}, {}, "Threads says that it is live; its link is not known."};
}

Step next(const Input& input, const Progress& progress) {
  Notes notes(progress);
  const Stage stage = stage_of(input, notes);
  if (const auto delay = notes.number("rest"); delay > 0) {
    notes.erase("rest");
    return rest(Duration(delay), notes,
                stage == Stage::poll ? std::optional(Meter{"Threads is processing it", 0, 0})
                                     : std::nullopt);
  }
  switch (stage) {
    case Stage::quota:
      return ask(input, "read the daily limit", "me/threads_publishing_limit",
                 {{"fields", "quota_usage,config"}});
    case Stage::create:
      return send(input, "create container", "me/threads",
                  container_fields(input, notes, notes.list(kItems).size()));
    case Stage::poll: {
      const auto& id = notes.list(kItems)[static_cast<std::size_t>(notes.number(kReady))];
      return ask(input, "read the container", segment(id), {{"fields", "status,error_message"}});
    }
    case Stage::publish: {
      Call call = send(input, "publish", "me/threads_publish",
                       {{"creation_id", notes.list(kItems).back()}});
      call.effect = Effect::publish;
      return call;
    }
    case Stage::permalink:
      return ask(input, "read the link", segment(notes.text("media_id")),
                 {{"fields", "id,permalink"}});
    case Stage::done:
      break;
  }
  return finished(published(notes));
}

// Worth another container, so many times.
Absorbed rebuild(Notes notes, std::size_t keep, Error error) {
  notes.keep_first(kItems, keep);
  notes.set(kReady, std::min<std::int64_t>(notes.number(kReady), static_cast<std::int64_t>(keep)));
  notes.erase("polls").erase("unreached").erase(kDoubted).erase(kAllowed);
  if (error.kind == ErrorKind::unavailable &&
      notes.count("rebuilt").number("rebuilt") > kRebuildsMax) {
    error.kind = ErrorKind::invalid;
    error.message += " Herald gave up after " + std::to_string(kRebuildsMax + 1) + " tries.";
    notes.erase("rebuilt");
  }
  return refused(notes, std::move(error));
}

Absorbed absorb_quota(Notes notes, const Answer& answer) {
  if (auto fault = fault_in(answer)) {
    const bool stops = fault->error.kind == ErrorKind::unauthorized ||
                       fault->error.kind == ErrorKind::rate_limited;
    if (stops) return refused_quietly(notes, std::move(*fault));
    // The limit is not worth failing for: publishing itself will tell.
    return accepted(notes.set("quota", "unread").set(kAllowed, "yes"));
  }
  const JsonAnswer json(answer.body);
  const auto used = json.number("/data/0/quota_usage").value_or(0);
  const auto total = json.number("/data/0/config/quota_total").value_or(kQuotaAssumed);
  if (used < total) return accepted(notes.set("quota", "room").set(kAllowed, "yes"));
  return refused(notes, {ErrorKind::rate_limited,
                         "The daily posting limit of Threads, " + std::to_string(total) +
                             ", is reached. The post goes out when there is room again.",
                         "quota_usage " + std::to_string(used), 1h, "daily_limit"});
}

Absorbed absorb_create(const Input& input, Notes notes, const Answer& answer) {
  if (auto fault = fault_in(answer)) {
    if (fault->error.code == "media_unreachable") {
      return rebuild(notes, notes.list(kItems).size(), std::move(fault->error));
    }
    if (fault->error.code == "children_not_ready") {
      // They were finished, and are asked again; then made anew.
      if (notes.count("children_again").number("children_again") <= kChildrenAgainMax) {
        return accepted(notes.set(kReady, 0).set("rest", kSoon.count()));
      }
      return rebuild(notes.erase("children_again"), 0, std::move(fault->error));
    }
    return refused_quietly(notes, std::move(*fault));
  }
  std::string id = JsonAnswer(answer.body).text("/id");
  if (id.empty()) return in_doubt(notes, nonsense(answer, "Threads"));
  notes.add(kItems, std::move(id)).set(kMadeAt, to_ms(input.now)).erase("polls").erase("missing");
  if (stage_of(input, notes) == Stage::poll) notes.set("rest", kPolls[0].count());
  return accepted(notes);
}

Error expired(std::string detail) {
  return {ErrorKind::unavailable,
          "The preparation at Threads had expired; it starts anew.",
          std::move(detail),
          {},
          "container_expired"};
}

Absorbed poll_again(Notes notes) {
  const auto polls = notes.count("polls").number("polls");
  if (polls > kPollsMax) return rebuild(notes, 0, expired("container in progress for a day"));
  const auto quick = static_cast<std::int64_t>(std::size(kPolls));
  const Duration delay = polls < quick         ? kPolls[polls]
                         : polls < kPollsDense ? kPollLater
                                               : kPollRare;
  return accepted(notes.set("rest", delay.count()));
}

// Finished, and yet not to be had three times: a fresh one often is. Not while the old one may be
// published yet.
Absorbed absorb_finished(const Notes& notes) {
  const bool last = static_cast<std::size_t>(notes.number(kReady)) + 1 == notes.list(kItems).size();
  if (last && notes.number("unreached") >= kOutOfReachMax && !notes.has(kDoubted)) {
    return rebuild(notes, static_cast<std::size_t>(notes.number(kReady)),
                   {ErrorKind::unavailable,
                    "Threads did not take the finished post. We are trying again.",
                    "24/4279009 though FINISHED",
                    {},
                    "container_unknown"});
  }
  return accepted(Notes(notes).count(kReady).erase("polls").erase("missing"));
}

Absorbed absorb_poll(const Input& input, Notes notes, const Answer& answer) {
  if (auto fault = fault_in(answer)) {
    const bool missing = is_missing(*fault) || is_out_of_reach(*fault);
    const bool young = input.now - from_ms(notes.number(kMadeAt)) < kYoung;
    if (missing && young && notes.count("missing").number("missing") < kMissingMax) {
      return accepted(notes.set("rest", kPolls[0].count()));
    }
    if (missing) fault->error.kind = ErrorKind::unavailable;
    // While it may be published yet, no other takes its place.
    if (missing && !notes.has(kDoubted)) return rebuild(notes, 0, std::move(fault->error));
    return refused_quietly(notes, std::move(*fault));
  }
  const JsonAnswer json(answer.body);
  const std::string status = json.text("/status");
  if (status == "FINISHED") return absorb_finished(notes);
  if (status == "IN_PROGRESS") return poll_again(notes);
  if (status == "PUBLISHED") return accepted(notes.set("live", "yes"));
  if (status == "EXPIRED") return rebuild(notes, 0, expired("container expired"));
  if (status == "ERROR") {
    return rebuild(notes, static_cast<std::size_t>(notes.number(kReady)),
                   container_error(json.text("/error_message")));
  }
  return in_doubt(notes, nonsense(answer, "Threads"));
}

Absorbed absorb_publish(const Input& input, Notes notes, const Answer& answer) {
  auto fault = fault_in(answer);
  if (!fault) {
    std::string id = JsonAnswer(answer.body).text("/id");
    // A success that cannot be read is a write that happened: looked up.
    if (id.empty()) return in_doubt(notes, nonsense(answer, "Threads"));
    return accepted(notes.set("media_id", std::move(id)));
  }
  // Not of a container that may have been used up: that answer is not known.
  const bool young = input.now - from_ms(notes.number(kMadeAt)) < kYoung;
  if (is_out_of_reach(*fault) && young && !notes.has(kDoubted)) {
    // Its status comes first, each time.
    notes.count("unreached").set(kReady, static_cast<std::int64_t>(notes.list(kItems).size()) - 1);
    return not_yet(notes.set("rest", kSoon.count()));
  }
  if (fault->visible == Verdict::refused) return refused(notes, std::move(fault->error));
  return in_doubt(notes, std::move(fault->error));
}

// The post is live: a link that cannot be read takes nothing from that.
Absorbed absorb_permalink(Notes notes, const Answer& answer) {
  const std::string link = JsonAnswer(answer.body).text("/permalink");
  if (is_success(answer) && link.starts_with("https://")) notes.set("permalink", link);
  const bool done = notes.has("permalink") || notes.count("link_tries").number("link_tries") > 1;
  return accepted(done ? notes.set("read", "yes") : notes.set("rest", kSoon.count()));
}

Absorbed absorb(const Input& input, const Progress& progress, const Answer& answer) {
  const Notes notes(progress);
  switch (stage_of(input, notes)) {
    case Stage::quota:
      return absorb_quota(notes, answer);
    case Stage::create:
      return absorb_create(input, notes, answer);
    case Stage::poll:
      return absorb_poll(input, notes, answer);
    case Stage::publish:
      return absorb_publish(input, notes, answer);
    case Stage::permalink:
      return absorb_permalink(notes, answer);
    case Stage::done:
      break;
  }
  return in_doubt(notes, nonsense(answer, "Threads"));
}

}  // namespace

FlowSteps publish() { return {next, absorb}; }

Answer imagine(const Input& input, const Progress& progress, const Call&) {
  const Notes notes(progress);
  Answer answer{.status = 200};
  switch (stage_of(input, notes)) {
    case Stage::quota:
      answer.body = R"({"data":[{"quota_usage":0}]})";
      break;
    case Stage::create:
      answer.body = R"({"id":"container-)" + std::to_string(notes.list(kItems).size() + 1) + "\"}";
      break;
    case Stage::poll:
      answer.body = R"({"status":"FINISHED"})";
      break;
    case Stage::publish:
    case Stage::permalink:
    case Stage::done:
      answer.body = R"({"id":"media","permalink":"https://www.threads.com/@you/post/media"})";
      break;
  }
  return answer;
}

}  // namespace herald::threads_flows
