// What becomes of a delivery when its conversation has come to an end, as plain rules: no store, no
// platform, no clock.
#pragma once

#include <string>
#include <vector>

#include "app/engine.h"
#include "domain/delivery.h"
#include "ports/platform.h"

namespace herald {

// An attempt is spent by every failure and doubt, and by looks that could not tell. A delivery
// whose platform cannot be reached is tried until it is too late for it; one that was proved absent
// after so many attempts has failed; after so many blind looks at one doubt a person is asked.
inline constexpr int kAttemptsMax = 8;
inline constexpr int kLooksBlindMax = 16;

// Exponential from 15 s to an hour; `chance` in [0, 1) spreads it over the upper half.
Duration backoff(int attempt, double chance);

// A running delivery after its publish conversation ended. An unauthorized end parks it under
// `grant_version`. What the audience may see in part is not given up for a fault on the way: it is
// tried again until the platform says how it ends.
Delivery settled(Delivery delivery, const Settle& settle, std::int64_t grant_version, Time now,
                 double chance);

// A running delivery that could not be taken up: its account, medium or post cannot be had. The
// conversation stays where it stands.
Delivery not_begun(Delivery delivery, const Error& error, Time now, double chance);

// An unknown delivery after a look (Flow::find) ended. `found` is a Found, or why the look failed.
// Absence takes two complete looks, also where the platform honours the call once only: somebody
// may cancel what has been proved absent, so nothing of it may be on its way. The second look comes
// when that is sure, and otherwise also after the listing lag and two minutes more.
Delivery looked(Delivery delivery, const Result<Found>& found, const std::string& progress_sealed,
                Duration listing_lag, Time now, double chance);

}  // namespace herald
