#include "store/mongo/delivery_rows.h"

#include "domain/delivery_rules.h"
#include "ports/store_refusals.h"
#include "store/mongo/errors.h"
#include "store/mongo/guard.h"
#include "store/mongo/post_fields.h"

namespace herald::mongo {
namespace {

std::optional<Time> claim_at_of(const Bson& document) {
  std::optional<Time> claim_at;
  FieldReader(document).read("claim_at", claim_at);
  return claim_at;
}

Bson beside(const Delivery& delivery, const std::optional<Time>& claim_at) {
  return document("holds", holds_back(delivery), "claim_at", claim_at);
}

// What everybody who takes or moves a row, or renews its lease, changes one of. A step that is
// stored changes none: beside it, only a transaction may write over what it has read.
Bson as_read(const Delivery& delivery) {
  return document("lease", delivery.lease, "state", delivery.state, "lease_until",
                  delivery.lease_until);
}

// The first row of an account that holds back later ones; `except` is left out.
Result<std::optional<StoredDelivery>> head_of(Act& act, const Delivery& except) {
  HERALD_TRY(const auto found, Rows<Delivery>(act, except.customer)
                                   .raw()
                                   .find_one(document("account_id", except.account, "holds", true,
                                                      "id", document("$ne", except.id)),
                                             {.sort = document("publish_at", 1, "id", 1),
                                              .fields = document("id", 1, "publish_at", 1, "state",
                                                                 1, "due_at", 1, "claim_at", 1)}));
  if (!found) return std::nullopt;
  HERALD_TRY(Delivery row, row_of<Delivery>(*found));
  row.customer = except.customer;
  return StoredDelivery{std::move(row), claim_at_of(*found)};
}

// Lets the head go out, or makes it wait.
Result<Done> settle_head(Act& act, const StoredDelivery& head, bool first) {
  if (head.row.state != DeliveryState::scheduled) return Done{};
  const std::optional<Time> claim_at = claim_time(head.row, first);
  if (claim_at == head.claim_at) return Done{};
  HERALD_CHECK(Rows<Delivery>(act, head.row.customer)
                   .raw()
                   .update_one(document("id", head.row.id),
                               document("$set", document("claim_at", claim_at))));
  return Done{};
}

// Writes the row by `write(claim_at)`, and sets the account's head right. Of two acts that both
// look for the head one is tried again.
template <class Write>
Result<Done> place(Act& act, const Delivery& delivery, Write write) {
  HERALD_CHECK(guard(act, delivery.customer, "account", delivery.account.value));
  HERALD_TRY(const auto head, head_of(act, delivery));
  const bool first = holds_back(delivery) && (!head || goes_before(delivery, head->row));
  HERALD_CHECK(write(claim_time(delivery, first)));
  if (head) return settle_head(act, *head, !first);
  return Done{};
}

bool keeps_order(const Delivery& before, const Delivery& after) {
  return holds_back(before) == holds_back(after) && after.state != DeliveryState::scheduled;
}

Result<bool> write_over(Act& act, const Delivery& before, const Delivery& after,
                        const std::optional<Time>& claim_at) {
  return Rows<Delivery>(act, before.customer)
      .update(after, as_read(before), beside(after, claim_at));
}

}  // namespace

Bson claimable_by(Time now) { return document("$gte", Time{}, "$lte", now); }

Result<std::optional<StoredDelivery>> find_delivery(Act& act, const CustomerId& customer,
                                                    const DeliveryId& id) {
  HERALD_TRY(const auto found, Rows<Delivery>(act, customer).raw().find_one(document("id", id)));
  if (!found) return std::nullopt;
  HERALD_TRY(Delivery row, row_of<Delivery>(*found));
  return StoredDelivery{std::move(row), claim_at_of(*found)};
}

Result<std::vector<Delivery>> deliveries_of_post(Act& act, const CustomerId& customer,
                                                 const PostId& post) {
  return Rows<Delivery>(act, customer)
      .find(document("post_id", post), {.sort = document("target", 1, "id", 1)});
}

bool stands_alone(const Delivery& before, const Delivery& after) {
  return before.state == after.state && keeps_order(before, after);
}

Result<bool> store_alone(Act& act, const Delivery& before, const Delivery& after) {
  return write_over(act, before, after, claim_time(after, false));
}

Result<bool> store_running(Act& act, const Delivery& row, std::int64_t lease) {
  Bson change;
  Fields<Delivery>::moving(row, [&](std::string_view name, const auto& member) {
    if (name != "lease" && name != "lease_until") put(change, name, member);
  });
  HERALD_TRY(const auto matched, Rows<Delivery>(act, row.customer)
                                     .raw()
                                     .update_one(document("id", row.id, "lease", lease, "state",
                                                          DeliveryState::running),
                                                 document("$set", change)));
  return matched > 0;
}

Result<bool> store_lease(Act& act, const CustomerId& customer, const DeliveryId& id,
                         std::int64_t lease, Time until) {
  // What is leased was due, so that the end of its lease is when it can be claimed.
  HERALD_TRY(
      const auto matched,
      Rows<Delivery>(act, customer)
          .raw()
          .update_one(document("id", id, "lease", lease, "lease_until", document("$gt", Time{})),
                      document("$set", document("lease_until", until, "claim_at", until))));
  return matched > 0;
}

Result<Done> insert_delivery(Act& act, const Delivery& delivery) {
  return place(act, delivery, [&](const std::optional<Time>& claim_at) {
    return Rows<Delivery>(act, delivery.customer).insert(delivery, beside(delivery, claim_at));
  });
}

Result<Done> store_delivery(Act& act, const Delivery& before, const Delivery& after) {
  const auto write = [&](const std::optional<Time>& claim_at) -> Result<Done> {
    HERALD_TRY(const bool written, write_over(act, before, after, claim_at));
    if (!written) return lease_lost();
    return Done{};
  };
  return keeps_order(before, after) ? write(claim_time(after, false)) : place(act, after, write);
}

Result<Done> delete_delivery(Act& act, const Delivery& delivery) {
  const Rows<Delivery> deliveries(act, delivery.customer);
  HERALD_CHECK(guard(act, delivery.customer, "account", delivery.account.value));
  HERALD_CHECK(deliveries.raw().remove_one(document("id", delivery.id)));
  HERALD_CHECK(Rows<FollowUp>(act, delivery.customer)
                   .raw()
                   .remove_many(document("delivery_id", delivery.id)));
  HERALD_TRY(const auto head, head_of(act, delivery));
  if (head) return settle_head(act, *head, true);
  return Done{};
}

Result<Done> refold(Act& act, const CustomerId& customer, const PostId& post) {
  HERALD_TRY(const auto rows,
             Rows<Delivery>(act, customer)
                 .find(document("post_id", post), {.fields = document("state", 1)}));
  // moves makes it a change in any case: of two deliveries that are over at once neither act sees
  // the other's, and one has to be tried again.
  HERALD_CHECK(
      Rows<Post>(act, customer)
          .raw()
          .update_one(document("id", post), document("$set", document("status", fold(rows)), "$inc",
                                                     document("moves", 1))));
  return Done{};
}

Result<Done> move_delivery(Act& act, const Delivery& before, const Delivery& after) {
  HERALD_CHECK(store_delivery(act, before, after));
  if (before.state == after.state) return Done{};
  return refold(act, after.customer, after.post);
}

Result<Done> add_attempt(Act& act, const std::optional<Attempt>& attempt, const Delivery& of) {
  if (!attempt) return Done{};
  if (attempt->customer != of.customer || attempt->delivery != of.id || attempt->post != of.post) {
    return rows_do_not_match("attempt of another delivery");
  }
  const auto added = Rows<Attempt>(act, attempt->customer).insert(*attempt);
  if (!added && is_duplicate(added.error())) return exists_already("attempt");
  return added;
}

}  // namespace herald::mongo
