// Writing of deliveries. Besides the row itself, two things are derived from its state and kept
// beside it in the same act: claim_at, which says when the row can be claimed (of an account's
// scheduled rows only the first has it), and the status of its post.
#pragma once

#include <optional>
#include <vector>

#include "domain/delivery.h"
#include "store/sqlite/connection.h"

namespace herald {

std::vector<Delivery> deliveries_of_post(SqliteConnection& db, const CustomerId& customer,
                                         const PostId& post);
std::vector<Delivery> deliveries_of_account(SqliteConnection& db, const CustomerId& customer,
                                            const AccountId& account);

void insert_delivery(SqliteConnection& db, const Delivery& delivery);
// Over the row of the same id. Call refold() for its post afterwards.
void store_delivery(SqliteConnection& db, const Delivery& delivery);
void delete_delivery(SqliteConnection& db, const Delivery& delivery);

// Folds the states of the post's deliveries into its status.
void refold(SqliteConnection& db, const CustomerId& customer, const PostId& post);

// The line of history, if there is one, must be of this delivery and new.
Result<Done> add_attempt(SqliteConnection& db, const std::optional<Attempt>& attempt,
                         const Delivery& of);

}  // namespace herald
