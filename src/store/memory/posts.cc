#include <algorithm>
#include <tuple>

#include "domain/delivery_rules.h"
#include "ports/store_refusals.h"
#include "store/memory/memory_store.h"
#include "store/memory/table.h"

namespace herald {

std::vector<Delivery*> MemoryStore::rows_of(const CustomerId& customer, const PostId& post) {
  std::vector<Delivery*> rows;
  for (auto& [key, delivery] : deliveries_) {
    if (delivery.customer == customer && delivery.post == post) rows.push_back(&delivery);
  }
  std::ranges::sort(rows, [](const Delivery* a, const Delivery* b) {
    return std::tie(a->target, a->id) < std::tie(b->target, b->id);
  });
  return rows;
}

// What a post names is the customer's, and its deliveries are its own.
Result<Done> MemoryStore::check_rows(const Post& post,
                                     const std::vector<Delivery>& deliveries) const {
  for (const MediaUse& use : post.media) {
    if (find_row(media_, post.customer, use.medium) == nullptr) return no_such("file");
  }
  for (const Delivery& delivery : deliveries) {
    if (delivery.customer != post.customer || delivery.post != post.id) {
      return rows_do_not_match("delivery of another post");
    }
    if (find_row(accounts_, post.customer, delivery.account) == nullptr) {
      return no_such("account");
    }
    const Delivery* taken = find_row(deliveries_, post.customer, delivery.id);
    if (taken != nullptr && taken->post != post.id) return exists_already("delivery");
    const auto same = [&](const Delivery& other) { return other.id == delivery.id; };
    if (std::ranges::count_if(deliveries, same) > 1) return target_twice();
  }
  return Done{};
}

Result<std::optional<PostStore::Created>> MemoryStore::created_by(const CustomerId& customer,
                                                                  const UserId& user,
                                                                  const IdempotencyKey& key) const {
  for (const auto& [id, row] : posts_) {
    if (key.key.empty() || row.post.customer != customer || row.post.user != user ||
        row.key.key != key.key) {
      continue;
    }
    if (row.key.fingerprint != key.fingerprint) return idempotency_key_reused();
    return Created{row.post.id, true};
  }
  return std::nullopt;
}

Result<std::optional<PostStore::Created>> MemoryStore::find_created(const CustomerScope& scope,
                                                                    const UserId& user,
                                                                    const IdempotencyKey& key) {
  const std::scoped_lock lock(mutex_);
  return created_by(scope.customer(), user, key);
}

Result<PostStore::Created> MemoryStore::create_post(const CustomerScope& scope, const Post& post,
                                                    const std::vector<Delivery>& deliveries,
                                                    const IdempotencyKey& key,
                                                    Duration unique_for) {
  const std::scoped_lock lock(mutex_);
  if (post.customer != scope.customer()) return rows_do_not_match("post of another customer");
  HERALD_TRY(const auto before, created_by(post.customer, post.user, key));
  if (before) return *before;
  HERALD_CHECK(check_rows(post, deliveries));
  for (const Delivery& delivery : deliveries) {
    if (repeated_by(delivery, unique_for) != nullptr) return content_repeated();
  }
  if (find_row(posts_, post.customer, post.id) != nullptr) return exists_already("post");
  posts_[{post.customer, post.id}] = {post, key, media_of(post)};
  for (const Delivery& delivery : deliveries) {
    deliveries_[{delivery.customer, delivery.id}] = delivery;
  }
  return Created{post.id, false};
}

const Delivery* MemoryStore::repeated_by(const Delivery& fresh, Duration window) const {
  const Delivery* newest = nullptr;
  for (const auto& [key, stored] : deliveries_) {
    if (stored.customer != fresh.customer || !repeats(fresh, stored, window)) continue;
    if (newest == nullptr ||
        std::tie(newest->created_at, newest->id) < std::tie(stored.created_at, stored.id)) {
      newest = &stored;
    }
  }
  return newest;
}

Result<std::optional<Delivery>> MemoryStore::find_repeated(const CustomerScope& scope,
                                                           const Delivery& delivery,
                                                           Duration window) {
  const std::scoped_lock lock(mutex_);
  Delivery fresh = delivery;
  fresh.customer = scope.customer();
  const Delivery* found = repeated_by(fresh, window);
  if (found == nullptr) return std::nullopt;
  return *found;
}

Result<Post> MemoryStore::find_post(const CustomerScope& scope, const PostId& id) {
  const std::scoped_lock lock(mutex_);
  const PostRow* row = find_row(posts_, scope.customer(), id);
  if (row == nullptr) return no_such("post");
  return row->post;
}

Result<PageOf<Post>> MemoryStore::list_posts(const CustomerScope& scope, const PostFilter& filter,
                                             const PageRequest& page) {
  const std::scoped_lock lock(mutex_);
  std::vector<Post> rows;
  for (const auto& [key, row] : posts_) {
    if (row.post.customer != scope.customer()) continue;
    if (filter.user && row.post.user != *filter.user) continue;
    std::vector<Delivery> deliveries;
    for (const Delivery* delivery : rows_of(scope.customer(), row.post.id)) {
      deliveries.push_back(*delivery);
    }
    if (filter.status && fold(deliveries) != *filter.status) continue;
    const auto goes_to = [&](const Delivery& d) { return d.account == *filter.account; };
    if (filter.account && std::ranges::none_of(deliveries, goes_to)) continue;
    rows.push_back(row.post);
  }
  return page_of(std::move(rows), page,
                 [](const Post& post) { return std::pair(post.created_at, post.id.value); });
}

Result<Done> MemoryStore::edit_post(const CustomerScope& scope, const Post& post,
                                    const std::vector<Delivery>& deliveries) {
  const std::scoped_lock lock(mutex_);
  if (post.customer != scope.customer()) return rows_do_not_match("post of another customer");
  PostRow* stored = find_row(posts_, post.customer, post.id);
  if (stored == nullptr) return no_such("post");
  std::int64_t lease = 0;
  std::vector<Delivery> stands;
  for (const Delivery* row : rows_of(post.customer, post.id)) stands.push_back(*row);
  for (const Delivery& row : stands) {
    if (!may_edit(row)) return not_editable(stands);
    lease = std::max(lease, row.lease);
  }
  if (post.revision != stored->post.revision + 1) return edited_meanwhile();
  HERALD_CHECK(check_rows(post, deliveries));

  const Post before = stored->post;
  stored->post = post;
  stored->post.user = before.user;
  stored->post.created_at = before.created_at;
  stored->media = media_of(post);
  for (const Delivery* delivery : rows_of(post.customer, post.id)) {
    const DeliveryId id = delivery->id;
    std::erase_if(follow_ups_, [&](const auto& entry) {
      return entry.second.customer == post.customer && entry.second.delivery == id;
    });
    deliveries_.erase({post.customer, id});
  }
  for (Delivery delivery : deliveries) {
    delivery.lease = lease;  // Numbers go on, so that no lease of before the edit fits again.
    deliveries_[{delivery.customer, delivery.id}] = std::move(delivery);
  }
  return Done{};
}

Result<Done> MemoryStore::cancel_post(const CustomerScope& scope, const PostId& id, Time now) {
  const std::scoped_lock lock(mutex_);
  PostRow* row = find_row(posts_, scope.customer(), id);
  if (row == nullptr) return no_such("post");
  const std::vector<Delivery*> deliveries = rows_of(scope.customer(), id);
  if (std::ranges::any_of(deliveries, [](const Delivery* d) { return blocks_cancel(*d); })) {
    return already_going_out();
  }
  for (Delivery* delivery : deliveries) {
    if (may_cancel(*delivery)) cancel(*delivery, now);
  }
  row->post.cancelled = true;
  row->post.updated_at = now;
  return Done{};
}

Result<std::vector<Delivery>> MemoryStore::deliveries_of(const CustomerScope& scope,
                                                         const PostId& id) {
  const std::scoped_lock lock(mutex_);
  if (find_row(posts_, scope.customer(), id) == nullptr) return no_such("post");
  std::vector<Delivery> rows;
  for (const Delivery* delivery : rows_of(scope.customer(), id)) rows.push_back(*delivery);
  return rows;
}

Result<Delivery> MemoryStore::find_delivery(const CustomerScope& scope, const DeliveryId& id) {
  const std::scoped_lock lock(mutex_);
  const Delivery* delivery = find_row(deliveries_, scope.customer(), id);
  if (delivery == nullptr) return no_such("delivery");
  return *delivery;
}

}  // namespace herald
