#include "app/conduct.h"

#include <string>
#include <utility>

#include "ports/spec_address.h"

namespace herald {
namespace {

constexpr Duration kRenewAgain = std::chrono::minutes(1);

}  // namespace

void Conduct::run(Start start) {
  open(std::move(start), [this](TalkPtr talk) { turn(std::move(talk), std::nullopt); });
}

void Conduct::open(Start start, std::function<void(TalkPtr)> then) {
  auto talk = std::make_shared<Talk>(std::move(start));
  keep_lease(talk);
  vault_.open(talk->start.account, [this, talk, then = std::move(then)](Result<OpenedGrant> grant) {
    if (talk->abandoned) return;
    if (!grant) return settle(talk, Settle{std::move(grant).error()}, std::nullopt);
    talk->grant = std::move(*grant);
    then(talk);
  });
}

void Conduct::reopen(TalkPtr talk, std::function<void(TalkPtr)> then) {
  talk->renewed_at = clock_.now();
  talk->worked = false;
  vault_.reopen(talk->start.account, talk->grant.grant,
                [this, talk, then = std::move(then)](Result<OpenedGrant> grant) {
                  if (talk->abandoned) return;
                  if (!grant) return settle(talk, Settle{std::move(grant).error()}, std::nullopt);
                  talk->grant = std::move(*grant);
                  then(talk);
                });
}

void Conduct::go_on(TalkPtr talk, const std::optional<Attempt>& line) {
  Start& start = talk->start;
  const auto saved =
      start.job->store_step(start.course, std::nullopt, from_ms(talk->lease_until_ms), line);
  if (stored(talk, saved)) turn(std::move(talk), std::nullopt);
}

bool Conduct::may_renew(const Talk& talk) const {
  return !talk.renewed_at || (talk.worked && clock_.now() >= *talk.renewed_at + kRenewAgain);
}

void Conduct::keep_lease(std::weak_ptr<Talk> weak) {
  executor_.post_after(times_.lease / 3, [this, weak = std::move(weak)] {
    const auto talk = weak.lock();
    if (!talk || talk->abandoned) return;
    const auto renewed = talk->start.job->renew_lease(clock_.now() + times_.lease);
    if (renewed) {
      talk->lease_until_ms = to_ms(*renewed);
    } else if (renewed.error().kind != ErrorKind::unavailable) {
      talk->abandoned = true;
      return;
    }
    keep_lease(talk);
  });
}

void Conduct::turn(TalkPtr talk, std::optional<Exchange> heard) {
  if (talk->abandoned) return;
  Start& start = talk->start;
  start.input.now = clock_.now();
  Turn next = advance(start.registration->platform->flow(start.flow), start.input,
                      std::move(start.course), heard, times_.fence);
  if (const auto* send = std::get_if<Send>(&next.action); send != nullptr && next.course.fence) {
    next.course.fence->platform_time = transport_.last_date(send->call.url);
  }
  std::optional<Attempt> attempt;
  if (heard) {
    attempt = start.job->history_line();
    attempt->id = random_.id("att");
    attempt->step = talk->sent.step + ": " + shown(talk->sent);
    attempt->visible = heard->effect == Effect::publish;
    attempt->started_at = talk->sent_at;
    attempt->ended_at = start.input.now;
    attempt->outcome = next.heard;
    attempt->status_code = heard->answer.status;
    if (const auto* settle = std::get_if<Settle>(&next.action)) {
      if (const auto* error = std::get_if<Error>(&settle->end)) attempt->message = error->message;
    }
  }
  perform(std::move(talk), std::move(next), attempt);
}

void Conduct::perform(TalkPtr talk, Turn next, const std::optional<Attempt>& attempt) {
  Start& start = talk->start;
  start.course = std::move(next.course);
  if (const auto* end = std::get_if<Settle>(&next.action)) {
    return settle(std::move(talk), *end, attempt);
  }
  talk->worked = true;
  if (const auto* rest = std::get_if<Rest>(&next.action)) {
    stored(talk, start.job->store_rest(start.course, next.meter, rest->delay, attempt));
    return;
  }
  const auto saved =
      start.job->store_step(start.course, next.meter, from_ms(talk->lease_until_ms), attempt);
  if (!stored(talk, saved)) return;
  send(std::move(talk), std::move(std::get<Send>(next.action).call));
}

void Conduct::send(TalkPtr talk, Call call) {
  Start& start = talk->start;
  const Effect effect = call.effect;
  talk->sent = call;
  talk->sent.body = NoBody{};
  talk->sent_at = clock_.now();
  Dispatch dispatch;
  dispatch.call = std::move(call);
  dispatch.customer = start.account.customer;
  dispatch.secrets = talk->grant.secrets;
  dispatch.token_hosts = token_hosts_of(*start.registration->platform->spec, start.input.app);
  if (effect == Effect::publish) {
    start.input.begun_at = start.course.fence->begun_at;
    start.input.platform_time = start.course.fence->platform_time;
    dispatch.may_send = [this, talk, before = start.course.fence->send_before] {
      const Time now = clock_.now();
      return !talk->abandoned && now <= before && now < from_ms(talk->lease_until_ms);
    };
  }
  dispatch.on_progress = [this, talk](std::uint64_t, std::uint64_t) {
    return !talk->abandoned && clock_.now() < from_ms(talk->lease_until_ms);
  };
  transport_.send(std::move(dispatch), [this, talk, effect](Received received) {
    turn(talk, Exchange{effect, std::move(received.answer)});
  });
}

void Conduct::settle(TalkPtr talk, const Settle& end, const std::optional<Attempt>& attempt) {
  Start& start = talk->start;
  const auto* error = std::get_if<Error>(&end.end);
  if (error != nullptr && error->kind == ErrorKind::internal) {
    log_.write(LogLevel::error, "a post to " + start.account.platform.value + " ended: " +
                                    error->code + ": " + error->message + " " + error->detail);
  }
  const bool refused = error != nullptr && error->kind == ErrorKind::unauthorized &&
                       !end.in_doubt && !spares_the_grant(*error);
  if (refused && talk->grant.secrets && may_renew(*talk)) {
    const auto saved =
        start.job->store_step(start.course, std::nullopt, from_ms(talk->lease_until_ms), attempt);
    if (!stored(talk, saved)) return;
    return reopen(std::move(talk), [this](TalkPtr t) { turn(std::move(t), std::nullopt); });
  }
  if (refused && talk->grant.secrets) {
    // Fresh tokens were refused as well: only the person can help. Parked is only what waits for a
    // grant that says so.
    if (auto told = vault_.condemn(talk->grant.grant, *error); !told) {
      const Settle later{std::move(told).error()};
      stored(talk, start.job->store_end(start.course, later, 0, attempt));
      return;
    }
  }
  stored(talk, start.job->store_end(start.course, end, talk->grant.grant.version, attempt));
}

// Unsaved counts as not done: nothing is sent, and whoever has the row goes on with it.
bool Conduct::stored(const TalkPtr& talk, const Result<Done>& saved) {
  if (saved) return true;
  talk->abandoned = true;
  log_.write(LogLevel::warning,
             "a conversation was let go: " + saved.error().message + " " + saved.error().detail);
  return false;
}

}  // namespace herald
