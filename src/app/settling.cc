#include "app/settling.h"

#include <algorithm>
#include <utility>

namespace herald {
namespace {

using namespace std::chrono_literals;

constexpr Duration kFirstLook = 5s;
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

Delivery again(Delivery delivery, const Error& error, Duration delay, Time now) {
  delivery.due_at = now + delay;
  return leave(std::move(delivery), DeliveryState::scheduled, code_of(error), error.message, now);
}

Delivery ended_by(Delivery delivery, const Error& error, std::int64_t grant_version, Time now,
                  double chance) {
  switch (error.kind) {
    case ErrorKind::unauthorized:
      delivery.parked_version = grant_version;
      return leave(std::move(delivery), DeliveryState::parked, code_of(error), error.message, now);
    case ErrorKind::rate_limited:
      return again(std::move(delivery), error,
                   error.retry_after ? Duration(*error.retry_after) : kRateLimitDefault, now);
    case ErrorKind::unavailable:
    case ErrorKind::unknown_outcome: {
      if (++delivery.attempt >= kAttemptsMax) {
        return leave(std::move(delivery), DeliveryState::failed, code_of(error),
                     error.message + " It was tried " + std::to_string(kAttemptsMax) +
                         " times; nothing was published. You can retry it.",
                     now);
      }
      const Duration asked = error.retry_after ? Duration(*error.retry_after) : Duration{};
      const Duration delay = std::max(asked, backoff(delivery.attempt, chance));
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

Delivery proved_absent(Delivery delivery, const std::string& progress_sealed, Time now) {
  delivery.fence.reset();
  delivery.looks = 0;
  delivery.sealed_progress = progress_sealed;
  delivery.due_at = now;
  if (delivery.attempt >= kAttemptsMax) {
    return leave(std::move(delivery), DeliveryState::failed, "gave_up",
                 "The platform did not take it, though it was tried " +
                     std::to_string(kAttemptsMax) + " times. It is not there. You can retry it.",
                 now);
  }
  return leave(std::move(delivery), DeliveryState::scheduled, "proved_absent",
               "Herald looked: it is not on the platform. It goes on.", now);
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

Delivery looked(Delivery delivery, const Result<Found>& found, const std::string& progress_sealed,
                Duration listing_lag, Time now, double chance) {
  const auto blind = [&](Delivery row) {
    if (++row.attempt >= kLooksBlindMax) {
      return leave(std::move(row), DeliveryState::review, "needs_a_person",
                   "Herald could not find out whether this was published. Look on the platform, "
                   "then say here whether it is live.",
                   now);
    }
    const Duration delay = backoff(row.attempt, chance);
    return look_later(std::move(row), delay, now);
  };
  if (!found) return blind(std::move(delivery));

  switch (found->what) {
    case Found::What::live:
      return published(std::move(delivery), found->published, now);
    case Found::What::accepted:
      delivery.fence.reset();
      ++delivery.visible_calls;
      delivery.sealed_progress = progress_sealed;
      delivery.due_at = now;
      return leave(std::move(delivery), DeliveryState::waiting, {}, {}, now);
    case Found::What::cannot_tell:
      return blind(std::move(delivery));
    case Found::What::absent:
      break;
  }
  if (found->once_only || !delivery.fence) {
    return proved_absent(std::move(delivery), progress_sealed, now);
  }
  const Time sure_at =
      std::max(delivery.fence->begun_at + listing_lag, delivery.fence->settled_by + kSettledMargin);
  if (delivery.looks >= 1 && now >= sure_at) {
    return proved_absent(std::move(delivery), progress_sealed, now);
  }
  ++delivery.looks;
  delivery.last_look_at = now;
  return look_later(std::move(delivery), std::max<Duration>(sure_at - now, kFirstLook), now);
}

}  // namespace herald
