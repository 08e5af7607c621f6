#include "store/mongo/documents.h"

#include <mongoc/mongoc.h>

#include "store/mongo/fields.h"

namespace herald::mongo {
namespace {

// The answer of a call, freed at the end.
struct Reply {
  Reply() { bson_init(&bson); }
  Reply(const Reply&) = delete;
  Reply& operator=(const Reply&) = delete;
  ~Reply() { bson_destroy(&bson); }
  // The driver begins it anew.
  bson_t* fresh() {
    bson_destroy(&bson);
    return &bson;
  }
  Bson copy() const { return Bson(bson_copy(&bson)); }

  bson_t bson;
};

using Cursor = std::unique_ptr<mongoc_cursor_t, decltype(&mongoc_cursor_destroy)>;

template <class Take>
Result<Done> drain(Act& act, Cursor cursor, Take take) {
  const bson_t* document = nullptr;
  while (mongoc_cursor_next(cursor.get(), &document)) {
    Bson one(bson_copy(document));
    HERALD_CHECK(take(one));
  }
  bson_error_t error;
  const bson_t* reply = nullptr;
  if (mongoc_cursor_error_document(cursor.get(), &error, &reply)) return act.failed(error, reply);
  return Done{};
}

Result<std::vector<Bson>> drained(Act& act, Cursor cursor) {
  std::vector<Bson> found;
  HERALD_CHECK(drain(act, std::move(cursor), [&](Bson& one) -> Result<Done> {
    found.push_back(std::move(one));
    return Done{};
  }));
  return found;
}

}  // namespace

Result<Done> Documents::check(const Bson& given) const {
  if (!customer_ || !given.mentions(kCustomerField)) return Done{};
  return fail(
      ErrorKind::internal, "This could not be stored or read.",
      std::string("a filter, change or document of ") + collection_ + " names a customer itself");
}

Result<Bson> Documents::scoped(const Bson& filter) const {
  HERALD_CHECK(check(filter));
  Bson made;
  if (customer_) made.add_text(kCustomerField, customer_->value);
  made.add_all(filter);
  return made;
}

Result<Done> Documents::each(const Bson& filter, const Find& how,
                             const std::function<Result<Done>(Bson&)>& take) const {
  HERALD_TRY(const Bson scope, scoped(filter));
  Bson options = act_.options();
  if (!how.sort.empty()) options.add_document("sort", how.sort);
  if (!how.fields.empty()) options.add_document("projection", how.fields);
  if (how.limit > 0) options.add_integer("limit", how.limit);
  const auto collection = act_.collection(collection_);
  return drain(act_,
               Cursor(mongoc_collection_find_with_opts(collection.get(), scope.get(), options.get(),
                                                       nullptr),
                      mongoc_cursor_destroy),
               take);
}

Result<std::vector<Bson>> Documents::find(const Bson& filter, const Find& how) const {
  std::vector<Bson> found;
  HERALD_CHECK(each(filter, how, [&](Bson& one) -> Result<Done> {
    found.push_back(std::move(one));
    return Done{};
  }));
  return found;
}

Result<std::optional<Bson>> Documents::find_one(const Bson& filter, const Find& how) const {
  HERALD_TRY(auto found, find(filter, {how.sort.clone(), 1, how.fields.clone()}));
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

Result<bool> Documents::any(const Bson& filter) const {
  HERALD_TRY(const auto found, find_one(filter, {.fields = document("_id", 1)}));
  return found.has_value();
}

Result<std::vector<Bson>> Documents::aggregate(const Bson& filter, std::vector<Bson> stages) const {
  HERALD_TRY(const Bson scope, scoped(filter));
  for (const Bson& stage : stages) HERALD_CHECK(check(stage));
  stages.insert(stages.begin(), document("$match", scope));
  const Bson pipeline = document("pipeline", stages);
  const Bson options = act_.options();
  const auto collection = act_.collection(collection_);
  return drained(act_, Cursor(mongoc_collection_aggregate(collection.get(), MONGOC_QUERY_NONE,
                                                          pipeline.get(), options.get(), nullptr),
                              mongoc_cursor_destroy));
}

Result<std::int64_t> Documents::count(const Bson& filter) const {
  HERALD_TRY(const auto found, aggregate(filter, documents(document("$count", "n"))));
  return found.empty() ? 0 : found.front().at("n").integer;
}

Result<Done> Documents::insert(const Bson& given) const {
  if (!customer_) return fail(ErrorKind::internal, "This could not be stored.", "whose is it?");
  HERALD_TRY(const Bson document, scoped(given));
  const Bson options = act_.options();
  const auto collection = act_.collection(collection_);
  Reply reply;
  bson_error_t error;
  if (!mongoc_collection_insert_one(collection.get(), document.get(), options.get(), reply.fresh(),
                                    &error)) {
    return act_.failed(error, &reply.bson);
  }
  return Done{};
}

Result<std::int64_t> Documents::update_one(const Bson& filter, const Bson& change,
                                           bool insert) const {
  return update(filter, change, false, insert);
}

Result<std::int64_t> Documents::update_many(const Bson& filter, const Bson& change) const {
  return update(filter, change, true, false);
}

Result<std::int64_t> Documents::update(const Bson& filter, const Bson& change, bool many,
                                       bool insert) const {
  HERALD_TRY(const Bson scope, scoped(filter));
  HERALD_CHECK(check(change));
  Bson options = act_.options();
  if (insert) options.add_bool("upsert", true);
  const auto collection = act_.collection(collection_);
  Reply reply;
  bson_error_t error;
  const auto call = many ? mongoc_collection_update_many : mongoc_collection_update_one;
  if (!call(collection.get(), scope.get(), change.get(), options.get(), reply.fresh(), &error)) {
    return act_.failed(error, &reply.bson);
  }
  return reply.copy().at("matchedCount").integer;
}

Result<std::optional<Bson>> Documents::find_and_change(const Bson& filter, const Bson& change,
                                                       const Change& how) const {
  HERALD_TRY(const Bson scope, scoped(filter));
  HERALD_CHECK(check(change));
  const std::unique_ptr<mongoc_find_and_modify_opts_t,
                        decltype(&mongoc_find_and_modify_opts_destroy)>
      options(mongoc_find_and_modify_opts_new(), mongoc_find_and_modify_opts_destroy);
  mongoc_find_and_modify_opts_set_update(options.get(), change.get());
  if (!how.sort.empty()) mongoc_find_and_modify_opts_set_sort(options.get(), how.sort.get());
  int flags = how.before ? 0 : MONGOC_FIND_AND_MODIFY_RETURN_NEW;
  if (how.insert) flags |= MONGOC_FIND_AND_MODIFY_UPSERT;
  mongoc_find_and_modify_opts_set_flags(options.get(),
                                        static_cast<mongoc_find_and_modify_flags_t>(flags));
  mongoc_find_and_modify_opts_append(options.get(), act_.options().get());
  const auto collection = act_.collection(collection_);
  Reply reply;
  bson_error_t error;
  if (!mongoc_collection_find_and_modify_with_opts(collection.get(), scope.get(), options.get(),
                                                   reply.fresh(), &error)) {
    return act_.failed(error, &reply.bson);
  }
  const Bson answer = reply.copy();
  const Value found = answer.at("value");
  if (found.type != Value::Type::document) return std::nullopt;
  return Bson(found.bytes);
}

Result<std::int64_t> Documents::remove_one(const Bson& filter) const {
  return remove(filter, false);
}

Result<std::int64_t> Documents::remove_many(const Bson& filter) const {
  return remove(filter, true);
}

Result<std::int64_t> Documents::remove(const Bson& filter, bool many) const {
  HERALD_TRY(const Bson scope, scoped(filter));
  const Bson options = act_.options();
  const auto collection = act_.collection(collection_);
  Reply reply;
  bson_error_t error;
  const auto call = many ? mongoc_collection_delete_many : mongoc_collection_delete_one;
  if (!call(collection.get(), scope.get(), options.get(), reply.fresh(), &error)) {
    return act_.failed(error, &reply.bson);
  }
  return reply.copy().at("deletedCount").integer;
}

}  // namespace herald::mongo
