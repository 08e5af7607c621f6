// The programs on a MongoDB that processes share.
#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>
#include <functional>
#include <optional>
#include <stdexcept>

#include "program/system_clock.h"
#include "store/mongo/documents.h"
#include "store/mongo/mongo_store.h"
#include "tests/program/house.h"
#include "tests/program/mongo_proxy.h"
#include "tests/program/person.h"
#include "tests/store/mongo_rig.h"
#include "tests/store/plain_database.h"

namespace herald::program {
namespace {

class OnMongo : public ::testing::Test {
 protected:
  void SetUp() override {
    if (mongo::test_server().empty()) GTEST_SKIP() << mongo::kNoTestServer;
    place_.emplace();
    settle(house_);
  }
  void settle(House& house) const {
    house.variables["HERALD_MONGODB_URI"] = mongo::patient(place_->uri());
  }
  // Of one installation with that one.
  static void share_secrets(const House& from, House& to) {
    for (const char* name : {"HERALD_JWT_SECRET", "HERALD_INTERNAL_SECRET", "HERALD_VAULT_KEYS"}) {
      to.variables[name] = from.variables.at(name);
    }
  }
  void migrate() {
    const Ended migrated = house_.run({"migrate"});
    ASSERT_EQ(migrated.code, 0) << migrated.err;
  }
  // Runs the command on a slow way to the server, and kills it when `begun` holds.
  void kill_in_the_middle(const std::vector<std::string>& words,
                          const std::function<bool()>& begun) {
    MongoProxy slow(place_->uri());
    slow.be(MongoProxy::Fault::slow);
    house_.variables["HERALD_MONGODB_URI"] = mongo::patient(slow.uri());
    const auto command = house_.begin(words);
    wait_until(words.front() + " to have begun", begun);
    if (command->end(SIGKILL) != -SIGKILL) throw std::runtime_error("it came to its end before");
    settle(house_);
  }
  int count(const char* collection) const {
    const auto counted = place_->open()->run(
        [&](mongo::Act& act) { return mongo::Documents::of_all(act, collection).count({}); });
    return static_cast<int>(counted.value());
  }

