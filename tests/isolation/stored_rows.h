// Every row of a customer, read from SQLite or MongoDB past the store, so that a row is seen
// whatever it is and whoever wrote it.
#pragma once

#include <memory>
#include <string>

#include "domain/ids.h"
#include "store/mongo/database.h"
#include "tests/store/store_test.h"

namespace herald::isolation {

class StoredRows {
 public:
  StoredRows(const StoreKind& kind, std::string folder, CustomerId customer);
  // As text, in an order that depends on nothing else. Of the model in memory nothing.
  std::string read() const;

 private:
  const std::string folder_;
  const CustomerId customer_;
  const bool is_file_;
  std::unique_ptr<mongo::Database> database_;
};

}  // namespace herald::isolation
