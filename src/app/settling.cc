#include "app/settling.h"

#include <algorithm>
#include <utility>

namespace herald {
namespace {

using namespace std::chrono_literals;

constexpr Duration kFirstLook = 5s;
constexpr Duration kCallMax = 30s;  // Patience::brief: a call that was cut off is over by then.
constexpr Duration kSettledMargin = 2min;
constexpr Duration kRateLimitDefault = 15min;

Delivery leave(Delivery delivery, DeliveryState state, std::string code, std::string message,
               Time now) {
  delivery.state = state;
  delivery.code = std::move(code);
  delivery.message = std::move(message);
  delivery.lease_until = Time{};
  delivery.updated_at = now;
  return delivery;
}

Delivery published(Delivery delivery, const Published& what, Time now) {
  delivery = leave(std::move(delivery), DeliveryState::published, {}, what.note, now);
  delivery.fence.reset();
  delivery.meter = {};
  delivery.remote_id = what.remote_id;
  delivery.url = what.url;
  delivery.published_at = now;
  return delivery;
}

std::string code_of(const Error& error) {
  return error.code.empty() ? name_of(error.kind) : error.code;
}

// Where it goes on from; what is visible in part is not merely scheduled.
DeliveryState ready(const Delivery& delivery) {
  return delivery.visible_calls > 0 ? DeliveryState::waiting : DeliveryState::scheduled;
}

Duration rate_limit_of(const Error& error) {
  return error.retry_after ? Duration(*error.retry_after) : kRateLimitDefault;
}

Duration delay_of(const Error& error, int attempt, double chance) {
  const Duration asked = error.retry_after ? Duration(*error.retry_after) : Duration{};
  return std::max(asked, backoff(attempt, chance));
}

Delivery again(Delivery delivery, const Error& error, Duration delay, Time now) {
  delivery.due_at = now + delay;
  const DeliveryState state = ready(delivery);
  return leave(std::move(delivery), state, code_of(error), error.message, now);
}

Delivery ended_by(Delivery delivery, const Error& error, std::int64_t grant_version, Time now,
                  double chance) {
  switch (error.kind) {
    case ErrorKind::unauthorized:
      delivery.parked_version = grant_version;
      return leave(std::move(delivery), DeliveryState::parked, code_of(error), error.message, now);
    case ErrorKind::rate_limited:
      return again(std::move(delivery), error, rate_limit_of(error), now);
    case ErrorKind::unavailable:
    case ErrorKind::unknown_outcome: {
      ++delivery.attempt;
      const Duration delay = delay_of(error, delivery.attempt, chance);
      // An outage may be long: as long as it may still go out, it is tried.
      if (now + delay > delivery.missed_after && delivery.visible_calls == 0) {
        const std::string tried =
            error.message + " It was tried " + std::to_string(delivery.attempt) +
            " times until it was too late; nothing was published. You can retry it.";
        return leave(std::move(delivery), DeliveryState::failed, code_of(error), tried, now);
      }
      return again(std::move(delivery), error, delay, now);
    }
    default:
      return leave(std::move(delivery), DeliveryState::failed, code_of(error), error.message, now);
  }
}

Delivery look_later(Delivery delivery, Duration delay, Time now) {
  delivery.due_at = now + delay;
  delivery.lease_until = Time{};
  delivery.updated_at = now;
  return delivery;
}

// Looks that could not tell say nothing about the post: only tries count from here on.
int tries_of(const Delivery& delivery) {
  return delivery.fence ? delivery.fence->attempt + 1 : delivery.attempt;
}

Delivery proved_absent(Delivery delivery, const std::string& progress_sealed, Time now) {
  delivery.attempt = tries_of(delivery);
  delivery.fence.reset();
  delivery.looks = 0;
  delivery.sealed_progress = progress_sealed;
  delivery.due_at = now;
  if (delivery.attempt >= kAttemptsMax) {
    const std::string parts = std::to_string(delivery.visible_calls);
    const std::string live = delivery.visible_calls > 0 ? " Live so far: " + parts + "." : "";
    return leave(std::move(delivery), DeliveryState::failed, "gave_up",
                 "The platform did not take it, though it was tried " +
                     std::to_string(kAttemptsMax) + " times. It is not there." + live +
                     " You can retry it.",
                 now);
  }
  const DeliveryState state = ready(delivery);
  return leave(std::move(delivery), state, "proved_absent",
               "Herald looked: it is not on the platform. It goes on.", now);
}

// A look that could not tell.
Delivery blind(Delivery delivery, const Error& why, Time now, double chance) {
  // Too many calls is no failure of the look.
  if (why.kind == ErrorKind::rate_limited) {
    return look_later(std::move(delivery), rate_limit_of(why), now);
  }
  const int blind_looks = ++delivery.attempt - (delivery.fence ? delivery.fence->attempt : 0);
  if (blind_looks >= kLooksBlindMax) {
    return leave(std::move(delivery), DeliveryState::review, "needs_a_person",
                 "Herald could not find out whether this was published. Look on the platform, "
                 "then say here whether it is live.",
                 now);
  }
  return look_later(std::move(delivery), delay_of(why, blind_looks, chance), now);
}

// A complete look that found nothing.
Delivery absent(Delivery delivery, bool once_only, const std::string& progress_sealed,
                Duration listing_lag, Time now) {
  if (!delivery.fence) return proved_absent(std::move(delivery), progress_sealed, now);
  const bool first = delivery.looks == 0;
  if (first) delivery.last_look_at = now;
  // The first look comes when the answer was lost, or when the lease of whoever died had ended. The
  // wait counts from it as well, so that a jump of the clock does not shorten it.
  const Duration wait = once_only ? kCallMax : std::max(listing_lag, kCallMax + kSettledMargin);
  Time sure_at = std::max(delivery.fence->settled_by, delivery.last_look_at + wait);
  if (!once_only) sure_at = std::max(sure_at, delivery.fence->settled_by + kSettledMargin);
  if (!first && now >= sure_at) return proved_absent(std::move(delivery), progress_sealed, now);
  ++delivery.looks;
  return look_later(std::move(delivery), std::max<Duration>(sure_at - now, kFirstLook), now);
}

}  // namespace

Duration backoff(int attempt, double chance) {
  Duration longest = 15s;
  for (int i = 1; i < attempt && longest < 1h; ++i) longest *= 2;
  longest = std::min<Duration>(longest, 1h);
  return longest / 2 +
         Duration(static_cast<std::int64_t>(static_cast<double>((longest / 2).count()) * chance));
}

Delivery settled(Delivery delivery, const Settle& settle, std::int64_t grant_version, Time now,
                 double chance) {
  if (settle.in_doubt) {
    delivery.looks = 0;
    ++delivery.attempt;
    delivery.due_at = now + kFirstLook;
    const Error& error = std::get<Error>(settle.end);
    return leave(std::move(delivery), DeliveryState::unknown, code_of(error), error.message, now);
  }
  if (const auto* error = std::get_if<Error>(&settle.end)) {
    return ended_by(std::move(delivery), *error, grant_version, now, chance);
  }
  if (const auto* what = std::get_if<Published>(&std::get<Outcome>(settle.end))) {
    return published(std::move(delivery), *what, now);
  }
  return leave(std::move(delivery), DeliveryState::failed, "internal",
               "Something went wrong on our side. Our operator was told.", now);
}

Delivery not_begun(Delivery delivery, const Error& error, Time now, double chance) {
  const bool passes = error.kind == ErrorKind::unavailable ||
                      error.kind == ErrorKind::rate_limited ||
                      error.kind == ErrorKind::unauthorized;
  if (!passes && delivery.visible_calls > 0) {
    return leave(std::move(delivery), DeliveryState::review, "needs_a_person",
                 "The platform had taken it over, but Herald could not see how it ended: " +
                     error.message + " Look on the platform, then say here whether it is live.",
                 now);
  }
  return ended_by(std::move(delivery), error, 0, now, chance);
}

Delivery looked(Delivery delivery, const Result<Found>& found, const std::string& progress_sealed,
                Duration listing_lag, Time now, double chance) {
  if (!found) return blind(std::move(delivery), found.error(), now, chance);
  switch (found->what) {
    case Found::What::live:
      return published(std::move(delivery), found->published, now);
    case Found::What::accepted:
      delivery.attempt = tries_of(delivery);
      delivery.fence.reset();
      ++delivery.visible_calls;
      delivery.sealed_progress = progress_sealed;
      delivery.due_at = now;
      return leave(std::move(delivery), DeliveryState::waiting, {}, {}, now);
    case Found::What::cannot_tell:
      // For when a person says that it is not there.
      if (!progress_sealed.empty()) delivery.sealed_progress = progress_sealed;
      return blind(std::move(delivery), {}, now, chance);
    case Found::What::absent:
      break;
  }
  return absent(std::move(delivery), found->once_only, progress_sealed, listing_lag, now);
}

}  // namespace herald