  std::optional<mongo::TestDatabase> place_;
  House house_;
};

TEST_F(OnMongo, NothingStartsBeforeTheDatabaseIsMigrated) {
  for (const std::string command : {"serve", "doctor"}) {
    const Ended refused = house_.run({command});
    EXPECT_EQ(refused.code, 1) << command;
    EXPECT_NE(refused.err.find("herald migrate"), std::string::npos) << refused.err;
  }
  const Ended migrated = house_.run({"migrate"});
  EXPECT_EQ(migrated.code, 0) << migrated.err;
  EXPECT_NE(migrated.out.find("056_instagram_credentials\n"), std::string::npos);
  EXPECT_NE(house_.run({"migrate"}).out.find("0 steps taken"), std::string::npos);
  EXPECT_EQ(house_.add_user().code, 0);
}

TEST_F(OnMongo, TheFlagMigratesAtTheStart) {
  house_.variables["HERALD_MIGRATE_AT_START"] = "yes";
  const auto server = house_.serve();
  EXPECT_TRUE(house_.ready());
}

TEST_F(OnMongo, TwoServersServeTheSamePeople) {
  migrate();
  ASSERT_EQ(house_.add_user().code, 0);
  House other;
  settle(other);
  share_secrets(house_, other);
  const auto first = house_.serve();
  const auto second = other.serve();
  const std::string token = house_.sign_in();
  ASSERT_FALSE(token.empty());
  EXPECT_FALSE(other.sign_in().empty());
  const std::string listing = "/api/social-media/posts";
  EXPECT_EQ(house_.get(kGateway, listing, token).status, 200);
  EXPECT_EQ(other.get(kGateway, listing, token).status, 200);
  EXPECT_FALSE(std::filesystem::exists(house_.data() + "/herald.db"));
}

TEST_F(OnMongo, WhatIsConnectedAndPublishedStandsInTheNamedCollectionsWithoutATokenInClear) {
  migrate();
  const auto sandbox = house_.sandbox();
  ASSERT_EQ(house_.add_user().code, 0);
  const auto herald = house_.serve();
  Person mia(house_);
  const auto account = mia.connect("instagram");
  mia.wait_for_post(id_of(mia.create(photo_draft(account, mia.upload_photo(), "hello"))),
                    "published");
  EXPECT_EQ(house_.seen().size(), 1u);
  const auto found = place_->open()->run([](mongo::Act& act) {
    return mongo::Documents(act, "instagram_credentials", CustomerId("bakery")).find({});
  });
  ASSERT_TRUE(found);
  ASSERT_EQ(found->size(), 1u);
  const mongo::Bson& document = found->front();
  EXPECT_EQ(document.at("id").bytes, account);
  for (const char* field : {"user_id", "instagram_user_id", "instagram_username", "grant_id"}) {
    EXPECT_FALSE(document.at(field).bytes.empty()) << field;
  }
  EXPECT_EQ(document.bytes().find("EAA"), std::string_view::npos) << "a token of the platform's";
}

// Who holds a lease may well live: in another process.
TEST_F(OnMongo, AStartEndsNobodysLeases) {
  migrate();
  const auto sandbox = house_.sandbox();
  ASSERT_EQ(house_.add_user().code, 0);
  {
    const auto herald = house_.serve();
    Person mia(house_);
    auto draft = photo_draft(mia.connect("instagram"), mia.upload_photo(), "held");
    draft.as_object()["due_at"] = due_in(std::chrono::hours(1));
    id_of(mia.create(draft));
  }
  const auto elsewhere = MongoStore::open(mongo::patient(place_->uri()), 2).value();
  const Time then = SystemClock().now() + std::chrono::hours(2);
  const auto claimed = elsewhere->claim_due(then, std::chrono::hours(1), 1).value();
  ASSERT_EQ(claimed.size(), 1u);
  const auto herald = house_.serve();
  const Delivery& held = claimed.front();
  const auto renewed =
      elsewhere->renew_lease(held.customer, held.id, held.lease, then + std::chrono::hours(2));
  EXPECT_TRUE(renewed.has_value()) << renewed.error().code;
}

TEST_F(OnMongo, V09_keys_of_another_installation_open_nothing) {
  migrate();
  ASSERT_EQ(house_.add_user().code, 0);  // The first to come leaves the canary.
  House other;                           // With keys of its own.
  settle(other);
  const Ended refused = other.run({"serve"});
  EXPECT_EQ(refused.code, 1);
  EXPECT_NE(refused.err.find("wrapping keys are not the ones"), std::string::npos) << refused.err;
}

TEST_F(OnMongo, MigratingSealsWhatAnEarlierDeploymentLeft) {
  constexpr int kAccounts = 3;
  const auto database = place_->open();
  for (int n = 0; n < kAccounts; ++n) {
    ASSERT_TRUE(write_raw(*database, "instagram_credentials",
                          mongo::plain_document("instagram", "bakery", n)));
  }
  const Ended migrated = house_.run({"migrate"});
  EXPECT_EQ(migrated.code, 0) << migrated.err;
  EXPECT_TRUE(migrated.out.contains("3 accounts of an earlier deployment sealed")) << migrated.out;
  EXPECT_EQ(documents_in_clear(*database), 0);
  EXPECT_FALSE(house_.said().contains(mongo::kPlainMark));
}

TEST_F(OnMongo, SealingThatWasKilledGoesOn) {
  constexpr int kAccounts = 4;
  migrate();
  const auto database = place_->open();
  for (int n = 0; n < kAccounts; ++n) {
    ASSERT_TRUE(write_raw(*database, "instagram_credentials",
                          mongo::plain_document("instagram", "bakery", n)));
  }
  kill_in_the_middle({"migrate"}, [&] { return documents_in_clear(*database) < kAccounts; });
  EXPECT_GT(documents_in_clear(*database), 0);
  // What it had begun is in the way until the server gives it up.
  wait_until("the rest to be sealed", [&] { return house_.run({"migrate"}).code == 0; });
  EXPECT_EQ(documents_in_clear(*database), 0);
  EXPECT_EQ(count("instagram_credentials"), kAccounts);
  EXPECT_EQ(count("grants"), kAccounts) << "a grant of nobody";
}

TEST_F(OnMongo, TheFlagSealsAtTheStart) {
  const auto database = place_->open();
  ASSERT_TRUE(write_raw(*database, "instagram_credentials",
                        mongo::plain_document("instagram", "bakery", 1)));
  house_.variables["HERALD_MIGRATE_AT_START"] = "yes";
  const auto server = house_.serve();
  EXPECT_EQ(documents_in_clear(*database), 0);
}

TEST_F(OnMongo, MigratingEndsWithTheDocumentsThatItCouldNotUnderstand) {
  const auto database = place_->open();
  ASSERT_TRUE(
      write_raw(*database, "reddit_credentials",
                mongo::document("_id", "odd", "access_token", mongo::plain_token("access", 1))));
  const Ended ended = house_.run({"migrate"});
  EXPECT_EQ(ended.code, 1);
  EXPECT_TRUE(ended.err.contains("left as it is: reddit_credentials")) << ended.err;
  EXPECT_TRUE(ended.err.contains("\"odd\"")) << ended.err;
  EXPECT_TRUE(ended.err.contains("1 documents could not be understood")) << ended.err;
  EXPECT_FALSE(house_.said().contains(mongo::kPlainMark));
}

TEST_F(OnMongo, AnInstallationMovesHereFromADataFolderAndItsPeopleSignIn) {
  House old;
  ASSERT_EQ(old.add_user().code, 0);
  const std::string file = old.folder.path() + "/herald.export";
  const Ended written = old.run({"export", file});
  ASSERT_EQ(written.code, 0) << written.err;
  EXPECT_FALSE(std::filesystem::exists(file + ".part"));
  EXPECT_EQ(std::filesystem::status(file).permissions() & std::filesystem::perms::group_read,
            std::filesystem::perms::none);
  share_secrets(old, house_);
  migrate();
  const Ended read = house_.run({"import", file});
  ASSERT_EQ(read.code, 0) << read.err;
  // The same lines, kind by kind.
  EXPECT_TRUE(read.out.contains(written.out.substr(0, written.out.find(file)))) << read.out;
  EXPECT_TRUE(house_.run({"import", file}).err.contains("not empty"));
  const auto server = house_.serve();
  EXPECT_FALSE(house_.sign_in().empty());
}

TEST_F(OnMongo, NothingStartsOnAnImportThatWasKilled) {
  House old;
  ASSERT_EQ(old.add_user().code, 0);
  const std::string file = old.folder.path() + "/herald.export";
  ASSERT_EQ(old.run({"export", file}).code, 0);
  share_secrets(old, house_);
  migrate();
  kill_in_the_middle({"import", file}, [&] { return count("customers") > 0; });
  const Ended refused = house_.run({"serve"});
  EXPECT_EQ(refused.code, 1);
  EXPECT_TRUE(refused.err.contains("import")) << refused.err;
  EXPECT_TRUE(house_.run({"import", file}).err.contains("empty the store"));
  ASSERT_TRUE(place_->open()->run(
      [](mongo::Act& act) { return act.command(mongo::document("dropDatabase", 1)); }));
  migrate();
  const Ended read = house_.run({"import", file});
  EXPECT_EQ(read.code, 0) << read.err;
}

TEST_F(OnMongo, WithoutTheVaultKeyNothingIsMigrated) {
  house_.variables.erase("HERALD_VAULT_KEYS");
  const Ended ended = house_.run({"migrate"});
  EXPECT_EQ(ended.code, 78);
  EXPECT_TRUE(ended.err.contains("HERALD_VAULT_KEY")) << ended.err;
}

TEST_F(OnMongo, AnAddressThatIsNoneIsAFaultOfTheSettings) {
  house_.variables["HERALD_MONGODB_URI"] = "postgres://ann:secret@host/db";
  const Ended refused = house_.run({"serve"});
  EXPECT_EQ(refused.code, 78);
  EXPECT_NE(refused.err.find("HERALD_MONGODB_URI"), std::string::npos);
  EXPECT_EQ(house_.said().find("secret@"), std::string::npos) << "it may hold a password";
}

}  // namespace
}  // namespace herald::program
