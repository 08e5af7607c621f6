// Acts that change nothing in common but a guard, many at once.

#include "store/mongo/guard.h"

#include <barrier>
#include <thread>

#include "store/mongo/errors.h"
#include "tests/store/mongo_kind.h"
#include "tests/store/mongo_rig.h"
#include "tests/store/show.h"
#include "tests/store/store_test.h"

namespace herald::mongo {
namespace {

using namespace std::literals;

constexpr int kWorkers = 6;
constexpr int kGuards = 10;
constexpr int kWrites = 5;
constexpr int kManyLosses = 200;  // With the pauses between them, seconds.

TEST(MongoGuard, OfManyThatPassANewGuardAtOnceNobodyLosesOut) {
  if (!has_mongo()) GTEST_SKIP() << kNoTestServer;
  const TemporaryFolder folder;
  const auto database = Database::open(mongo_database_of(folder.path()), kWorkers).value();
  const CustomerId acme("acme");
  std::barrier together(kWorkers);
  const auto pass_all = [&] {
    for (int i = 0; i < kGuards; ++i) {
      together.arrive_and_wait();
      EXPECT_DONE(database->run_as_one([&](Act& act) -> Result<Done> {
        HERALD_CHECK(guard(act, acme, "account", std::to_string(i)));
        // As an act does that has more to write.
        for (int k = 0; k < kWrites; ++k) {
          HERALD_CHECK(
              Documents(act, "posts", acme)
                  .update_many(document("id", "none"), document("$inc", document("n", 1))));
        }
        return Done{};
      }));
    }
  };
  {
    std::vector<std::jthread> workers;
    for (int i = 0; i < kWorkers; ++i) workers.emplace_back(pass_all);
  }
  const auto guards =
      database->run([&](Act& act) { return Documents(act, "guards", acme).find({}); }).value();
  EXPECT_EQ(guards.size(), static_cast<std::size_t>(kGuards));
  for (const Bson& one : guards) EXPECT_EQ(one.at("passed").integer, kWorkers);
}

TEST(MongoGuard, WhoLosesAllTheTimeIsRefusedAfterTheTimeOfAServerThatIsGone) {
  if (!has_mongo()) GTEST_SKIP() << kNoTestServer;
  const TestDatabase fresh;
  const std::string wait =
      (fresh.uri().find('?') == std::string::npos ? "?" : "&") + "serverSelectionTimeoutMS="s;
  const auto losses_within = [&](const std::string& ms) {
    const auto database = Database::open(fresh.uri() + wait + ms, 1).value();
    int losses = 0;
    const auto done = database->run_as_one([&](Act& act) -> Result<Done> {
      if (++losses > kManyLosses) return Done{};
      return act.try_again();
    });
    EXPECT_EQ(done.has_value(), losses > kManyLosses);
    if (!done) EXPECT_TRUE(is_busy(done.error())) << show(done.error());
    return losses;
  };
  EXPECT_LT(losses_within("200"), kManyLosses);
  EXPECT_GT(losses_within("600000"), kManyLosses);
}

}  // namespace
}  // namespace herald::mongo
