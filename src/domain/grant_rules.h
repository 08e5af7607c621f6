// What leasing, refreshing, renewing and revoking do to a grant; said once for all stores.
#pragma once

#include <optional>

#include "domain/account.h"

namespace herald {

bool is_held(const Grant& grant, Time now);
// refresh_due_at has come, nobody holds it, and it is live.
bool is_due(const Grant& grant, Time now);

// Ends the lease and forgets a refresh that was begun.
void settle(Grant& grant);

// What is stored when a consent is given (again). `stored` is the row of the same id, if any;
// `left_version` the newest version of the grants that its accounts leave, 0 for none. The version
// rises above both, so that a delivery parked under an older one sees that something changed.
Grant renewed(const std::optional<Grant>& stored, const Grant& given, std::int64_t left_version);

// What is stored when the answer of a refresh is kept. What a grant is (user, platform, ...) and
// its newest lease number never change by that.
Grant refreshed(const Grant& stored, const Grant& given);

// Disconnected: tokens gone, version risen.
Grant emptied(const Grant& stored, Time now);

}  // namespace herald
