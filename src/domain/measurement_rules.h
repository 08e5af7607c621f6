// When figures are read, and what becomes of a measurement by what happens to it. Stores differ
// only in how they find and keep rows; what happens to a row is said here, once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/account.h"
#include "domain/capability.h"
#include "domain/delivery.h"
#include "domain/measurement.h"
#include "domain/result.h"

namespace herald {

// How long after publishing the first figures are read.
inline constexpr Duration kFirstFigures = std::chrono::hours(1);

// ---------------------------------------------------------------- How it begins

// Of a connected account; due at once.
Measurement measurement_of(const Account& account, Time now);
// Of a post that is out; nullopt where there is nothing to ask for. Due `first` after publishing.
std::optional<Measurement> measurement_of(const Delivery& delivery, Duration first);

// ---------------------------------------------------------------- What happens to it

// When somebody could take it; nullopt: it is over. While it is leased, when the lease ends.
std::optional<Time> claim_time(const Measurement& row);
void lease_out(Measurement& row, Time now, Duration lease);
// What is stored when the holder of the lease writes `given` over `stored`. It gives the lease up.
Measurement written_over(const Measurement& stored, const Measurement& given);
// The account was connected anew: what could not be read is due at once, and so is what would have
// been read meanwhile. Whoever holds the row has lost it.
void wake(Measurement& row, Time now);
// The platform wants to be left alone with this account until then.
void put_off(Measurement& row, Time until);

// How often a post is read, the youngest first; when the last is over, not any more.
using ReadingPaces = std::vector<ReadingPace>;
// The row after its figures were read at `now`. A post is read at its paces, an account daily.
Measurement after_reading(Measurement row, const ReadingPaces& paces, Time now);
// The row after a try that brought nothing.
Measurement after_failure(Measurement row, const Error& error, const ReadingPaces& paces, Time now);
// The row when the calls of this day are used up: read on the next, and those first that were not
// read for the longest.
Measurement moved_to_tomorrow(Measurement row, Time now);
// Whether, after this error, the whole account waits as long as the row.
bool concerns_account(const Error& error);

// ---------------------------------------------------------------- What it takes

// Calls that were made on that day, and one more lot of them; of an account's own row.
int calls_made(const Measurement& row, Day day);
void count_calls(Measurement& row, Day day, int calls);

// ---------------------------------------------------------------- What was read

// The figures among a platform's facts that its spec lists for this kind of account (any, where it
// lists none), in parts that may be kept equally long. What is no whole number is left out.
std::vector<Reading> readings_of(const std::vector<MetricSpec>& specs, MetricSpec::Of of,
                                 const std::string& account_kind,
                                 const std::map<std::string, std::string>& facts, Time now);

// The row of its day that a reading makes where there is none yet.
DayRow day_row(const Measurement& row, const Reading& reading);
// What is kept of a day after another reading: what that does not name stays as it was.
void merge_into(Metrics& kept, const Metrics& read);

}  // namespace herald
