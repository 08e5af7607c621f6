// All rows of a data folder's database.
#pragma once

#include <memory>
#include <string>

#include "ports/store_copy.h"

namespace herald {

class Database;

class SqliteCopy final : public StoreCopy {
 public:
  // A server may work beside one that only reads.
  enum class Use { reading, writing };
  static Result<std::unique_ptr<SqliteCopy>> open(const std::string& folder, Time now, Use use);
  ~SqliteCopy() override;

  bool reads_one_moment() const override { return true; }
  Result<Done> each_row(const std::function<Result<Done>(const KeptRow&)>& take) override;
  Result<Done> put(const std::vector<KeptRow>& rows) override;  // In one transaction.

 private:
  explicit SqliteCopy(std::unique_ptr<Database> database);

  std::unique_ptr<Database> database_;
};

}  // namespace herald
