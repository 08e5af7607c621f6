// Containers one by one, polled until they are finished; then the one call that the audience sees.
#include <algorithm>

#include "platforms/instagram.h"
#include "platforms/json_answer.h"
#include "platforms/oauth_code.h"
#include "platforms/steps.h"

namespace herald::instagram_flows {
namespace {

using namespace std::chrono_literals;
using graph::As;

constexpr Duration kPolls[] = {3s, 5s, 10s, 20s, 30s};
constexpr Duration kPollLater = 60s;
constexpr std::int64_t kPollsDense = 19;  // About a quarter of an hour.
constexpr Duration kPollRare = 10min;     // A container stays valid for a day.
constexpr Duration kContainerLife = 25h;
constexpr Duration kYoung = 10min;  // Until then "not found" may be replication delay.
constexpr Duration kPublishAgain = 5s;
constexpr Duration kPublishAgainFor = 2min;
constexpr std::int64_t kQuotaAssumed = 50;
constexpr std::int64_t kRebuildsMax = 2;
constexpr std::int64_t kMissingMax = 3;

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
  return made < containers_needed(input) ? Stage::create : Stage::publish;
}

As as(const Notes& notes) { return notes.has("as_user") ? As::user : As::account; }

Call publish_call(const Input& input, const Notes& notes) {
  Call call =
      graph::post(input, as(notes), "publish", edge(input.account.remote_id, "media_publish"),
                  {{"creation_id", notes.list(kItems).back()}});
  call.effect = Effect::publish;
  return call;
}

Published published(const Notes& notes) {
  if (notes.has("media_id")) return {notes.text("media_id"), notes.text("permalink"), {}};
  return {{}, {}, "Instagram says that it is live; its link is not known."};
}

Step next(const Input& input, const Progress& progress) {
  Notes notes(progress);
  if (const auto delay = notes.number("rest"); delay > 0) {
    const bool processing = stage_of(input, notes) == Stage::poll;
    notes.erase("rest");
    return rest(
        Duration(delay), notes,
        processing ? std::optional(Meter{"Instagram is processing it", 0, 0}) : std::nullopt);
  }
  const std::string& account = input.account.remote_id;
  switch (stage_of(input, notes)) {
    case Stage::quota:
      return graph::get(input, as(notes), "read the daily limit",
                        edge(account, "content_publishing_limit"),
                        {{"fields", "quota_usage,config"}});
    case Stage::create: {
      if (input.media.empty()) {
        return Error{ErrorKind::invalid, "Add a photo or a video.", "no media", {}, "no_media"};
      }
      const std::size_t made = notes.list(kItems).size();
      return graph::post(input, as(notes), "create container", edge(account, "media"),
                         container_fields(input, notes, made));
    }
    case Stage::poll: {
      const auto& id = notes.list(kItems)[static_cast<std::size_t>(notes.number(kReady))];
      return graph::get(input, as(notes), "read the container", segment(id),
                        {{"fields", "status_code,status"}});
    }
    case Stage::publish:
      return publish_call(input, notes);
    case Stage::permalink:
      return graph::get(input, as(notes), "read the link", segment(notes.text("media_id")),
                        {{"fields", "id,permalink"}});
    case Stage::done:
      break;
  }
  return finished(published(notes));
}

bool is_young(const Input& input, const Notes& notes) {
  return notes.has(kMadeAt) && input.now - from_ms(notes.number(kMadeAt)) < kYoung;
}

// Page tokens are what the guide asks for; the references name the user's. When the first is not
// let in, the second is tried once.
std::optional<Absorbed> as_the_user(const Input& input, const graph::Fault& fault, Notes notes) {
  if (!graph::product_of(input).own_tokens) return std::nullopt;
  const bool not_let_in =
      (fault.code == 200 && fault.subcode == 0) || (fault.code == 100 && fault.subcode == 33);
  if (!not_let_in || notes.has("as_user")) return std::nullopt;
  return accepted(notes.set("as_user", "yes").erase("missing"));
}

// Worth another container, so many times.
Absorbed rebuild(Notes notes, std::size_t keep, Error error) {
  notes.keep_first(kItems, keep);
  notes.set(kReady, std::min<std::int64_t>(notes.number(kReady), static_cast<std::int64_t>(keep)));
  notes.erase("polls").erase("publish_since").erase(kDoubted);
  if (error.kind == ErrorKind::unavailable &&
      notes.count("rebuilt").number("rebuilt") > kRebuildsMax) {
    error.kind = ErrorKind::invalid;
    error.message += " Herald gave up after " + std::to_string(kRebuildsMax + 1) + " tries.";
    notes.erase("rebuilt");
  }
  return refused(notes, std::move(error));
}

Absorbed absorb_quota(const Input& input, const Notes& notes, const Answer& answer) {
  if (auto fault = fault_in(input, answer)) {
    if (auto other = as_the_user(input, *fault, notes)) return *other;
    const bool stops = fault->error.kind == ErrorKind::unauthorized ||
                       fault->error.kind == ErrorKind::rate_limited;
    if (stops) return refused_quietly(notes, std::move(*fault));
    // The limit is not worth failing for: publishing itself will tell.
    return accepted(Notes(notes).set("quota", "unread"));
  }
  const JsonAnswer json(answer.body);
  const auto used = json.number("/data/0/quota_usage").value_or(0);
  const auto total = json.number("/data/0/config/quota_total").value_or(kQuotaAssumed);
  if (used < total) return accepted(Notes(notes).set("quota", "room"));
  return refused(notes, {ErrorKind::rate_limited,
                         "Instagram's daily posting limit of " + std::to_string(total) +
                             " is reached. The post goes out when there is room again.",
                         "quota_usage " + std::to_string(used), 1h, "daily_limit"});
}

Absorbed absorb_create(const Input& input, Notes notes, const Answer& answer) {
  if (auto fault = fault_in(input, answer)) {
    if (auto other = as_the_user(input, *fault, notes)) return *other;
    if (fault->error.code == "media_unreachable") {
      return rebuild(notes, notes.list(kItems).size(), std::move(fault->error));
    }
    return refused_quietly(notes, std::move(*fault));
  }
  std::string id = JsonAnswer(answer.body).text("/id");
  if (id.empty()) return in_doubt(notes, nonsense(answer, "Instagram"));
  notes.add(kItems, std::move(id)).set(kMadeAt, to_ms(input.now)).erase("polls").erase("missing");
  if (stage_of(input, notes) == Stage::poll) notes.set("rest", kPolls[0].count());
  return accepted(notes);
}

Absorbed poll_again(const Input& input, Notes notes) {
  if (input.now - from_ms(notes.number(kMadeAt)) > kContainerLife) {
    return rebuild(notes, 0,
                   {ErrorKind::unavailable,
                    "Instagram did not finish processing the media within a day.",
                    "container still in progress",
                    {},
                    "container_expired"});
  }
  const auto polls = notes.count("polls").number("polls");
  const auto dense = static_cast<std::int64_t>(std::size(kPolls));
  const Duration delay = polls < dense         ? kPolls[polls]
                         : polls < kPollsDense ? kPollLater
                                               : kPollRare;
  return accepted(notes.set("rest", delay.count()));
}

// The seven digits that a failed container's status may hold.
int subcode_in(std::string_view status) {
  int digits = 0;
  int value = 0;
  for (const char c : status) {
    const bool digit = c >= '0' && c <= '9';
    value = digit ? (digits < 7 ? value * 10 + (c - '0') : value) : 0;
    digits = digit ? digits + 1 : 0;
    if (digits == 7) return value;
  }
  return 0;
}

Absorbed container_failed(const Notes& notes, const JsonAnswer& json) {
  const auto keep = static_cast<std::size_t>(notes.number(kReady));
  const int subcode = subcode_in(json.text("/status"));
  if (auto fault = graph::fault_of_subcode(subcode)) {
    return rebuild(notes, keep, std::move(fault->error));
  }
  return rebuild(notes, keep,
                 {ErrorKind::unavailable,
                  "Instagram could not process the media.",
                  "container error " + std::to_string(subcode),
                  {},
                  "container_failed"});
}

Absorbed absorb_poll(const Input& input, Notes notes, const Answer& answer) {
  if (auto fault = fault_in(input, answer)) {
    const bool missing = fault->code == 100 && fault->subcode == 33;
    if (missing && is_young(input, notes) &&
        notes.count("missing").number("missing") < kMissingMax) {
      return accepted(notes.set("rest", kPolls[0].count()));
    }
    if (auto other = as_the_user(input, *fault, notes)) return *other;
    if (missing) fault->error.kind = ErrorKind::unavailable;
    // While it may be published yet, no other takes its place.
    if (missing && !notes.has(kDoubted)) return rebuild(notes, 0, std::move(fault->error));
    return refused_quietly(notes, std::move(*fault));
  }
  const JsonAnswer json(answer.body);
  const std::string status = json.text("/status_code");
  if (status == "FINISHED") return accepted(notes.count(kReady).erase("polls").erase("missing"));
  if (status == "IN_PROGRESS") return poll_again(input, notes);
  if (status == "PUBLISHED") return accepted(notes.set("live", "yes"));
  if (status == "ERROR") return container_failed(notes, json);
  if (status == "EXPIRED") {
    return rebuild(notes, 0,
                   {ErrorKind::unavailable,
                    "Instagram's preparation had expired; it starts anew.",
                    "container expired",
                    {},
                    "container_expired"});
  }
  return in_doubt(notes, nonsense(answer, "Instagram"));
}

// The container is finished and yet not to be had for some seconds: the same one again, for two
// minutes. Never a second container for it.
Absorbed publish_later(const Input& input, Notes notes, Error error) {
  const auto now = to_ms(input.now);
  if (!notes.has("publish_since")) notes.set("publish_since", now);
  if (now - notes.number("publish_since") < kPublishAgainFor.count()) {
    return not_yet(notes.set("rest", kPublishAgain.count()));
  }
  return refused(notes.erase("publish_since"), std::move(error));
}

Absorbed absorb_publish(const Input& input, Notes notes, const Answer& answer) {
  auto fault = fault_in(input, answer);
  if (!fault) {
    std::string id = JsonAnswer(answer.body).text("/id");
    // A success that cannot be read is a write that happened: looked up.
    if (id.empty()) return in_doubt(notes, nonsense(answer, "Instagram"));
    return accepted(notes.set("media_id", std::move(id)));
  }
  const bool replicating = fault->code == 24 && fault->subcode == 2207006 && is_young(input, notes);
  if (replicating || fault->visible == Verdict::not_yet) {
    return publish_later(input, notes, std::move(fault->error));
  }
  if (fault->visible == Verdict::refused) return refused(notes, std::move(fault->error));
  return in_doubt(notes, std::move(fault->error));
}

// The post is live: a link that cannot be read takes nothing from that.
Absorbed absorb_permalink(Notes notes, const Answer& answer) {
  const JsonAnswer json(answer.body);
  const std::string link = json.text("/permalink");
  if (is_success(answer) && link.starts_with("https://")) notes.set("permalink", link);
  const bool done = notes.has("permalink") || notes.count("link_tries").number("link_tries") > 1;
  return accepted(done ? notes.set("read", "yes") : notes.set("rest", kPublishAgain.count()));
}

Absorbed absorb(const Input& input, const Progress& progress, const Answer& answer) {
  const Notes notes(progress);
  switch (stage_of(input, notes)) {
    case Stage::quota:
      return absorb_quota(input, notes, answer);
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
  return in_doubt(notes, nonsense(answer, "Instagram"));
}

}  // namespace

FlowSteps publish() { return {next, absorb}; }

Answer imagine(const Input& input, const Progress& progress, const Call&) {
  const Notes notes(progress);
  const auto made = std::to_string(notes.list(kItems).size() + 1);
  Answer answer{.status = 200};
  switch (stage_of(input, notes)) {
    case Stage::quota:
      answer.body = R"({"data":[{"quota_usage":0}]})";
      break;
    case Stage::create:
      answer.body = R"({"id":"container-)" + made + "\"}";
      break;
    case Stage::poll:
      answer.body = R"({"status_code":"FINISHED"})";
      break;
    case Stage::publish:
    case Stage::permalink:
    case Stage::done:
      answer.body = R"({"id":"media","permalink":"https://www.instagram.com/p/media/"})";
      break;
  }
  return answer;
}

std::optional<graph::Fault> fault_in(const Input& input, const Answer& answer) {
  const bool at_instagram = input.account.product == graph::kInstagramLogin.id;
  return graph::fault_in(answer,
                         at_instagram ? graph::instagram_login_rules() : graph::instagram_rules());
}

std::string edge(const std::string& id, const char* name) { return segment(id) + "/" + name; }

Absorbed refused_quietly(const Notes& notes, graph::Fault fault) {
  if (fault.error.kind == ErrorKind::unknown_outcome) {
    fault.error.kind = ErrorKind::forbidden;
    fault.error.code = "action_blocked";
  }
  return refused(notes, std::move(fault.error));
}

}  // namespace herald::instagram_flows
