// One collection's documents, as far as one customer owns them. The customer is added to every
// filter and every new document here and nowhere else; a filter, change or document that names one
// itself is refused (internal), at whatever depth: it could reach another customer's.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "domain/ids.h"
#include "domain/result.h"
#include "store/mongo/bson.h"
#include "store/mongo/database.h"

namespace herald::mongo {

struct Find {
  Bson sort;      // document("due_at", 1)
  int limit = 0;  // 0: all.
  Bson fields;    // document("id", 1): these only. Empty: all.
};

struct Change {
  bool insert = false;  // Where there is none: the filter's equal fields and the change's.
  bool before = false;  // Give it back as it was, not as it is.
  Bson sort;            // Which one, of several.
};

class Documents {
 public:
  Documents(Act& act, const char* collection, const CustomerId& customer)
      : act_(act), collection_(collection), customer_(customer) {}
  // Of all customers: for what is looked up before it is known whose it is, and for sweeping. Such
  // filters may name customers. Nothing can be inserted.
  static Documents of_all(Act& act, const char* collection) { return {act, collection}; }

  Result<std::vector<Bson>> find(const Bson& filter, const Find& find = {}) const;
  // One after the other, for more than memory holds; until `take` returns an error.
  Result<Done> each(const Bson& filter, const Find& find,
                    const std::function<Result<Done>(Bson&)>& take) const;
  Result<std::optional<Bson>> find_one(const Bson& filter, const Find& find = {}) const;
  Result<bool> any(const Bson& filter) const;
  Result<std::int64_t> count(const Bson& filter) const;
  // `stages` come after a stage that lets only what `filter` lets through.
  Result<std::vector<Bson>> aggregate(const Bson& filter, std::vector<Bson> stages) const;

  // conflict, is_duplicate(): a unique index has it already. In a transaction that ends it.
  Result<Done> insert(const Bson& document) const;
  // How many matched. `change` is {"$set": ...} and the like.
  Result<std::int64_t> update_one(const Bson& filter, const Bson& change,
                                  bool insert = false) const;
  Result<std::int64_t> update_many(const Bson& filter, const Bson& change) const;
  // In one step; nullopt: none matched (or, with `before` and `insert`, it is new).
  Result<std::optional<Bson>> find_and_change(const Bson& filter, const Bson& change,
                                              const Change& how = {}) const;
  // How many went.
  Result<std::int64_t> remove_one(const Bson& filter) const;
  Result<std::int64_t> remove_many(const Bson& filter) const;

 private:
  Documents(Act& act, const char* collection) : act_(act), collection_(collection) {}
  Result<Bson> scoped(const Bson& filter) const;
  Result<Done> check(const Bson& given) const;
  Result<std::int64_t> update(const Bson& filter, const Bson& change, bool many, bool insert) const;
  Result<std::int64_t> remove(const Bson& filter, bool many) const;

  Act& act_;
  const char* collection_;
  std::optional<CustomerId> customer_;
};

}  // namespace herald::mongo
