#include "app/follow_ups.h"

#include <algorithm>
#include <utility>

#include "app/inputs.h"
#include "app/settling.h"
#include "domain/scope.h"

namespace herald {
namespace {

using namespace std::chrono_literals;

constexpr Duration kLookAgain = 3min;
// For a reconnect: this often, and this long after the post went out.
constexpr Duration kReconnectedYet = 15min;
constexpr Duration kReconnectMax = 7 * 24h;
// A few short calls: the lease outlasts them and is not renewed.
constexpr Duration kLease = 5min;

}  // namespace

class FollowUps::FollowUpJob final : public Job {
 public:
  FollowUpJob(Ports ports, FollowUp row, Delivery delivery)
      : ports_(ports),
        lease_until_(row.lease_until),
        doubt_(row.fence),
        row_(std::move(row)),
        delivery_(std::move(delivery)) {}

  Result<Done> store_step(const Course& course, const std::optional<Meter>&, Time lease_until,
                          const std::optional<Attempt>& attempt) override {
    HERALD_TRY(FollowUp next, with(course));
    next.lease_until = lease_until;
    HERALD_CHECK(save(std::move(next), attempt));
    // It has been looked for and is done again: from here on this fence is the doubt.
    if (course.fence) doubt_.reset();
    return Done{};
  }

  Result<Done> store_rest(const Course& course, const std::optional<Meter>&, Duration delay,
                          const std::optional<Attempt>& attempt) override {
    HERALD_TRY(FollowUp next, with(course));
    next.state = FollowUpState::due;
    next.due_at = next.updated_at + delay;
    next.lease_until = Time{};
    return save(std::move(next), attempt);
  }

  Result<Done> store_end(const Course& course, const Settle& end, std::int64_t,
                         const std::optional<Attempt>& attempt) override {
    HERALD_TRY(FollowUp next, with(course));
    return save(ended(std::move(next), std::get_if<Error>(&end.end)), attempt);
  }

  // It could not be taken up at all; the conversation stays where it stands.
  Result<Done> store_not_begun(const Error& why) {
    FollowUp next = row_;
    next.updated_at = ports_.clock.now();
    return save(ended(std::move(next), &why), std::nullopt);
  }

  // Whoever made the call has died, perhaps just now: see ended() for how long a look waits.
  bool looks_too_early() const { return row_.fence && ports_.clock.now() < look_at(*row_.fence); }
  Result<Done> store_later_look() {
    FollowUp next = row_;
    next.state = FollowUpState::unknown;
    next.due_at = look_at(*row_.fence);
    next.lease_until = Time{};
    return save(std::move(next), std::nullopt);
  }

  Result<Time> renew_lease(Time) override { return lease_until_; }

  Attempt history_line() const override {
    Attempt line;
    line.customer = delivery_.customer;
    line.user = delivery_.user;
    line.delivery = delivery_.id;
    line.post = delivery_.post;
    line.account = delivery_.account;
    line.platform = delivery_.platform;
    line.number = row_.attempt + 1;
    return line;
  }

  // Empty while a call's end was not seen: see with().
  Result<Progress> progress() const {
    if (row_.sealed_progress.empty()) return Progress();
    HERALD_TRY(const Secret plain, ports_.sealer.open(context(), row_.sealed_progress));
    return Progress(plain.reveal());
  }

  const FollowUp& row() const { return row_; }
  const Delivery& delivery() const { return delivery_; }
  Duration listing_lag{};

 private:
  Time look_at(const Fence& fence) const {
    return fence.begun_at + std::max<Duration>(kLookAgain, listing_lag + 1min);
  }

  static bool may_repeat(const Error& error) {
    return error.kind == ErrorKind::unavailable || error.kind == ErrorKind::rate_limited ||
           error.kind == ErrorKind::unauthorized;
  }

  FollowUp ended(FollowUp next, const Error* error) const {
    next.lease_until = Time{};
    next.message = error ? error->message : std::string();
    if (error == nullptr) {
      next.state = FollowUpState::done;
      next.fence.reset();
      return next;
    }
    if (error->kind == ErrorKind::unauthorized && !next.fence &&
        next.updated_at < delivery_.published_at.value_or(Time{}) + kReconnectMax) {
      next.state = FollowUpState::due;
      next.due_at = next.updated_at + kReconnectedYet;
      return next;
    }
    const bool once_more = ++next.attempt < kAttemptsMax;
    if (next.fence) {
      // In doubt, now or still: looked for before it is done again, once nothing of the call can be
      // on its way and a listing shows it.
      next.state = once_more ? FollowUpState::unknown : FollowUpState::failed;
      next.due_at = next.updated_at + std::max<Duration>(kLookAgain, listing_lag + 1min);
      if (!once_more) {
        next.message = "Herald could not find out whether this was done. Look on the platform.";
      }
    } else if (once_more && may_repeat(*error)) {
      next.state = FollowUpState::due;
      next.due_at = next.updated_at + (error->retry_after ? Duration(*error->retry_after)
                                                          : backoff(next.attempt, 0.5));
    } else {
      next.state = FollowUpState::failed;
    }
    return next;
  }

