// What claiming, cancelling, saving and so on do to one delivery or follow-up. Stores differ only
// in how they find and keep rows; what happens to a row is said here, once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/delivery.h"

namespace herald {

// A scheduled delivery waits for an earlier one of its account that stands so: still to go out. One
// that the platform has taken over and is busy with (processing) holds nobody back.
bool holds_back(const Delivery& delivery);
// Deliveries of one account go out in this order.
bool goes_before(const Delivery& a, const Delivery& b);

// No visible call has been accepted, and none is on its way: nobody has seen it, nor will.
bool may_cancel(const Delivery& delivery);
// Not final, and somebody may see it yet: neither cancelled nor left alone.
bool blocks_cancel(const Delivery& delivery);
// Nothing visible has begun: its post may still change.
bool may_edit(const Delivery& delivery);
// `fresh` would show again, less than `window` apart, what `stored` of another post has shown or is
// to show at the same place: both made and both going out within it.
bool repeats(const Delivery& fresh, const Delivery& stored, Duration window);

// When claim_due has something to do for this row; nullopt: nothing as things stand.
// `first`: no earlier delivery of the account holds it back.
std::optional<Time> claim_time(const Delivery& delivery, bool first);
// Due, or in doubt and to be looked for.
bool is_claimable(FollowUpState state);
std::optional<Time> claim_time(const FollowUp& follow_up);

// Each of these ends a lease that is not given back by its holder, so the number rises: whoever
// held it finds it lost.
void cancel(Delivery& delivery, Time now);
void rescue(Delivery& delivery, Time now);
void rescue(FollowUp& follow_up, Time now);  // Counts as an attempt.

// Gives the row to a worker. A scheduled one takes the post's revision, unless it has one already.
void lease_out(Delivery& delivery, int revision, Time now, Duration lease);
void lease_out(FollowUp& follow_up, Time now, Duration lease);

// From parked, after a reconnect: scheduled and due, or missed, unless a part of it is out already.
void resume(Delivery& delivery, Time now);

// What is stored when the holder of the lease writes `given` over `stored`. What a delivery is
// (post, account, target, publish_at, ...) never changes. The lease number stays; the lease goes on
// while the row is running, or unknown and given with a lease_until, and else ends.
Delivery written_over(const Delivery& stored, const Delivery& given);
FollowUp written_over(const FollowUp& stored, const FollowUp& given);

// A row that could be claimed, in the order (at, id, kind) within its customer.
struct Candidate {
  CustomerId customer;
  Time at{};
  DeliveryId id;
  std::string kind;  // A follow-up's; else empty.
};

// At most `max` of them: round by round one of each customer, by customer id, beginning after the
// customer `turn`, which becomes the one served last.
std::vector<Candidate> take_turns(std::vector<Candidate> candidates, int max, CustomerId& turn);

}  // namespace herald
