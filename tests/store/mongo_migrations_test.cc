#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "store/mongo/documents.h"
#include "store/mongo/errors.h"
#include "store/mongo/migrations.h"
#include "tests/store/mongo_rig.h"

namespace herald::mongo {
namespace {

constexpr Time kNow{Duration{1'800'000'000'000}};
const CustomerId kAcme("acme");

TEST(MongoMigrations, TheStepsGoOnFromThoseOfEarlierDeployments) {
  const auto all = mongodb_migrations();
  int number = 56;
  for (const char* platform :
       {"instagram", "tiktok", "twitter", "linkedin", "facebook", "reddit", "youtube"}) {
    const Migration& step = all[static_cast<std::size_t>(number - 56)];
    EXPECT_EQ(step.number, number);
    EXPECT_EQ(step.name, "0" + std::to_string(number) + "_" + platform + "_credentials");
    ++number;
  }
  for (std::size_t i = 1; i < all.size(); ++i) EXPECT_EQ(all[i].number, all[i - 1].number + 1);
}

// What may lead an index without a customer: looked up before it is known whose it is, or by the
// workers and sweepers, which serve all customers.
const std::set<std::string> kGlobal{"users.email",
                                    "sessions.id",
                                    "sessions.expires_at",
                                    "oauth_flows.state_hash",
                                    "oauth_flows.expires_at",
                                    "grants.refresh_due_at",
                                    "grants.platform",
                                    "accounts.platform",
                                    "account_facts.asked_at",
                                    "media.created_at",
                                    "media.touched_at",
                                    "posts.created_at",
                                    "deliveries.claim_at",
                                    "deliveries.state",
                                    "follow_ups.claim_at",
                                    "follow_ups.updated_at",
                                    "attempts.started_at",
                                    "measurements.due_at",
                                    "measurements.lease_until",
                                    "account_metrics.day",
                                    "account_metrics.expires_at",
                                    "post_metrics.day",
                                    "post_metrics.expires_at",
                                    "audit.at"};

TEST(MongoMigrations, EveryUniqueIndexBeginsWithTheCustomerAndTheOthersAreListed) {
  std::set<std::string> found;
  for (const Migration& step : mongodb_migrations()) {
    const auto text = Bson::from_json(step.text);
    ASSERT_TRUE(text) << step.name;
    for (const Field& command : fields_of(text->at("commands").bytes)) {
      const Bson made(command.value.bytes);
      for (const Field& index : fields_of(made.at("indexes").bytes)) {
        const Bson one(index.value.bytes);
        const std::string first(fields_of(one.at("key").bytes).front().name);
        if (first == "customer_id") continue;
        const std::string name = std::string(made.at("createIndexes").bytes) + "." + first;
        EXPECT_TRUE(one.at("unique").integer == 0 || name == "users.email") << name;
        found.insert(name);
      }
    }
  }
  EXPECT_EQ(found, kGlobal);
}

class MongoMigrationsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (test_server().empty()) GTEST_SKIP() << kNoTestServer;
    place_.emplace();
    database_ = place_->open();
  }
  Result<Done> insert(const char* collection, const Bson& document) {
    return database_->run(
        [&](Act& act) { return Documents(act, collection, kAcme).insert(document); });
  }
  std::int64_t noted() {
    return database_
        ->run([](Act& act) { return Documents::of_all(act, "schema_migrations").count({}); })
        .value();
  }

  std::optional<TestDatabase> place_;
  std::unique_ptr<Database> database_;
};

TEST_F(MongoMigrationsTest, AFreshDatabaseIsRefusedUntilTheyRanAndTakenAfterwards) {
  const auto before = check_migrated(*database_, mongodb_migrations());
  ASSERT_FALSE(before);
  EXPECT_EQ(before.error().code, "store_is_older");
  EXPECT_NE(before.error().message.find("herald migrate"), std::string::npos);
  const auto done = migrate(*database_, mongodb_migrations(), kNow);
  ASSERT_TRUE(done) << done.error().detail;
  EXPECT_EQ(done->size(), mongodb_migrations().size());
  EXPECT_TRUE(check_migrated(*database_, mongodb_migrations()));
  // Their indexes are there: nobody has two keys of one number.
  EXPECT_TRUE(insert("data_keys", document("number", 1)));
  const auto second = insert("data_keys", document("number", 1));
  ASSERT_FALSE(second);
  EXPECT_TRUE(is_duplicate(second.error()));
}

TEST_F(MongoMigrationsTest, TheSecondRunHasNothingToDo) {
  ASSERT_TRUE(migrate(*database_, mongodb_migrations(), kNow));
  const auto again = migrate(*database_, mongodb_migrations(), kNow);
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->empty());
}

TEST_F(MongoMigrationsTest, TwoAtOnceBothSucceedAndNoteEachStepOnce) {
  std::vector<std::string> faults(2);
  {
    std::vector<std::jthread> both;
    for (std::string& fault : faults) {
      both.emplace_back([&] {
        const auto own = place_->open();
        const auto done = migrate(*own, mongodb_migrations(), kNow);
        if (!done) fault = done.error().detail + done.error().message;
      });
    }
  }
  EXPECT_EQ(faults, std::vector<std::string>(2));
  EXPECT_EQ(noted(), std::ssize(mongodb_migrations()));
  EXPECT_TRUE(check_migrated(*database_, mongodb_migrations()));
}

TEST_F(MongoMigrationsTest, WhatWasCutOffIsTakenUpAgain) {
  const auto all = mongodb_migrations();
  ASSERT_TRUE(migrate(*database_, all.first(3), kNow));
  EXPECT_FALSE(check_migrated(*database_, all));
  // As if the process had died between a step's commands and its note.
  ASSERT_TRUE(
      database_->run([](Act& act) { return act.command(document("create", "customers")); }));
  const auto rest = migrate(*database_, all, kNow);
  ASSERT_TRUE(rest) << rest.error().detail;
  EXPECT_EQ(rest->size(), all.size() - 3);
  EXPECT_EQ(rest->front(), all[3].name);
}

TEST_F(MongoMigrationsTest, ADatabaseOfANewerOrAnotherHeraldIsLeftAlone) {
  const auto all = mongodb_migrations();
  ASSERT_TRUE(migrate(*database_, all.first(3), kNow));
  const auto newer = migrate(*database_, all.first(2), kNow);
  ASSERT_FALSE(newer);
  EXPECT_EQ(newer.error().code, "store_is_newer");
  std::vector<Migration> edited(all.begin(), all.begin() + 3);
  edited[1].text = R"({"commands": []})";
  const auto differs = migrate(*database_, edited, kNow);
  ASSERT_FALSE(differs);
  EXPECT_EQ(differs.error().code, "store_differs");
}

TEST_F(MongoMigrationsTest, StepsBeforeOursAreSomebodyElsesAndDoNotMatter) {
  ASSERT_TRUE(database_->run([](Act& act) {
    return act.command(document("insert", "schema_migrations", "documents",
                                documents(document("_id", 55, "name", "055_whatever"))));
  }));
  EXPECT_TRUE(migrate(*database_, mongodb_migrations(), kNow));
  EXPECT_TRUE(check_migrated(*database_, mongodb_migrations()));
}

}  // namespace
}  // namespace herald::mongo