  SealContext context() const {
    return {row_.customer, "progress", delivery_.platform.value, row_.delivery.value, row_.kind};
  }

  Result<FollowUp> with(const Course& course) const {
    FollowUp next = row_;
    next.sealed_progress.clear();
    // A call that is up leaves a doubt behind, which is looked into from the beginning. What that
    // look finds stands through rests, until the next call is begun.
    if (!course.progress.empty() && !course.fence) {
      HERALD_TRY(next.sealed_progress, ports_.sealer.seal(context(), course.progress));
    }
    next.fence = course.fence ? course.fence : doubt_;
    next.visible_calls = course.visible_calls;
    next.updated_at = ports_.clock.now();
    return next;
  }

  Result<Done> save(FollowUp next, const std::optional<Attempt>& attempt) {
    HERALD_CHECK(ports_.store.save_follow_up(next, row_.lease, attempt));
    row_ = std::move(next);
    ports_.events.publish({delivery_.customer, delivery_.user, "delivery.updated",
                           delivery_.id.value, delivery_.post.value});
    return Done{};
  }

  Ports ports_;
  const Time lease_until_;
  std::optional<Fence> doubt_;  // Of an earlier conversation; stands until this one has looked.
  FollowUp row_;
  Delivery delivery_;
};

Result<int> FollowUps::run_once(int max, const std::function<std::shared_ptr<void>()>& seat) {
  HERALD_TRY(auto claimed, ports_.store.claim_follow_ups(ports_.clock.now(), kLease, max));
  int started = 0;
  for (auto& row : claimed) {
    auto delivery = ports_.store.find_delivery(ScopeAuthority::of(row.customer), row.delivery);
    if (!delivery) continue;  // The lease runs out, and it is taken up again.
    auto job = std::make_shared<FollowUpJob>(ports_, std::move(row), std::move(*delivery));
    if (job->row().attempt >= kAttemptsMax) {  // Workers died over it, one after another.
      (void)job->store_not_begun(
          {ErrorKind::internal, "Herald stopped again and again over this."});
      continue;
    }
    auto start = gather(job);
    if (!start) {
      (void)job->store_not_begun(start.error());
      continue;
    }
    if (job->looks_too_early()) {
      (void)job->store_later_look();
      continue;
    }
    ++started;
    start->ended = [held = seat()] {};
    conduct_.run(std::move(*start));
  }
  return started;
}

Result<Conduct::Start> FollowUps::gather(const std::shared_ptr<FollowUpJob>& job) {
  const Delivery& delivery = job->delivery();
  const auto scope = ScopeAuthority::of(delivery.customer);
  HERALD_TRY(const Post post, ports_.store.find_post(scope, delivery.post));
  HERALD_TRY(Account account, ports_.store.find_account(scope, delivery.account));
  HERALD_TRY(const Grant grant, grant_of(ports_.store, scope, account));
  const Registration* registration = registrations_.find(delivery.platform, grant.registration);
  if (registration == nullptr || !registration->configured()) {
    return fail(ErrorKind::internal, "This platform is not set up on this server any more.");
  }
  const auto index = static_cast<std::size_t>(delivery.target);
  if (index >= post.targets.size()) {
    return fail(ErrorKind::internal, "The post lost this target.");
  }
  HERALD_TRY(Input input, input_for(ports_.store, scope, *registration, account, grant.scopes, post,
                                    post.targets[index], ports_.clock.now()));
  input.follow_up = job->row().kind;
  input.remote_id = delivery.remote_id;
  HERALD_TRY(Progress progress, job->progress());
  // A doubt: the flow is told when the call began and looks for its effect before it writes. Its
  // fence stays in the row until then.
  if (job->row().fence) input.begun_at = job->row().fence->begun_at;
  job->listing_lag = registration->platform->spec->listing_lag;
  Conduct::Start start;
  start.job = job;
  start.registration = registration;
  start.account = std::move(account);
  start.flow = Flow::follow_up;
  start.input = std::move(input);
  start.course = {std::move(progress), std::nullopt, job->row().visible_calls, 0};
  start.lease_until = job->row().lease_until;
  return start;
}

}  // namespace herald
