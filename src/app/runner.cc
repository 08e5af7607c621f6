#include "app/runner.h"

#include <utility>

#include "app/delivery_job.h"
#include "app/enquiry.h"
#include "app/inputs.h"
#include "app/lookups.h"
#include "app/rules.h"

namespace herald {
namespace {

constexpr int kTakenMax = 3;  // F-18

// Nothing of it has been sent yet.
bool is_new(const Course& course) {
  return course.progress.empty() && course.visible_calls == 0 && !course.fence;
}

Attempt line_of(const Job& job, Random& random, std::string step, Time begun, Time ended) {
  Attempt line = job.history_line();
  line.id = random.id("att");
  line.step = std::move(step);
  line.started_at = begun;
  line.ended_at = ended;
  return line;
}

std::string traced(std::string step, const DialogueEnd& end) {
  for (const auto& line : end.trace) step += "; " + line;
  return step;
}

}  // namespace

void Runner::take(Delivery delivery, std::function<void()> ended) {
  auto job = std::make_shared<DeliveryJob>(ports_, std::move(delivery));
  const Delivery& row = job->row();
  const bool in_doubt = row.state == DeliveryState::unknown;
  if (!in_doubt && row.visible_calls == 0 && ports_.clock.now() > row.missed_after) {
    (void)job->store_missed();  // Not stored: the lease runs out and the next worker sees the same.
    return ended();
  }
  if (row.taken > kTakenMax) {  // So many workers died with it.
    (void)job->store_deadly();
    return ended();
  }
  auto start = gather(job);
  if (!start) {
    (void)job->store_not_begun(start.error());
    return ended();
  }
  start->ended = std::move(ended);
  if (!in_doubt && is_new(start->course)) return begin(std::move(*start), job);
  if (!in_doubt) return conduct_.run(std::move(*start));
  conduct_.open(std::move(*start),
                [this, job](Conduct::TalkPtr talk) { look(std::move(talk), job); });
}

// All that the conversation needs, read afresh.
Result<Conduct::Start> Runner::gather(const std::shared_ptr<DeliveryJob>& job) {
  const Delivery& row = job->row();
  HERALD_TRY(const Post post, ports_.store.find_post(job->scope(), row.post));
  HERALD_TRY(Account account, ports_.store.find_account(job->scope(), row.account));
  HERALD_TRY(const Grant grant, grant_of(ports_.store, job->scope(), account));
  const Registration* registration = registrations_.find(row.platform, grant.registration);
  if (registration == nullptr || !registration->configured()) {
    return fail(ErrorKind::internal, "This platform is not set up on this server any more.");
  }
  const auto index = static_cast<std::size_t>(row.target);
  if (index >= post.targets.size()) {
    return fail(ErrorKind::internal, "The post lost this target.");
  }
  HERALD_TRY(Input input, input_for(ports_.store, job->scope(), *registration, account,
                                    grant.scopes, post, post.targets[index], ports_.clock.now()));
  HERALD_TRY(input.looked_up, fresh_facts(ports_.store, job->scope(), *registration->platform,
                                          account.id, input.target_key, input.now));
  input.publish_key = row.id.value + "/" + std::to_string(post.revision);
  if (row.fence) {
    input.begun_at = row.fence->begun_at;
    input.platform_time = row.fence->platform_time;
  }
  HERALD_TRY(Progress progress, job->progress());
  job->freeze(post.revision);
  job->follow_ups = [platform = registration->platform, input] {
    return platform->follow_ups ? platform->follow_ups(input) : std::vector<std::string>();
  };
  Conduct::Start start;
  start.job = job;
  start.registration = registration;
  start.account = std::move(account);
  start.input = std::move(input);
  start.course = {std::move(progress), row.fence, row.visible_calls, row.steps_idle};
  start.lease_until = row.lease_until;
  return start;
}

// Before its first call: what was sound when it was made may not be any more.
void Runner::begin(Conduct::Start start, const std::shared_ptr<DeliveryJob>& job) {
  const Platform& platform = *start.registration->platform;
  if (platform.flow(Flow::lookup) && platform.spec->lookup.before_publish) {
    return conduct_.open(std::move(start),
                         [this, job](Conduct::TalkPtr talk) { look_up(std::move(talk), job); });
  }
  auto refusal = refusal_by(violations_of(platform, start.input));
  if (!refusal) return conduct_.run(std::move(start));
  const Time now = ports_.clock.now();
  Attempt line = line_of(*job, ports_.random, "check", now, now);
  line.outcome = "refused";
  line.message = refusal->message;
  // Not stored: the lease runs out, and it is judged again.
  (void)job->store_end(start.course, Settle{std::move(*refusal)}, 0, line);
  start.ended();
}

void Runner::look_up(Conduct::TalkPtr talk, const std::shared_ptr<DeliveryJob>& job) {
  const Platform& platform = *talk->start.registration->platform;
  Input input = talk->start.input;
  const Time begun = input.now = ports_.clock.now();
  dialogues_.run(platform, Flow::lookup, std::move(input), job->row().customer, talk->grant.secrets,
                 [this, talk, job, begun](DialogueEnd end) {
                   if (!talk->abandoned) take_facts(talk, job, begun, std::move(end));
                 });
}

// Judges by them and goes on; without them it ends as without an answer to any call that prepares.
void Runner::take_facts(Conduct::TalkPtr talk, const std::shared_ptr<DeliveryJob>& job, Time begun,
                        DialogueEnd end) {
  const Platform& platform = *talk->start.registration->platform;
  Input& input = talk->start.input;
  input.now = ports_.clock.now();
  Attempt line = line_of(*job, ports_.random, traced("lookup", end), begun, input.now);
  auto facts = facts_in(std::move(end.outcome));
  if (!facts) {
    const Error& error = facts.error();
    const bool stale = error.kind == ErrorKind::unauthorized && !spares_the_grant(error);
    if (stale && conduct_.may_renew(*talk)) {
      return conduct_.reopen(std::move(talk),
                             [this, job](Conduct::TalkPtr t) { look_up(std::move(t), job); });
    }
    line.outcome = "failed";
    line.message = error.message;
    return conduct_.settle(std::move(talk), Settle{error}, line);
  }
  input.looked_up = std::move(*facts);
  const KeptFacts kept{
      job->row().customer, job->row().account, facts_key(*platform.spec, input.target_key),
      input.looked_up,     input.now,          {}};
  (void)ports_.store.keep_facts(job->scope(), kept);  // Not kept: the composer asks by itself.
  if (auto refusal = refusal_by(violations_of(platform, input))) {
    line.outcome = "refused";
    line.message = refusal->message;
    return conduct_.settle(std::move(talk), Settle{std::move(*refusal)}, line);
  }
  line.outcome = "accepted";
  conduct_.go_on(std::move(talk), line);
}

void Runner::look(Conduct::TalkPtr talk, const std::shared_ptr<DeliveryJob>& job) {
  const Platform& platform = *talk->start.registration->platform;
  Input input = talk->start.input;
  input.now = ports_.clock.now();
  input.publish_progress = talk->start.course.progress;
  const Time begun = input.now;
  dialogues_.run(
      platform, Flow::find, std::move(input), job->row().customer, talk->grant.secrets,
      [this, talk, job, begun](DialogueEnd end) {
        if (talk->abandoned) return;
        Result<Found> found = fail(ErrorKind::internal, "The look did not end.");
        if (!end.outcome) {
          found = std::unexpected(end.outcome.error());
        } else if (auto* what = std::get_if<Found>(&*end.outcome)) {
          found = std::move(*what);
        }
        if (!found && found.error().kind == ErrorKind::unauthorized && conduct_.may_renew(*talk)) {
          return conduct_.reopen(talk,
                                 [this, job](Conduct::TalkPtr t) { look(std::move(t), job); });
        }
        static constexpr const char* kWhat[] = {"live", "accepted", "absent", "cannot tell"};
        Attempt attempt =
            line_of(*job, ports_.random, traced("look", end), begun, ports_.clock.now());
        attempt.outcome = found ? kWhat[static_cast<std::size_t>(found->what)] : "failed";
        if (!found) attempt.message = found.error().message;
        // Not stored: the lease runs out, and it is looked up again.
        (void)job->store_look(found, talk->start.registration->platform->spec->listing_lag,
                              attempt);
      });
}

}  // namespace herald
