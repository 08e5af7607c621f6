#include "tests/isolation/stored_rows.h"

#include <set>

#include "store/mongo/documents.h"
#include "store/mongo/values.h"
#include "store/sqlite/connection.h"
#include "tests/store/mongo_kind.h"

namespace herald::isolation {
namespace {

std::vector<std::string> texts(Rows rows) {
  std::vector<std::string> found;
  while (rows.next()) found.push_back(rows.get<std::string>());
  return found;
}

std::string of_sqlite(const std::string& folder, const CustomerId& customer) {
  SqliteConnection db(folder + "/herald.db", SqliteConnection::Mode::read);
  std::string all;
  for (const auto& table : texts(db.query("SELECT name FROM sqlite_master WHERE type = 'table'"))) {
    std::string columns;
    bool owned = false;
    for (const auto& column : texts(db.query("SELECT name FROM pragma_table_info(?)", table))) {
      owned = owned || column == "customer_id";
      columns += (columns.empty() ? "quote(" : " || ' ' || quote(") + column + ")";
    }
    if (!owned) continue;
    const auto sql = "SELECT " + columns + " FROM " + table + " WHERE customer_id = ? ORDER BY 1";
    for (const auto& row : texts(db.query(sql, customer))) all += table + ": " + row + "\n";
  }
  return all;
}

Result<std::string> of_mongo(mongo::Act& act, const CustomerId& customer) {
  HERALD_TRY(const auto listed, act.command(mongo::document("listCollections", 1)));
  const mongo::Bson cursor(listed.at("cursor").bytes);
  std::set<std::string> all;
  for (const auto& one : mongo::fields_of(cursor.at("firstBatch").bytes)) {
    const std::string name(mongo::Bson(one.value.bytes).at("name").bytes);
    HERALD_TRY(const auto found, mongo::Documents(act, name.c_str(), customer).find({}));
    for (const auto& row : found) all.insert(name + ": " + std::string(row.bytes()) + "\n");
  }
  std::string text;
  for (const auto& row : all) text += row;
  return text;
}

}  // namespace

StoredRows::StoredRows(const StoreKind& kind, std::string folder, CustomerId customer)
    : folder_(std::move(folder)), customer_(std::move(customer)), is_file_(kind.name == "Sqlite") {
  if (kind.name == "Mongo") {
    database_ = mongo::Database::open(mongo_database_of(folder_), 1).value();
  }
}

std::string StoredRows::read() const {
  if (is_file_) return of_sqlite(folder_, customer_);
  if (database_ == nullptr) return {};
  return database_->run([&](mongo::Act& act) { return of_mongo(act, customer_); }).value();
}

}  // namespace herald::isolation
