#include <algorithm>
#include <set>

#include "domain/delivery_rules.h"
#include "ports/store_refusals.h"
#include "store/mongo/account_rows.h"
#include "store/mongo/delivery_rows.h"
#include "store/mongo/mongo_store.h"
#include "store/mongo/post_fields.h"
#include "store/mongo/races.h"
#include "store/mongo/rows.h"

namespace herald {

using mongo::Act;
using mongo::Bson;
using mongo::document;
using mongo::Documents;
using mongo::Rows;

namespace {

// Those of the ids that the customer has a document for.
Result<std::set<std::string>> known_ids(const Documents& documents,
                                        const std::set<std::string>& ids) {
  std::set<std::string> known;
  if (ids.empty()) return known;
  const std::vector<std::string> list(ids.begin(), ids.end());
  HERALD_TRY(const auto found,
             documents.find(document("id", document("$in", list)), {.fields = document("id", 1)}));
  for (const Bson& one : found) known.emplace(one.at("id").bytes);
  return known;
}

// What a post names is the customer's, and its deliveries are its own.
Result<Done> check_rows(Act& act, const Post& post, const std::vector<Delivery>& deliveries,
                        const std::set<std::string>& media) {
  for (const MediaUse& use : post.media) {
    if (!media.contains(use.medium.value)) return no_such("file");
  }
  std::set<std::string> accounts;
  for (const Delivery& delivery : deliveries) accounts.insert(delivery.account.value);
  HERALD_TRY(const auto known,
             known_ids(Rows<mongo::AccountPlace>(act, post.customer).raw(), accounts));
  for (const Delivery& delivery : deliveries) {
    if (delivery.customer != post.customer || delivery.post != post.id) {
      return rows_do_not_match("delivery of another post");
    }
    if (!known.contains(delivery.account.value)) return no_such("account");
    HERALD_TRY(const auto taken, mongo::find_delivery(act, post.customer, delivery.id));
    if (taken && taken->row.post != post.id) return exists_already("delivery");
    const auto same = [&](const Delivery& other) { return other.id == delivery.id; };
    if (std::ranges::count_if(deliveries, same) > 1) return target_twice();
  }
  return Done{};
}

// Attached, or the value of an option (a cover, a thumbnail): which options name media, only the
// platforms know. Those that are there.
Result<std::set<std::string>> media_of(Act& act, const Post& post) {
  std::set<std::string> names;
  for (const MediaUse& use : post.media) names.insert(use.medium.value);
  for (const Target& target : post.targets) {
    for (const auto& [name, value] : target.options) {
      if (const auto* text = std::get_if<std::string>(&value)) names.insert(*text);
    }
  }
  return known_ids(Documents(act, "media", post.customer), names);
}

// Who removes a medium changes its document as well, so that of the two one is tried again.
Result<Done> note_uses(Act& act, const CustomerId& customer, const std::set<std::string>& media) {
  if (media.empty()) return Done{};
  const std::vector<std::string> list(media.begin(), media.end());
  HERALD_CHECK(Documents(act, "media", customer)
                   .update_many(document("id", document("$in", list)),
                                document("$inc", document("uses", 1))));
  return Done{};
}

// What finds the post by its media and accounts, and how it stands.
Bson beside(const std::set<std::string>& media, const std::vector<Delivery>& deliveries) {
  std::set<std::string> accounts;
  for (const Delivery& delivery : deliveries) accounts.insert(delivery.account.value);
  return document("account_ids", std::vector<std::string>(accounts.begin(), accounts.end()),
                  "media_used", std::vector<std::string>(media.begin(), media.end()), "status",
                  fold(deliveries));
}

Result<std::optional<PostStore::Created>> created_by(Act& act, const CustomerId& customer,
                                                     const UserId& user,
                                                     const IdempotencyKey& key) {
  if (key.key.empty()) return std::nullopt;
  HERALD_TRY(const auto found, Rows<Post>(act, customer)
                                   .raw()
                                   .find_one(document("user_id", user, "idempotency_key", key.key),
                                             {.fields = document("id", 1, "fingerprint", 1)}));
  if (!found) return std::nullopt;
  if (found->at("fingerprint").bytes != key.fingerprint) return idempotency_key_reused();
  return PostStore::Created{PostId(std::string(found->at("id").bytes)), true};
}

// The newest one that repeats() says so of.
Result<std::optional<Delivery>> repeated_by(Act& act, const CustomerId& customer,
                                            const Delivery& fresh, Duration window) {
  if (fresh.content.empty()) return std::nullopt;
  HERALD_TRY(auto found,
             Rows<Delivery>(act, customer)
                 .find(document("account_id", fresh.account, "content", fresh.content, "created_at",
                                document("$gt", fresh.created_at - window, "$lt",
                                         fresh.created_at + window)),
                       {.sort = document("created_at", -1, "id", -1)}));
  const auto newest = std::ranges::find_if(
      found, [&](const Delivery& stored) { return repeats(fresh, stored, window); });
  if (newest == found.end()) return std::nullopt;
  return std::move(*newest);
}

}  // namespace

Result<PostStore::Created> MongoStore::create_post(const CustomerScope& scope, const Post& post,
                                                   const std::vector<Delivery>& deliveries,
                                                   const IdempotencyKey& key, Duration unique_for) {
  if (post.customer != scope.customer()) return rows_do_not_match("post of another customer");
  return mongo::run_as_one(*database_, [&](Act& act) -> Result<Created> {
    HERALD_TRY(const auto before, created_by(act, post.customer, post.user, key));
    if (before) return *before;
    HERALD_TRY(const auto media, media_of(act, post));
    HERALD_CHECK(check_rows(act, post, deliveries, media));
    for (const Delivery& delivery : deliveries) {
      HERALD_TRY(const auto repeated, repeated_by(act, post.customer, delivery, unique_for));
      if (repeated) return content_repeated();
    }
    const Rows<Post> posts(act, post.customer);
    HERALD_TRY(const bool exists, posts.raw().any(mongo::key_of(post)));
    if (exists) return exists_already("post");
    Bson also = beside(media, deliveries);
    if (!key.key.empty()) {
      mongo::put_all(also, "idempotency_key", key.key, "fingerprint", key.fingerprint);
    }
    HERALD_CHECK(posts.insert(post, also));
    HERALD_CHECK(note_uses(act, post.customer, media));
    for (const Delivery& delivery : deliveries) HERALD_CHECK(insert_delivery(act, delivery));
    return Created{post.id, false};
  });
}

Result<std::optional<PostStore::Created>> MongoStore::find_created(const CustomerScope& scope,
                                                                   const UserId& user,
                                                                   const IdempotencyKey& key) {
  return database_->run([&](Act& act) { return created_by(act, scope.customer(), user, key); });
}

Result<std::optional<Delivery>> MongoStore::find_repeated(const CustomerScope& scope,
                                                          const Delivery& delivery,
                                                          Duration window) {
  return database_->run(
      [&](Act& act) { return repeated_by(act, scope.customer(), delivery, window); });
}

Result<Post> MongoStore::find_post(const CustomerScope& scope, const PostId& id) {
  return database_->run([&](Act& act) -> Result<Post> {
    HERALD_TRY(auto post, Rows<Post>(act, scope.customer()).find_one(document("id", id)));
    if (!post) return no_such("post");
    return std::move(*post);
  });
}

Result<PageOf<Post>> MongoStore::list_posts(const CustomerScope& scope, const PostFilter& filter,
                                            const PageRequest& page) {
  Bson which;
  if (filter.account) put(which, "account_ids", *filter.account);
  if (filter.status) put(which, "status", *filter.status);
  if (filter.user) put(which, "user_id", *filter.user);
  return database_->run([&](Act& act) {
    return Rows<Post>(act, scope.customer()).page(which.clone(), page, "created_at");
  });
}

Result<Done> MongoStore::edit_post(const CustomerScope& scope, const Post& post,
                                   const std::vector<Delivery>& deliveries) {
  if (post.customer != scope.customer()) return rows_do_not_match("post of another customer");
  return mongo::run_as_one(*database_, [&](Act& act) -> Result<Done> {
    const Rows<Post> posts(act, post.customer);
    HERALD_TRY(const auto stored, posts.find_one(mongo::key_of(post)));
    if (!stored) return no_such("post");
    HERALD_TRY(const auto before, mongo::deliveries_of_post(act, post.customer, post.id));
    std::int64_t lease = 0;
    for (const Delivery& delivery : before) {
      if (!may_edit(delivery)) return not_editable(before);
      lease = std::max(lease, delivery.lease);
    }
    if (post.revision != stored->revision + 1) return edited_meanwhile();
    HERALD_TRY(const auto media, media_of(act, post));
    HERALD_CHECK(check_rows(act, post, deliveries, media));

    HERALD_CHECK(
        posts.update(post, document("revision", stored->revision), beside(media, deliveries)));
    HERALD_CHECK(note_uses(act, post.customer, media));
    for (const Delivery& delivery : before) HERALD_CHECK(delete_delivery(act, delivery));
    for (Delivery delivery : deliveries) {
      delivery.lease = lease;  // Numbers go on, so that no lease of before the edit fits again.
      HERALD_CHECK(insert_delivery(act, delivery));
    }
    return Done{};
  });
}

Result<Done> MongoStore::cancel_post(const CustomerScope& scope, const PostId& id, Time now) {
  return mongo::run_as_one(*database_, [&](Act& act) -> Result<Done> {
    const Rows<Post> posts(act, scope.customer());
    HERALD_TRY(auto post, posts.find_one(document("id", id)));
    if (!post) return no_such("post");
    HERALD_TRY(const auto deliveries, mongo::deliveries_of_post(act, scope.customer(), id));
    if (std::ranges::any_of(deliveries, blocks_cancel)) return already_going_out();
    for (const Delivery& before : deliveries) {
      if (!may_cancel(before)) continue;
      Delivery delivery = before;
      cancel(delivery, now);
      HERALD_CHECK(store_delivery(act, before, delivery));
    }
    post->cancelled = true;
    post->updated_at = now;
    HERALD_CHECK(posts.update(*post));
    return refold(act, scope.customer(), id);
  });
}

Result<std::vector<Delivery>> MongoStore::deliveries_of(const CustomerScope& scope,
                                                        const PostId& id) {
  return database_->run_as_one([&](Act& act) -> Result<std::vector<Delivery>> {
    HERALD_TRY(const bool exists, Rows<Post>(act, scope.customer()).raw().any(document("id", id)));
    if (!exists) return no_such("post");
    return mongo::deliveries_of_post(act, scope.customer(), id);
  });
}

Result<Delivery> MongoStore::find_delivery(const CustomerScope& scope, const DeliveryId& id) {
  return database_->run([&](Act& act) -> Result<Delivery> {
    HERALD_TRY(auto delivery, Rows<Delivery>(act, scope.customer()).find_one(document("id", id)));
    if (!delivery) return no_such("delivery");
    return std::move(*delivery);
  });
}

}  // namespace herald
