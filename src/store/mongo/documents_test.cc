#include "store/mongo/documents.h"

#include <gtest/gtest.h>

#include "store/mongo/errors.h"
#include "store/mongo/guard.h"
#include "store/mongo/identity_fields.h"
#include "store/mongo/rows.h"

namespace herald::mongo {
namespace {

const CustomerId kAcme("acme");
const CustomerId kOther("other");

// No server is asked: what is refused does not leave the process.
class Refusal : public ::testing::Test {
 protected:
  std::unique_ptr<Database> database_ =
      Database::open("mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=1", 1).value();
};

bool is_refused(const auto& result) {
  return !result && result.error().kind == ErrorKind::internal &&
         result.error().detail.contains("names a customer itself");
}

TEST_F(Refusal, T22_a_filter_change_or_document_that_names_a_customer_is_refused) {
  const auto done = database_->run([](Act& act) -> Result<Done> {
    const Documents things(act, "things", kAcme);
    const Bson naming = document("customer_id", "other");
    const Bson deep =
        document("$or", documents(document("a", 1), document("$and", documents(naming.clone()))));
    for (const Bson* filter : {&naming, &deep}) {
      EXPECT_TRUE(is_refused(things.find(*filter)));
      EXPECT_TRUE(is_refused(things.find_one(*filter)));
      EXPECT_TRUE(is_refused(things.any(*filter)));
      EXPECT_TRUE(is_refused(things.count(*filter)));
      EXPECT_TRUE(is_refused(things.update_one(*filter, document("$set", document("a", 2)))));
      EXPECT_TRUE(is_refused(things.update_many(*filter, document("$set", document("a", 2)))));
      EXPECT_TRUE(is_refused(things.find_and_change(*filter, document("$set", document("a", 2)))));
      EXPECT_TRUE(is_refused(things.remove_one(*filter)));
      EXPECT_TRUE(is_refused(things.remove_many(*filter)));
      EXPECT_TRUE(is_refused(things.insert(*filter)));
    }
    const Bson set = document("$set", naming);
    EXPECT_TRUE(is_refused(things.update_one({}, set)));
    EXPECT_TRUE(is_refused(things.update_many({}, set)));
    EXPECT_TRUE(is_refused(things.find_and_change({}, set)));
    EXPECT_TRUE(is_refused(things.aggregate({}, documents(document("$match", naming)))));
    EXPECT_TRUE(is_refused(
        things.update_one(document("id", 1), document("$set", document("customer_id.a", 1)))));
    return Done{};
  });
  EXPECT_TRUE(done);
}

}  // namespace
}  // namespace herald::mongo
