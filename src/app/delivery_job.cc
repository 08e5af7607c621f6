#include "app/delivery_job.h"

#include <utility>

namespace herald {

SealContext Runner::DeliveryJob::context() const {
  return {row_.customer, "progress", row_.platform.value, row_.id.value, "publish"};
}

double Runner::DeliveryJob::chance() const {
  return static_cast<double>(ports_.random.below(1'000'000)) / 1e6;
}

Result<Progress> Runner::DeliveryJob::progress() const {
  if (row_.sealed_progress.empty()) return Progress();
  HERALD_TRY(const Secret plain, ports_.sealer.open(context(), row_.sealed_progress));
  return Progress(plain.reveal());
}

Result<Delivery> Runner::DeliveryJob::with(const Course& course,
                                           const std::optional<Meter>& meter) const {
  Delivery next = row_;
  next.sealed_progress.clear();
  if (!course.progress.empty()) {
    HERALD_TRY(next.sealed_progress, ports_.sealer.seal(context(), course.progress));
  }
  if (course.visible_calls > row_.visible_calls) next.attempt = 0;  // It got somewhere.
  const bool is_new_call =
      course.fence && (!row_.fence || row_.fence->begun_at != course.fence->begun_at);
  if (is_new_call) next.looks = 0;  // Those for an earlier call prove nothing of this one.
  next.fence = course.fence;
  if (next.fence) next.fence->attempt = next.attempt;
  next.visible_calls = course.visible_calls;
  next.steps_idle = course.steps_idle;
  if (meter) {
    if (meter->done_bytes > row_.meter.done_bytes) next.taken = 1;  // So did this.
    next.meter = *meter;
  }
  next.updated_at = ports_.clock.now();
  return next;
}

Result<Done> Runner::DeliveryJob::save(Delivery next, const std::optional<Attempt>& attempt,
                                       bool drifted) {
  std::vector<FollowUp> work;
  if (next.state == DeliveryState::published && follow_ups) {
    for (auto& kind : follow_ups()) {
      FollowUp one;
      one.delivery = next.id;
      one.customer = next.customer;
      one.kind = std::move(kind);
      one.due_at = one.updated_at = next.updated_at;
      work.push_back(std::move(one));
    }
  }
  HERALD_CHECK(ports_.store.save_delivery(next, lease_, attempt, work));
  const bool moved = next.state != row_.state;
  row_ = std::move(next);
  Event event{row_.customer, row_.user,       "delivery.updated",
              row_.id.value, row_.post.value, moved ? name_of(row_.state) : ""};
  if (drifted && moved) {
    event.refused_by = row_.platform.value;
    event.refused_as = row_.code;
  }
  ports_.events.publish(std::move(event));
  return Done{};
}

Result<Done> Runner::DeliveryJob::store_step(const Course& course,
                                             const std::optional<Meter>& meter, Time lease_until,
                                             const std::optional<Attempt>& attempt) {
  HERALD_TRY(Delivery next, with(course, meter));
  next.lease_until = lease_until;
  return save(std::move(next), attempt);
}

Result<Done> Runner::DeliveryJob::store_rest(const Course& course,
                                             const std::optional<Meter>& meter, Duration delay,
                                             const std::optional<Attempt>& attempt) {
  HERALD_TRY(Delivery next, with(course, meter));
  next.state = DeliveryState::waiting;
  next.code.clear();
  next.message.clear();
  next.due_at = next.updated_at + delay;
  next.lease_until = Time{};
  return save(std::move(next), attempt);
}

Result<Done> Runner::DeliveryJob::store_end(const Course& course, const Settle& end,
                                            std::int64_t grant_version,
                                            const std::optional<Attempt>& attempt) {
  const Time now = ports_.clock.now();
  if (row_.state == DeliveryState::unknown) {
    // A look that could not even begin; what is in doubt stays in doubt.
    return store_look(std::unexpected(std::get<Error>(end.end)), Duration{}, attempt);
  }
  HERALD_TRY(Delivery next, with(course, std::nullopt));
  next = settled(std::move(next), end, grant_version, now, chance());
  // Our own rules say no without an answer: of what the platform says just now, or too late.
  const auto* error = std::get_if<Error>(&end.end);
  const bool answered = attempt && attempt->status_code != 0;
  const bool drifted = answered && error != nullptr && error->kind == ErrorKind::invalid &&
                       next.state == DeliveryState::failed;
  return save(std::move(next), attempt, drifted);
}

Result<Done> Runner::DeliveryJob::store_missed() {
  Delivery next = row_;
  next.state = DeliveryState::missed;
  next.code = "too_late";
  next.message = "Its time passed before it could be published, so it was left out.";
  next.lease_until = Time{};
  next.updated_at = ports_.clock.now();
  return save(std::move(next), std::nullopt);
}

Result<Done> Runner::DeliveryJob::store_deadly() {
  ports_.log.write(LogLevel::error, "delivery " + id_.value + " of " + row_.platform.value +
                                        " was left: its workers died over it again and again");
  Delivery next = row_;
  const bool visible = next.fence || next.visible_calls > 0;
  next.state = visible ? DeliveryState::review : DeliveryState::failed;
  next.code = "worker_died";
  next.message =
      visible ? "Herald stopped again and again while it worked on this, and cannot say whether it "
                "was published. Look on the platform, then say here whether it is live."
              : "Herald stopped again and again while it worked on this; nothing was published. "
                "Our operator was told. You can retry it.";
  next.lease_until = Time{};
  next.updated_at = ports_.clock.now();
  return save(std::move(next), std::nullopt);
}

Result<Done> Runner::DeliveryJob::store_not_begun(const Error& why) {
  if (why.kind == ErrorKind::internal) {
    ports_.log.write(LogLevel::error, "delivery " + id_.value + " of " + row_.platform.value +
                                          " could not begin: " + why.message + " " + why.detail);
  }
  if (row_.state == DeliveryState::unknown) {
    return store_look(std::unexpected(why), Duration{}, std::nullopt);
  }
  return save(not_begun(row_, why, ports_.clock.now(), chance()), std::nullopt);
}

Result<Done> Runner::DeliveryJob::store_look(const Result<Found>& found, Duration listing_lag,
                                             const std::optional<Attempt>& attempt) {
  std::string sealed;  // Used where the look says how to go on; nothing: from the beginning.
  if (found && !found->progress.empty()) {
    HERALD_TRY(sealed, ports_.sealer.seal(context(), found->progress));
  }
  return save(looked(row_, found, sealed, listing_lag, ports_.clock.now(), chance()), attempt);
}

Result<Time> Runner::DeliveryJob::renew_lease(Time until) {
  HERALD_CHECK(ports_.store.renew_lease(scope_.customer(), id_, lease_, until));
  return until;
}

Attempt Runner::DeliveryJob::history_line() const {
  Attempt line;
  line.customer = row_.customer;
  line.user = row_.user;
  line.delivery = row_.id;
  line.post = row_.post;
  line.account = row_.account;
  line.platform = row_.platform;
  line.number = row_.attempt + 1;
  return line;
}

}  // namespace herald
