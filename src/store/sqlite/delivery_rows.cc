#include "store/sqlite/delivery_rows.h"

#include "domain/delivery_rules.h"
#include "ports/store_refusals.h"
#include "store/sqlite/post_tables.h"

namespace herald {
namespace {

// The first row of an account that holds back later ones; `except` is left out.
struct Head {
  Delivery delivery;  // id, publish_at, state and due_at only.
  std::optional<Time> claim_at;
};

std::optional<Head> head_of(SqliteConnection& db, const Delivery& except) {
  // This is holds_back(); the index has the rows of these states.
  Rows rows = db.query(
      "SELECT id, publish_at, state, due_at, claim_at FROM deliveries "
      "WHERE customer_id = ? AND account_id = ? AND id <> ? "
      "AND state IN ('scheduled', 'running', 'waiting', 'parked') "
      "AND NOT (state = 'waiting' AND visible_calls > 0 AND fence IS NULL) "
      "ORDER BY publish_at, id LIMIT 1",
      except.customer, except.account, except.id);
  if (!rows.next()) return std::nullopt;
  Head head;
  rows.read(head.delivery.id);
  rows.read(head.delivery.publish_at);
  rows.read(head.delivery.state);
  rows.read(head.delivery.due_at);
  rows.read(head.claim_at);
  return head;
}

// Lets the head go out, or makes it wait.
void settle_head(SqliteConnection& db, const CustomerId& customer, const Head& head, bool first) {
  if (head.delivery.state != DeliveryState::scheduled) return;
  const std::optional<Time> claim_at = claim_time(head.delivery, first);
  if (claim_at == head.claim_at) return;
  db.run("UPDATE deliveries SET claim_at = ? WHERE customer_id = ? AND id = ?", claim_at, customer,
         head.delivery.id);
}

// Writes the row by `write(claim_at)`, and sets the account's head right.
template <class Write>
void place(SqliteConnection& db, const Delivery& delivery, Write write) {
  const std::optional<Head> head = head_of(db, delivery);
  const bool first = holds_back(delivery) && (!head || goes_before(delivery, head->delivery));
  write(claim_time(delivery, first));
  if (head) settle_head(db, delivery.customer, *head, !first);
}

}  // namespace

std::vector<Delivery> deliveries_of_post(SqliteConnection& db, const CustomerId& customer,
                                         const PostId& post) {
  return select<Delivery>(db, "WHERE customer_id = ? AND post_id = ? ORDER BY target, id", customer,
                          post);
}

std::vector<Delivery> deliveries_of_account(SqliteConnection& db, const CustomerId& customer,
                                            const AccountId& account) {
  return select<Delivery>(db,
                          "WHERE customer_id = ?1 AND account_id = ?2 AND post_id IN (SELECT "
                          "post_id FROM post_accounts WHERE customer_id = ?1 AND account_id = ?2)",
                          customer, account);
}

void insert_delivery(SqliteConnection& db, const Delivery& delivery) {
  place(db, delivery, [&](const std::optional<Time>& claim_at) {
    insert(db, delivery, also("claim_at", claim_at));
  });
}

void store_delivery(SqliteConnection& db, const Delivery& delivery) {
  place(db, delivery, [&](const std::optional<Time>& claim_at) {
    update(db, delivery, also("claim_at", claim_at));
  });
}

void delete_delivery(SqliteConnection& db, const Delivery& delivery) {
  db.run("DELETE FROM deliveries WHERE customer_id = ? AND id = ?", delivery.customer, delivery.id);
  if (const auto head = head_of(db, delivery)) settle_head(db, delivery.customer, *head, true);
}

void refold(SqliteConnection& db, const CustomerId& customer, const PostId& post) {
  std::vector<Delivery> states;
  Rows rows = db.query("SELECT state FROM deliveries WHERE customer_id = ? AND post_id = ?",
                       customer, post);
  while (rows.next()) rows.read(states.emplace_back().state);
  const PostStatus status = fold(states);
  db.run("UPDATE posts SET status = ?1 WHERE customer_id = ?2 AND id = ?3 AND status <> ?1", status,
         customer, post);
}

Result<Done> add_attempt(SqliteConnection& db, const std::optional<Attempt>& attempt,
                         const Delivery& of) {
  if (!attempt) return Done{};
  if (attempt->customer != of.customer || attempt->delivery != of.id || attempt->post != of.post) {
    return rows_do_not_match("attempt of another delivery");
  }
  if (find<Attempt>(db, attempt->customer, attempt->id)) return exists_already("attempt");
  insert(db, *attempt);
  return Done{};
}

}  // namespace herald
