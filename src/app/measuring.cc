#include "app/measuring.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "app/inputs.h"
#include "domain/measurement_rules.h"
#include "domain/scope.h"

namespace herald {
namespace {

using namespace std::chrono_literals;

// A few short calls, or a few dozen: the lease outlasts them and is not renewed.
constexpr Duration kLease = 5min;
constexpr Duration kTickEvery = 1s;

// One pass at a time, so that no more is under way than may be.
struct Pass {
  explicit Pass(std::atomic<bool>& taken) : taken(taken), ours(!taken.exchange(true)) {}
  Pass(const Pass&) = delete;
  Pass& operator=(const Pass&) = delete;
  ~Pass() {
    if (ours) taken = false;
  }
  std::atomic<bool>& taken;
  const bool ours;
};

Error gone() {
  return {ErrorKind::not_found,
          "The platform does not have this post any more, so its figures are not read.",
          {},
          {},
          {}};
}

Error not_wanted() {
  return {ErrorKind::forbidden,
          "You chose that the figures of this account are not read. To have them read, connect it "
          "again with its figures.",
          {},
          {},
          {}};
}

Error nothing_said() {
  return {ErrorKind::forbidden,
          "The platform gave no figures. Herald asks again tomorrow.",
          {},
          {},
          {}};
}

}  // namespace

// One of those in flight; given back when the last who knows of it forgets it.
class Measuring::Seat {
 public:
  explicit Seat(Measuring& of) : of_(of) { ++of_.in_flight_; }
  Seat(const Seat&) = delete;
  Seat& operator=(const Seat&) = delete;
  ~Seat() {
    --of_.in_flight_;
    of_.wake();
  }

 private:
  Measuring& of_;
};

struct Measuring::Try {
  Try(Measuring& of, Measurement claimed) : row(std::move(claimed)), seat(of) {}

  const Measurement row;
  const Seat seat;
  Account account{};
  const Registration* registration = nullptr;
  std::optional<Delivery> delivery{};

