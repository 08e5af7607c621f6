// POST /api/v1/statuses, with what a repeated Idempotency-Key gets.
#include <boost/json.hpp>

#include "sandbox/mastodon/draft.h"
#include "sandbox/mastodon/posts.h"
#include "sandbox/mastodon/status_json.h"
#include "sandbox/mastodon/throttle.h"

namespace herald::sandbox::mastodon {

namespace {

constexpr std::int64_t kKeyMs = 3600 * kSecondMs;

std::string key_of(const Request& request) {
  const auto key = request.call.header("Idempotency-Key");
  return key.empty() || request.x.choice("keys") == "lost" ? "" : request.me->id + "/" + key;
}

// No answer: the request is to be carried out.
using MaybeAnswer = std::optional<Answer>;

Checked<MaybeAnswer> repeat_of_scheduled(const Request& request, const Key& key) {
  const auto& choice = request.x.choice("scheduled_repeat");
  if (choice == "again") return MaybeAnswer();
  const auto found = request.state().scheduled.find(key.status);
  if (choice != "same" || found == request.state().scheduled.end())
    return Refused(request.words().no_record());
  return answer_with(scheduled_json(request, found->second));
}

Checked<MaybeAnswer> repeat_of(const Request& request, const std::string& name) {
  const auto& x = request.x;
  const auto release = release_of(x);
  const auto found = x.state.keys.find(name);
  if (found == x.state.keys.end() || x.now_ms() >= found->second.kept_until_ms)
    return MaybeAnswer();
  const auto& key = found->second;
  if (x.now_ms() < key.runs_until_ms) {
    // Nothing is remembered of a request that still runs, but newer releases hold a lock.
    if (release.locks_keys) return Refused(request.words().try_again());
    return MaybeAnswer();
  }
  if (key.scheduled) return repeat_of_scheduled(request, key);
  const auto& choice = x.choice("repeat");
  const bool breaks = choice == "profile" ? release.breaks_repeats : choice != "same";
  if (breaks) return Refused(request.words().broken());
  const auto* status = x.state.status(key.status);
  if (status == nullptr) return Refused(request.words().no_record());
  return answer_with(status_json(request, *status));
}

void remember(Context& x, const std::string& name, const std::string& id, bool scheduled) {
  std::int64_t runs_ms = 0;
  if (!x.state.status_runs.empty()) {
    runs_ms = x.state.status_runs.front();
    x.state.status_runs.erase(x.state.status_runs.begin());
  }
  if (name.empty()) return;
  x.state.keys[name] = {.status = id,
                        .scheduled = scheduled,
                        .runs_until_ms = x.now_ms() + runs_ms,
                        .kept_until_ms = x.now_ms() + runs_ms + kKeyMs};
}

Answer schedule(Request& request, Draft draft, const std::string& key) {
  auto& state = request.state();
  Scheduled scheduled{.id = state.next_id(), .due_ms = *draft.due_ms};
  scheduled.status = std::move(draft.status);
  for (const auto& id : scheduled.status.media) state.media.at(id).status = scheduled.id;
  remember(request.x, key, scheduled.id, true);
  auto answer = answer_with(scheduled_json(request, scheduled));
  answer.publishes = true;
  state.scheduled[scheduled.id] = std::move(scheduled);
  return answer;
}

// Answered like any other, and nobody will ever see it (MA-49).
Answer drop(Request& request, Status status) {
  status.created_ms = request.x.now_ms();
  return answer_with(status_json(request, status));
}

}  // namespace

Checked<Answer> create_status(Request& request) {
  auto& x = request.x;
  HERALD_TRY(const auto parameters, Parameters::read(x, request.call, kStatusParameters));
  Status wanted;
  HERALD_CHECK(find_others(request, parameters, wanted));
  const auto key = key_of(request);
  if (!key.empty()) {
    HERALD_TRY(auto repeated, repeat_of(request, key));
    if (repeated) return std::move(*repeated);
  }
  HERALD_CHECK(may_post(x, request.call, request.me->id));
  HERALD_TRY(auto draft, read_draft(request, parameters, std::move(wanted)));
  if (!draft.status.poll.options.empty()) draft.status.poll.id = x.state.next_id();
  if (draft.due_ms) return schedule(request, std::move(draft), key);
  draft.status.id = x.state.next_status_id();
  const auto& unwanted = x.choice("silent_drop");
  if (!unwanted.empty() && draft.status.text.contains(unwanted))
    return drop(request, std::move(draft.status));
  const auto& status = add_status(x, std::move(draft.status));
  record_status(x, status.account);
  remember(x, key, status.id, false);
  auto answer = answer_with(status_json(request, status));
  answer.publishes = true;
  return answer;
}

}  // namespace herald::sandbox::mastodon
