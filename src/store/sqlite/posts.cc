#include <algorithm>

#include "domain/delivery_rules.h"
#include "ports/store_refusals.h"
#include "store/sqlite/database.h"
#include "store/sqlite/delivery_rows.h"
#include "store/sqlite/post_tables.h"
#include "store/sqlite/sqlite_store.h"

namespace herald {
namespace {

// What a post names is the customer's, and its deliveries are its own.
Result<Done> check_rows(SqliteConnection& db, const Post& post,
                        const std::vector<Delivery>& deliveries) {
  for (const MediaUse& use : post.media) {
    if (!db.any("SELECT 1 FROM media WHERE customer_id = ? AND id = ?", post.customer,
                use.medium)) {
      return no_such("file");
    }
  }
  for (const Delivery& delivery : deliveries) {
    if (delivery.customer != post.customer || delivery.post != post.id) {
      return rows_do_not_match("delivery of another post");
    }
    if (!db.any("SELECT 1 FROM accounts WHERE customer_id = ? AND id = ?", post.customer,
                delivery.account)) {
      return no_such("account");
    }
    if (db.any("SELECT 1 FROM deliveries WHERE customer_id = ? AND id = ? AND post_id <> ?",
               post.customer, delivery.id, post.id)) {
      return exists_already("delivery");
    }
    const auto same = [&](const Delivery& other) { return other.id == delivery.id; };
    if (std::ranges::count_if(deliveries, same) > 1) return target_twice();
  }
  return Done{};
}

void note_medium(SqliteConnection& db, const Post& post, const std::string& name) {
  db.run(
      "INSERT OR IGNORE INTO post_media (customer_id, medium_id, post_id) "
      "SELECT customer_id, id, ?3 FROM media WHERE customer_id = ?1 AND id = ?2",
      post.customer, name, post.id);
}

// The deliveries, and what finds the post by its media and accounts.
void insert_parts(SqliteConnection& db, const Post& post, const std::vector<Delivery>& deliveries) {
  for (const MediaUse& use : post.media) note_medium(db, post, use.medium.value);
  for (const Target& target : post.targets) {
    for (const auto& [name, value] : target.options) {
      // A cover or a thumbnail: which options name media, only the platforms know.
      if (const auto* text = std::get_if<std::string>(&value)) note_medium(db, post, *text);
    }
  }
  for (const Delivery& delivery : deliveries) {
    db.run("INSERT OR IGNORE INTO post_accounts VALUES (?, ?, ?, ?)", post.customer,
           delivery.account, post.created_at, post.id);
    insert_delivery(db, delivery);
  }
}

void delete_parts(SqliteConnection& db, const Post& post, const std::vector<Delivery>& deliveries) {
  db.run("DELETE FROM post_media WHERE customer_id = ? AND post_id = ?", post.customer, post.id);
  for (const Delivery& delivery : deliveries) {
    db.run(
        "DELETE FROM post_accounts "
        "WHERE customer_id = ? AND account_id = ? AND created_at = ? AND post_id = ?",
        post.customer, delivery.account, post.created_at, post.id);
    delete_delivery(db, delivery);
  }
}

Result<std::optional<PostStore::Created>> created_by(SqliteConnection& db,
                                                     const CustomerId& customer, const UserId& user,
                                                     const IdempotencyKey& key) {
  if (key.key.empty()) return std::nullopt;
  Rows rows = db.query(
      "SELECT id, fingerprint FROM posts "
      "WHERE customer_id = ? AND user_id = ? AND idempotency_key = ?",
      customer, user, key.key);
  if (!rows.next()) return std::nullopt;
  PostId id;
  std::string fingerprint;
  rows.read(id);
  rows.read(fingerprint);
  if (fingerprint != key.fingerprint) return idempotency_key_reused();
  return PostStore::Created{std::move(id), true};
}

// This is repeats(); the newest one.
std::optional<Delivery> repeated_by(SqliteConnection& db, const CustomerId& customer,
                                    const Delivery& fresh, Duration window) {
  if (fresh.content.empty() || window <= Duration{}) return std::nullopt;
  auto rows = select<Delivery>(
      db,
      "WHERE customer_id = ?1 AND account_id = ?2 AND content = ?3 AND content <> '' "
      "AND target_key = ?4 AND post_id <> ?5 AND state NOT IN ('cancelled', 'failed', 'missed') "
      "AND created_at > ?6 AND created_at < ?7 AND publish_at > ?8 AND publish_at < ?9 "
      "ORDER BY created_at DESC, id DESC LIMIT 1",
      customer, fresh.account, fresh.content, fresh.target_key, fresh.post,
      fresh.created_at - window, fresh.created_at + window, fresh.publish_at - window,
      fresh.publish_at + window);
  if (rows.empty()) return std::nullopt;
  return std::move(rows.front());
}

// The parameters are numbered; a filter that is not asked for leaves its number out.
std::string listing(const PostFilter& filter, const PageRequest& page) {
  // The narrowest filter leads; a plus keeps the others from choosing the index.
  std::string sql;
  if (filter.account) {
    sql =
        "post_accounts CROSS JOIN posts USING (customer_id, created_at) "
        "WHERE customer_id = ?1 AND account_id = ?3 AND id = post_id";
  } else {
    sql = "posts WHERE customer_id = ?1";
  }
  const bool leads = !filter.account && !filter.status;
  if (filter.user) sql += leads ? " AND user_id = ?2" : " AND +user_id = ?2";
  if (filter.status) sql += filter.account ? " AND +status = ?4" : " AND status = ?4";
  const std::string place = filter.account ? "post_accounts.created_at, post_id" : "created_at, id";
  if (page.before) sql += " AND (" + place + ") < (?5, ?6)";
  const std::string order =
      filter.account ? "post_accounts.created_at DESC, post_id DESC" : "created_at DESC, id DESC";
  return sql + " ORDER BY " + order + " LIMIT ?7";
}

}  // namespace

Result<PostStore::Created> SqliteStore::create_post(const CustomerScope& scope, const Post& post,
                                                    const std::vector<Delivery>& deliveries,
                                                    const IdempotencyKey& key,
                                                    Duration unique_for) {
  return database_->write([&](SqliteConnection& db) -> Result<Created> {
    if (post.customer != scope.customer()) return rows_do_not_match("post of another customer");
    HERALD_TRY(const auto before, created_by(db, post.customer, post.user, key));
    if (before) return *before;
    HERALD_CHECK(check_rows(db, post, deliveries));
    for (const Delivery& delivery : deliveries) {
      if (repeated_by(db, post.customer, delivery, unique_for)) return content_repeated();
    }
    if (db.any("SELECT 1 FROM posts WHERE customer_id = ? AND id = ?", post.customer, post.id)) {
      return exists_already("post");
    }
    const std::optional<std::string> name = key.key.empty() ? std::nullopt : std::optional(key.key);
    insert(db, post, also("idempotency_key", name), also("fingerprint", key.fingerprint),
           also("status", fold(deliveries)));
    insert_parts(db, post, deliveries);
    return Created{post.id, false};
  });
}

Result<std::optional<PostStore::Created>> SqliteStore::find_created(const CustomerScope& scope,
                                                                    const UserId& user,
                                                                    const IdempotencyKey& key) {
  return database_->read(
      [&](SqliteConnection& db) { return created_by(db, scope.customer(), user, key); });
}

Result<std::optional<Delivery>> SqliteStore::find_repeated(const CustomerScope& scope,
                                                           const Delivery& delivery,
                                                           Duration window) {
  return database_->read([&](SqliteConnection& db) -> Result<std::optional<Delivery>> {
    return repeated_by(db, scope.customer(), delivery, window);
  });
}

Result<Post> SqliteStore::find_post(const CustomerScope& scope, const PostId& id) {
  return database_->read([&](SqliteConnection& db) -> Result<Post> {
    auto post = find<Post>(db, scope.customer(), id);
    if (!post) return no_such("post");
    return std::move(*post);
  });
}

Result<PageOf<Post>> SqliteStore::list_posts(const CustomerScope& scope, const PostFilter& filter,
                                             const PageRequest& page) {
  return database_->read([&](SqliteConnection& db) -> Result<PageOf<Post>> {
    const auto [time, id] = page.before.value_or(std::pair<Time, std::string>{});
    return page_of(select_from<Post>(db, listing(filter, page), scope.customer(), filter.user,
                                     filter.account, filter.status, time, id, rows_to_read(page)),
                   page);
  });
}

Result<Done> SqliteStore::edit_post(const CustomerScope& scope, const Post& post,
                                    const std::vector<Delivery>& deliveries) {
  return database_->write([&](SqliteConnection& db) -> Result<Done> {
    if (post.customer != scope.customer()) return rows_do_not_match("post of another customer");
    const auto stored = find<Post>(db, post.customer, post.id);
    if (!stored) return no_such("post");
    const auto before = deliveries_of_post(db, post.customer, post.id);
    std::int64_t lease = 0;
    for (const Delivery& delivery : before) {
      if (!may_edit(delivery)) return not_editable(before);
      lease = std::max(lease, delivery.lease);
    }
    if (post.revision != stored->revision + 1) return edited_meanwhile();
    HERALD_CHECK(check_rows(db, post, deliveries));

    Post row = post;
    row.user = stored->user;
    row.created_at = stored->created_at;
    std::vector<Delivery> after = deliveries;
    // Numbers go on, so that no lease of before the edit fits again.
    for (Delivery& delivery : after) delivery.lease = lease;
    update(db, row, also("status", fold(after)));
    delete_parts(db, row, before);
    insert_parts(db, row, after);
    return Done{};
  });
}

Result<Done> SqliteStore::cancel_post(const CustomerScope& scope, const PostId& id, Time now) {
  return database_->write([&](SqliteConnection& db) -> Result<Done> {
    auto post = find<Post>(db, scope.customer(), id);
    if (!post) return no_such("post");
    std::vector<Delivery> deliveries = deliveries_of_post(db, scope.customer(), id);
    if (std::ranges::any_of(deliveries, blocks_cancel)) return already_going_out();
    for (Delivery& delivery : deliveries) {
      if (!may_cancel(delivery)) continue;
      cancel(delivery, now);
      store_delivery(db, delivery);
    }
    post->cancelled = true;
    post->updated_at = now;
    update(db, *post, also("status", fold(deliveries)));
    return Done{};
  });
}

Result<std::vector<Delivery>> SqliteStore::deliveries_of(const CustomerScope& scope,
                                                         const PostId& id) {
  return database_->read([&](SqliteConnection& db) -> Result<std::vector<Delivery>> {
    if (!find<Post>(db, scope.customer(), id)) return no_such("post");
    return deliveries_of_post(db, scope.customer(), id);
  });
}

Result<Delivery> SqliteStore::find_delivery(const CustomerScope& scope, const DeliveryId& id) {
  return database_->read([&](SqliteConnection& db) -> Result<Delivery> {
    auto delivery = find<Delivery>(db, scope.customer(), id);
    if (!delivery) return no_such("delivery");
    return std::move(*delivery);
  });
}

}  // namespace herald
