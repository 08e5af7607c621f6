// The same as Documents, with rows of the domain instead of documents (fields.h).
#pragma once

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "ports/post_store.h"
#include "store/mongo/documents.h"
#include "store/mongo/fields.h"

namespace herald::mongo {

template <class T>
class Rows {
 public:
  Rows(Act& act, const CustomerId& customer, const char* collection = Fields<T>::kCollection)
      : documents_(act, collection, customer), customer_(&customer) {}
  static Rows of_all(Act& act, const char* collection = Fields<T>::kCollection) {
    return Rows(Documents::of_all(act, collection));
  }

  Result<std::vector<T>> find(const Bson& filter, const Find& how = {}) const {
    HERALD_TRY(const auto found, documents_.find(filter, how));
    std::vector<T> rows;
    rows.reserve(found.size());
    for (const Bson& document : found) {
      HERALD_TRY(T row, row_of<T>(document));
      rows.push_back(std::move(row));
    }
    return rows;
  }
  Result<std::optional<T>> find_one(const Bson& filter, const Find& how = {}) const {
    HERALD_TRY(auto found, documents_.find_one(filter, how));
    return read(std::move(found));
  }
  // Newest first by `time_field` and `id_field`; `filter` says which.
  Result<PageOf<T>> page(Bson filter, const PageRequest& page, std::string_view time_field,
                         std::string_view id_field = "id") const {
    const int limit = std::max(page.limit, 0);
    if (page.before) {
      const auto& [time, id] = *page.before;
      put(filter, "$or",
          documents(document(time_field, document("$lt", time)),
                    document(time_field, time, id_field, document("$lt", id))));
    }
    // One row more than asked for tells whether there are more.
    HERALD_TRY(auto rows, find(filter, {document(time_field, -1, id_field, -1), limit + 1, {}}));
    const bool more = std::ssize(rows) > limit;
    if (more) rows.pop_back();
    return PageOf<T>{.rows = std::move(rows), .more = more};
  }

  // conflict, is_duplicate(): it exists. `also`: fields that are no members.
  Result<Done> insert(const T& row, const Bson& also = {}) const {
    HERALD_CHECK(check_owner(row));
    Bson document = all_of(row);
    document.add_all(also);
    return documents_.insert(document);
  }
  // Writes the moving members over the row of the same key, where `only_if` holds of it; false: it
  // does not, or there is none.
  Result<bool> update(const T& row, const Bson& only_if = {}, const Bson& also = {}) const {
    HERALD_CHECK(check_owner(row));
    Bson filter = key_of(row);
    filter.add_all(only_if);
    Bson moving = moving_of(row);
    moving.add_all(also);
    HERALD_TRY(const auto matched, documents_.update_one(filter, document("$set", moving)));
    return matched > 0;
  }
  Result<std::optional<T>> find_and_change(const Bson& filter, const Bson& change,
                                           const Change& how = {}) const {
    HERALD_TRY(auto found, documents_.find_and_change(filter, change, how));
    return read(std::move(found));
  }

  const Documents& raw() const { return documents_; }

 private:
  explicit Rows(Documents documents) : documents_(std::move(documents)) {}

  static Result<std::optional<T>> read(std::optional<Bson> found) {
    if (!found) return std::nullopt;
    HERALD_TRY(T row, row_of<T>(*found));
    return std::optional<T>(std::move(row));
  }
  Result<Done> check_owner(const T& row) const {
    if (customer_ != nullptr && customer_of(row) == *customer_) return Done{};
    return fail(ErrorKind::internal, "This could not be stored.",
                std::string("a row of ") + Fields<T>::kCollection + " is another customer's");
  }

  Documents documents_;
  const CustomerId* customer_ = nullptr;  // Borrowed for as long as this lives.
};

}  // namespace herald::mongo
