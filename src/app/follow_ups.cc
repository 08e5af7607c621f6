#include "app/follow_ups.h"

#include <utility>

#include "app/inputs.h"
#include "app/settling.h"
#include "domain/scope.h"

namespace herald {
namespace {

using namespace std::chrono_literals;

constexpr Duration kLookAgain = 3min;

}  // namespace

class FollowUps::FollowUpJob final : public Job {
 public:
  FollowUpJob(Ports ports, FollowUp row, Delivery delivery)
      : ports_(ports), row_(std::move(row)), delivery_(std::move(delivery)) {}

  Result<Done> store_step(const Course& course, const std::optional<Meter>&, Time lease_until,
                          const std::optional<Attempt>& attempt) override {
    HERALD_TRY(FollowUp next, with(course));
    next.lease_until = lease_until;
    return save(std::move(next), attempt);
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
    next.lease_until = Time{};
    const auto* error = std::get_if<Error>(&end.end);
    next.message = error ? error->message : std::string();
    if (end.in_doubt) {
      // Its flow looks before it writes when begun_at is set, once nothing can be on its way.
      next.state = ++next.attempt < kAttemptsMax ? FollowUpState::unknown : FollowUpState::failed;
      next.due_at = next.updated_at + kLookAgain;
    } else if (error == nullptr) {
      next.state = FollowUpState::done;
    } else if (may_repeat(*error) && ++next.attempt < kAttemptsMax) {
      next.state = FollowUpState::due;
      next.due_at = next.updated_at + (error->retry_after ? Duration(*error->retry_after)
                                                          : backoff(next.attempt, 0.5));
    } else {
      next.state = FollowUpState::failed;
    }
    return save(std::move(next), attempt);
  }

  Result<Done> renew_lease(Time until) override {
    FollowUp next = row_;
    next.lease_until = until;
    return save(std::move(next), std::nullopt);
  }

  Attempt history_line() const override {
    Attempt line;
    line.customer = delivery_.customer;
    line.user = delivery_.user;
    line.delivery = delivery_.id;
    line.post = delivery_.post;
    line.account = delivery_.account;
    line.platform = delivery_.platform;
    return line;
  }

  Result<Progress> progress() const {
    if (row_.sealed_progress.empty()) return Progress();
    HERALD_TRY(const Secret plain, ports_.sealer.open(context(), row_.sealed_progress));
    return Progress(plain.reveal());
  }

  const FollowUp& row() const { return row_; }
  const Delivery& delivery() const { return delivery_; }

 private:
  static bool may_repeat(const Error& error) {
    return error.kind == ErrorKind::unavailable || error.kind == ErrorKind::rate_limited ||
           error.kind == ErrorKind::unauthorized;
  }

  SealContext context() const {
    return {row_.customer, "progress", delivery_.platform.value, row_.delivery.value, row_.kind};
  }

  Result<FollowUp> with(const Course& course) const {
    FollowUp next = row_;
    next.sealed_progress.clear();
    if (!course.progress.empty()) {
      HERALD_TRY(next.sealed_progress, ports_.sealer.seal(context(), course.progress));
    }
    next.fence = course.fence;
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
  FollowUp row_;
  Delivery delivery_;
};

Result<int> FollowUps::run_once(Duration lease, int max) {
  HERALD_TRY(auto claimed, ports_.store.claim_follow_ups(ports_.clock.now(), lease, max));
  for (auto& row : claimed) {
    const auto scope = ScopeAuthority::of(row.customer);
    HERALD_TRY(Delivery delivery, ports_.store.find_delivery(scope, row.delivery));
    auto job = std::make_shared<FollowUpJob>(ports_, std::move(row), std::move(delivery));
    auto start = gather(job);
    if (start) {
      conduct_.run(std::move(*start));
    } else {
      (void)job->store_end({}, Settle{std::move(start).error()}, 0, std::nullopt);
    }
  }
  return static_cast<int>(claimed.size());
}

Result<Conduct::Start> FollowUps::gather(const std::shared_ptr<FollowUpJob>& job) {
  const Delivery& delivery = job->delivery();
  const auto scope = ScopeAuthority::of(delivery.customer);
  HERALD_TRY(const Post post, ports_.store.find_post(scope, delivery.post));
  HERALD_TRY(Account account, ports_.store.find_account(scope, delivery.account));
  HERALD_TRY(const Grant grant, ports_.store.find_grant(scope, account.grant));
  const Registration* registration = registrations_.find(delivery.platform, grant.registration);
  if (registration == nullptr || !registration->configured()) {
    return fail(ErrorKind::internal, "This platform is not set up on this server any more.");
  }
  HERALD_TRY(Input input, input_for(ports_.store, scope, *registration, account, grant.scopes, post,
                                    post.targets.at(static_cast<std::size_t>(delivery.target)),
                                    ports_.clock.now()));
  input.follow_up = job->row().kind;
  input.remote_id = delivery.remote_id;
  HERALD_TRY(Progress progress, job->progress());
  // A stale fence is lowered here, and only here: the flow is told when the call in doubt began and
  // looks for its effect before it writes.
  if (job->row().fence) input.begun_at = job->row().fence->begun_at;
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
