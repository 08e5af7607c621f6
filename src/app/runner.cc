#include "app/runner.h"

#include <utility>

#include "app/delivery_job.h"
#include "app/inputs.h"

namespace herald {
namespace {

constexpr int kTakenMax = 3;  // F-18

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
  if (!in_doubt) return conduct_.run(std::move(*start));
  conduct_.open(std::move(*start),
                [this, job](Conduct::TalkPtr talk) { look(std::move(talk), job); });
}

// All that the conversation needs, read afresh.
Result<Conduct::Start> Runner::gather(const std::shared_ptr<DeliveryJob>& job) {
  const Delivery& row = job->row();
  HERALD_TRY(const Post post, ports_.store.find_post(job->scope(), row.post));
  HERALD_TRY(Account account, ports_.store.find_account(job->scope(), row.account));
  HERALD_TRY(const Grant grant, ports_.store.find_grant(job->scope(), account.grant));
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
  if (row.fence) input.begun_at = row.fence->begun_at;
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
        Attempt attempt = job->history_line();
        attempt.id = ports_.random.id("att");
        attempt.step = "look";
        for (const auto& line : end.trace) attempt.step += "; " + line;
        attempt.started_at = begun;
        attempt.ended_at = ports_.clock.now();
        attempt.outcome = found ? kWhat[static_cast<std::size_t>(found->what)] : "failed";
        if (!found) attempt.message = found.error().message;
        // Not stored: the lease runs out, and it is looked up again.
        (void)job->store_look(found, talk->start.registration->platform->spec->listing_lag,
                              attempt);
      });
}

}  // namespace herald
