// What becomes of a delivery when its conversation has come to an end, as plain rules: no store, no
// platform, no clock.
#pragma once

#include <string>
#include <vector>

#include "app/engine.h"
#include "domain/delivery.h"
#include "ports/platform.h"

namespace herald {

inline constexpr int kAttemptsMax = 8;
// An attempt is spent by every failure, doubt and look that could not tell. Past this many looks of
// the last kind a person is asked.
inline constexpr int kLooksBlindMax = 16;

// Exponential from 15 s to an hour; `chance` in [0, 1) spreads it over the upper half.
Duration backoff(int attempt, double chance);

// A running delivery after its publish conversation ended. An unauthorized end parks it under
// `grant_version`.
Delivery settled(Delivery delivery, const Settle& settle, std::int64_t grant_version, Time now,
                 double chance);

// An unknown delivery after a look (Flow::find) ended. `found` is a Found, or why the look failed.
// Absence counts when the platform honours the call once only, or when a second complete look comes
// after the listing lag and two minutes past the last moment at which the call could be on its way.
Delivery looked(Delivery delivery, const Result<Found>& found, const std::string& progress_sealed,
                Duration listing_lag, Time now, double chance);

}  // namespace herald
