#include <algorithm>
#include <iterator>

#include "ports/store_refusals.h"
#include "store/mongo/database.h"
#include "store/mongo/errors.h"
#include "store/mongo/guard.h"
#include "store/mongo/media_fields.h"
#include "store/mongo/mongo_store.h"
#include "store/mongo/rows.h"

namespace herald {

using mongo::Act;
using mongo::Bson;
using mongo::document;
using mongo::Documents;
using mongo::documents;
using mongo::Rows;

namespace {

std::vector<DeliveryState> final_states() {
  std::vector<DeliveryState> states;
  for (std::size_t i = 0; i < names_of(DeliveryState{}).size(); ++i) {
    if (is_final(static_cast<DeliveryState>(i))) states.push_back(static_cast<DeliveryState>(i));
  }
  return states;
}

std::vector<std::string> ids_of(const std::vector<Bson>& found) {
  std::vector<std::string> ids;
  for (const Bson& one : found) ids.emplace_back(one.at("id").bytes);
  return ids;
}

Result<bool> is_in_use(Act& act, const CustomerId& customer, const MediaId& id) {
  const mongo::Find ids_only{.fields = document("id", 1)};
  HERALD_TRY(const auto posts,
             Documents(act, "posts", customer).find(document("media_used", id), ids_only));
  if (posts.empty()) return false;
  const Documents deliveries(act, "deliveries", customer);
  Bson of_posts = document("post_id", document("$in", ids_of(posts)));
  HERALD_TRY(const auto all, deliveries.find(of_posts, ids_only));
  put(of_posts, "state", document("$nin", final_states()));
  HERALD_TRY(const bool goes_out, deliveries.any(of_posts));
  if (goes_out) return true;
  const std::vector over{FollowUpState::done, FollowUpState::failed};
  return Documents(act, "follow_ups", customer)
      .any(document("delivery_id", document("$in", ids_of(all)), "state", document("$nin", over)));
}

}  // namespace

Result<Done> MongoStore::add_medium(const CustomerScope& scope, const Medium& medium,
                                    int uploads_max) {
  if (medium.customer != scope.customer()) return rows_do_not_match("medium of another customer");
  return database_->run_as_one([&](Act& act) -> Result<Done> {
    HERALD_CHECK(guard(act, medium.customer, "uploads", medium.user.value));
    const Rows<Medium> media(act, medium.customer);
    HERALD_TRY(const auto open, media.raw().count(document("user_id", medium.user, "status",
                                                           MediaStatus::uploading)));
    if (open >= uploads_max) return too_many_uploads();
    HERALD_TRY(const bool known, media.raw().any(document("id", medium.id)));
    if (known) return exists_already("file");
    return media.insert(medium);
  });
}

Result<Medium> MongoStore::find_medium(const CustomerScope& scope, const MediaId& id) {
  return database_->run([&](Act& act) -> Result<Medium> {
    HERALD_TRY(auto medium, Rows<Medium>(act, scope.customer()).find_one(document("id", id)));
    if (!medium) return no_such("file");
    return std::move(*medium);
  });
}

Result<Done> MongoStore::save_medium(const CustomerScope& scope, const Medium& medium) {
  if (medium.customer != scope.customer()) return rows_do_not_match("medium of another customer");
  return database_->run([&](Act& act) -> Result<Done> {
    HERALD_TRY(const bool found, Rows<Medium>(act, scope.customer()).update(medium));
    if (!found) return no_such("file");
    return Done{};
  });
}

Result<Done> MongoStore::touch_medium(const CustomerScope& scope, const MediaId& id, Time now) {
  return database_->run([&](Act& act) -> Result<Done> {
    const Documents media(act, "media", scope.customer());
    HERALD_TRY(const auto touched,
               media.update_one(document("id", id, "status", MediaStatus::uploading),
                                document("$set", document("touched_at", now))));
    if (touched > 0) return Done{};
    HERALD_TRY(const bool known, media.any(document("id", id)));
    if (!known) return no_such("file");
    return Done{};
  });
}

Result<PageOf<Medium>> MongoStore::list_media(const CustomerScope& scope,
                                              const std::optional<UserId>& user,
                                              const PageRequest& page) {
  return database_->run([&](Act& act) {
    Bson filter;
    if (user) put(filter, "user_id", *user);
    return Rows<Medium>(act, scope.customer()).page(std::move(filter), page, "created_at");
  });
}

Result<Done> MongoStore::remove_medium(const CustomerScope& scope, const MediaId& id) {
  return database_->run_as_one([&](Act& act) -> Result<Done> {
    // Who takes it into a post meanwhile changes its `uses`: one of the two acts is tried again.
    HERALD_TRY(const auto removed,
               Documents(act, "media", scope.customer()).remove_one(document("id", id)));
    if (removed == 0) return no_such("file");
    HERALD_TRY(const bool used, is_in_use(act, scope.customer(), id));
    if (used) return media_in_use();
    HERALD_CHECK(Documents(act, "posts", scope.customer())
                     .update_many(document("media_used", id),
                                  document("$pull", document("media_used", id))));
    return Done{};
  });
}

Result<std::uint64_t> MongoStore::media_bytes(const CustomerScope& scope) {
  return database_->run([&](Act& act) -> Result<std::uint64_t> {
    const Bson sum = document("_id", std::nullopt, "bytes", document("$sum", "$received_bytes"));
    HERALD_TRY(const auto sums, Documents(act, "media", scope.customer())
                                    .aggregate({}, documents(document("$group", sum))));
    return sums.empty() ? 0 : static_cast<std::uint64_t>(sums.front().at("bytes").integer);
  });
}

Result<std::vector<Medium>> MongoStore::unfinished_media(Time before, int max) {
  return database_->run([&](Act& act) -> Result<std::vector<Medium>> {
    std::vector<Medium> rows;
    const Rows<Medium> media = Rows<Medium>::of_all(act);
    const auto add = [&](const Bson& filter, const char* first) -> Result<Done> {
      const int room = max - static_cast<int>(rows.size());
      if (room <= 0) return Done{};
      HERALD_TRY(auto found,
                 media.find(filter, {.sort = document(first, 1, "customer_id", 1, "id", 1),
                                     .limit = room}));
      std::ranges::move(found, std::back_inserter(rows));
      return Done{};
    };
    HERALD_CHECK(add(document("status", MediaStatus::processing), "created_at"));
    HERALD_CHECK(
        add(document("status", MediaStatus::uploading, "touched_at", document("$lt", before)),
            "touched_at"));
    return rows;
  });
}

Result<std::vector<Medium>> MongoStore::media_after(
    const std::optional<std::pair<CustomerId, MediaId>>& place, int max) {
  if (max <= 0) return std::vector<Medium>();
  return database_->run([&](Act& act) {
    Bson filter;
    if (place) {
      const auto& [customer, id] = *place;
      put(filter, "$or",
          documents(document("customer_id", document("$gt", customer)),
                    document("customer_id", customer, "id", document("$gt", id))));
    }
    return Rows<Medium>::of_all(act).find(
        filter, {.sort = document("customer_id", 1, "id", 1), .limit = max});
  });
}

}  // namespace herald