  const PlatformSpec& spec() const { return *registration->platform->spec; }
};

Result<int> Measuring::run_once() {
  const Time now = ports_.clock.now();
  HERALD_TRY(const auto next, ports_.store.next_measurement_due(now));
  last_pass_ms_ = to_ms(now);
  const int room = kInFlightMax - in_flight_;
  if (!next || *next > now || room <= 0) return 0;
  HERALD_TRY(auto claimed, ports_.store.claim_measurements(now, kLease, room));
  for (auto& row : claimed) begin(std::make_shared<Try>(*this, std::move(row)));
  return static_cast<int>(claimed.size());
}

void Measuring::begin(const std::shared_ptr<Try>& one) {
  const auto grant = gather(*one);
  if (!grant) return end(one, std::unexpected(grant.error()));
  const auto may = may_call(*one, *grant);
  if (!may) return end(one, std::unexpected(may.error()));
  if (!*may) return put_off(*one);
  enquiries_.ask({one->registration, Flow::measure, one->account,
                  [this, one](const Grant& grant) { return input_of(*one, grant); },
                  [this, until = one->row.lease_until] { return ports_.clock.now() < until; }},
                 [this, one](const Result<LookedUp>& answer) { end(one, answer); });
}

// What the try is about, and whether there is any use in asking. That a grant is dead the vault
// says, without a call.
Result<Grant> Measuring::gather(Try& one) {
  const auto scope = ScopeAuthority::of(one.row.customer);
  HERALD_TRY(one.account, ports_.store.find_account(scope, one.row.account));
  HERALD_TRY(Grant grant, grant_of(ports_.store, scope, one.account));
  one.registration = registrations_.find(grant);
  if (one.registration == nullptr || !one.registration->configured()) {
    return fail(ErrorKind::forbidden, "This platform is not set up on this server any more.");
  }
  if (!one.registration->platform->flow(Flow::measure)) {
    return fail(ErrorKind::forbidden, "This platform gives no figures.");
  }
  if (!one.account.figures) return std::unexpected(not_wanted());
  if (!one.row.of_account()) {
    HERALD_TRY(one.delivery, ports_.store.find_delivery(scope, one.row.delivery));
  }
  return grant;
}

// Whether what is left of the day's calls is enough; what it takes is taken. A dead grant makes
// none.
Result<bool> Measuring::may_call(const Try& one, const Grant& grant) {
  const Limit* limit = find_limit(one.spec().limits, kReadingsDaily);
  if (limit == nullptr || grant.state != GrantState::live) return true;
  const auto calls = one.registration->platform->reading_calls;
  const Input input = input_of(one, grant);
  return ports_.store.reserve_calls(ScopeAuthority::of(one.row.customer), one.row.account,
                                    std::chrono::floor<std::chrono::days>(input.now),
                                    calls == nullptr ? 1 : calls(input),
                                    static_cast<int>(limit->value));
}

void Measuring::put_off(const Try& one) {
  keep(one, moved_to_tomorrow(one.row, ports_.clock.now()), {}, {});
}

Input Measuring::input_of(const Try& one, const Grant& grant) const {
  Input input = input_for(*one.registration, one.account, grant.scopes, ports_.clock.now());
  if (one.delivery) {
    input.kind = one.delivery->kind;
    input.target_key = one.delivery->target_key;
    input.remote_id = one.delivery->remote_id;
  }
  return input;
}

void Measuring::end(const std::shared_ptr<Try>& one, const Result<LookedUp>& answer) {
  const Time now = ports_.clock.now();
  // Gone, or taken by somebody else: nothing of it is ours to write.
  if (one->registration == nullptr && !answer && answer.error().kind == ErrorKind::not_found) {
    return;
  }
  const ReadingPaces paces =
      one->registration == nullptr ? PlatformSpec{}.readings : one->spec().readings;
  std::vector<Reading> readings;
  std::optional<Error> fault;
  if (answer) {
    const auto of = one->delivery ? MetricSpec::Of::post : MetricSpec::Of::account;
    readings = readings_of(one->spec().metrics, of, one->account.kind, answer->facts, now);
    if (readings.empty()) fault = nothing_said();
  } else {
    fault = answer.error();
    if (one->delivery && fault->kind == ErrorKind::not_found) fault = gone();
  }
  Measurement row =
      fault ? after_failure(one->row, *fault, paces, now) : after_reading(one->row, paces, now);
  std::optional<Time> account_until;
  if (fault && concerns_account(*fault)) account_until = row.due_at;
  const bool kept = keep(*one, row, readings, account_until);
  if (told_) told_(one->account.platform, kept && !fault);
}

bool Measuring::keep(const Try& one, const Measurement& row, const std::vector<Reading>& readings,
                     const std::optional<Time>& account_until) {
  const auto saved = ports_.store.save_measurement(row, one.row.lease, readings, account_until);
  if (!saved && saved.error().kind == ErrorKind::unavailable) {
    // It is taken up again when the lease has run out.
    ports_.log.write(LogLevel::warning, "figures could not be stored: " + saved.error().message +
                                            " " + saved.error().detail);
  }
  return saved.has_value();
}

void Measuring::start() {
  stopped_ = false;
  ports_.executor.post([this] { tick(); });
}

void Measuring::stop() { stopped_ = true; }

// The next one is set before anything else: whatever befalls this one, it is not the last.
void Measuring::tick() {
  if (stopped_) return;
  ports_.executor.post_after(kTickEvery, [this] { tick(); });
  pass();
}

void Measuring::wake() {
  if (!stopped_) ports_.executor.post([this] { pass(); });
}

void Measuring::pass() {
  if (stopped_) return;
  const Pass pass(passing_);
  if (!pass.ours) return;
  if (auto started = run_once(); !started) {
    ports_.log.write(LogLevel::error, "due figures could not be claimed: " +
                                          started.error().message + " " + started.error().detail);
  }
}

}  // namespace herald
