// Deliveries with what is kept right beside them: when claim_due has something to do for each
// (claim_at), which row of the account goes next, and how the post stands.
#pragma once

#include <optional>
#include <vector>

#include "domain/delivery.h"
#include "store/mongo/database.h"
#include "store/mongo/rows.h"

namespace herald::mongo {

// A delivery and its claim_at, as stored.
struct StoredDelivery {
  Delivery row;
  std::optional<Time> claim_at;
};
Result<std::optional<StoredDelivery>> find_delivery(Act& act, const CustomerId& customer,
                                                    const DeliveryId& id);
// By target, then id.
Result<std::vector<Delivery>> deliveries_of_post(Act& act, const CustomerId& customer,
                                                 const PostId& post);

// Whether what becomes of a row moves nothing but the row: neither the order of the account nor the
// state of the post. Then one conditional write does it, and else a transaction.
bool stands_alone(const Delivery& before, const Delivery& after);
// Writes a row that stands alone if its lease and state are as in `before`; false: they are not.
Result<bool> store_alone(Act& act, const Delivery& before, const Delivery& after);
// Writes a row that runs and goes on running, whatever it was before, while the lease is `lease`;
// false: it is not. Until when it is leased stays, and with that when it can be claimed.
Result<bool> store_running(Act& act, const Delivery& row, std::int64_t lease);

// Writes until when a row is leased and nothing else, while it is leased as `lease`; false: it is
// not. Its holder may be storing a step at the same moment.
Result<bool> store_lease(Act& act, const CustomerId& customer, const DeliveryId& id,
                         std::int64_t lease, Time until);

// All within run_as_one(). They keep the account's order, but not the post's state: that is
// refold()'s, once for all its deliveries.
Result<Done> insert_delivery(Act& act, const Delivery& delivery);
Result<Done> store_delivery(Act& act, const Delivery& before, const Delivery& after);
Result<Done> delete_delivery(Act& act, const Delivery& delivery);
Result<Done> refold(Act& act, const CustomerId& customer, const PostId& post);
// store_delivery(), and refold() where the state moved.
Result<Done> move_delivery(Act& act, const Delivery& before, const Delivery& after);
Result<Done> add_attempt(Act& act, const std::optional<Attempt>& attempt, const Delivery& of);

// What is there to be claimed: {"$gte": 1970, "$lte": now}, which the index of claim_at serves.
Bson claimable_by(Time now);

}  // namespace herald::mongo
