// All rows of a MongoDB. Its calls may take minutes.
#pragma once

#include <memory>
#include <string>

#include "ports/store_copy.h"

namespace herald {

namespace mongo {
class Database;
}  // namespace mongo

class MongoCopy final : public StoreCopy {
 public:
  // unavailable: as MongoStore::open().
  static Result<std::unique_ptr<MongoCopy>> open(const std::string& uri);
  ~MongoCopy() override;

  bool reads_one_moment() const override { return false; }
  Result<Done> each_row(const std::function<Result<Done>(const KeptRow&)>& take) override;
  Result<Done> put(const std::vector<KeptRow>& rows) override;
  // As MongoStore's, but replaced where one is kept.
  Result<std::optional<std::string>> canary();
  Result<Done> set_canary(const std::string& bytes);

 private:
  explicit MongoCopy(std::unique_ptr<mongo::Database> database);

  std::unique_ptr<mongo::Database> database_;
};

}  // namespace herald
