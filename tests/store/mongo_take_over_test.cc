// Accounts that an earlier deployment left in the clear become accounts like any other.
#include <functional>
#include <thread>

#include "app/take_over.h"
#include "app/token_sealing.h"
#include "crypto/system_random.h"
#include "crypto/vault_sealer.h"
#include "crypto/wrapping_keys.h"
#include "platforms/list.h"
#include "store/mongo/migrations.h"
#include "store/mongo/mongo_store.h"
#include "testing/fake_clock.h"
#include "tests/store/plain_database.h"
#include "tests/store/store_test.h"

namespace herald {
namespace {

using mongo::Bson;
using mongo::document;
using mongo::plain_document;
using mongo::plain_token;

Registrations every_platform() {
  std::vector<Registration> all;
  for (const Platform* platform : all_platforms()) {
    Registration one;
    one.platform = platform;
    one.name = platform->spec->registration;
    all.push_back(std::move(one));
  }
  return Registrations(std::move(all));
}

// A process of its own on the database.
struct Side {
  Side(const std::string& uri, const std::string& keys)
      : wrapping(WrappingKeys::parse(keys).value()),
        store(MongoStore::open(uri, 4, kFirstFigures, MongoStore::Pace::moving).value()),
        sealer(*store, wrapping, clock, random) {}

  Result<TakenOver> take_over() { return take_over_with(*store); }
  Result<TakenOver> take_over_with(PlainAccounts& accounts) {
    return take_over_plain_accounts({accounts, sealer, clock, random}, registrations);
  }

  testing::FakeClock clock;
  SystemRandom random;
  WrappingKeys wrapping;
  std::unique_ptr<MongoStore> store;
  VaultSealer sealer;
  Registrations registrations = every_platform();
};

// The store, until it has taken over so many: then it is as good as dead.
class Failing final : public PlainAccounts {
 public:
  Failing(PlainAccounts& real, int after) : real_(real), left_(after) {}
  Result<bool> any_plain_account(const std::vector<PlatformId>& platforms) override {
    return real_.any_plain_account(platforms);
  }
  Result<Done> each_plain_account(
      const std::vector<PlatformId>& platforms,
      const std::function<Result<Done>(const PlainAccount&)>& take) override {
    return real_.each_plain_account(platforms, take);
  }
  Result<TakeOver> take_over(const PlainAccount& plain, const Connection& connection) override {
    if (left_-- == 0) return fail(ErrorKind::unavailable, "The store is gone.");
    return real_.take_over(plain, connection);
  }

 private:
  PlainAccounts& real_;
  int left_;
};

const std::vector<std::string>& earlier_platforms() {
  static const std::vector<std::string> all{"instagram", "tiktok",   "twitter",
                                            "linkedin",  "facebook", "reddit"};
  return all;
}

class MongoTakeOver : public ::testing::Test {
 protected:
  void SetUp() override {
    if (mongo::test_server().empty()) GTEST_SKIP() << mongo::kNoTestServer;
    place_.emplace();
    database_ = place_->open();
    ASSERT_TRUE(migrate(*database_, mongo::mongodb_migrations(), at(0)));
    keys_ = make_wrapping_key("k1", random_);
    side_ = std::make_unique<Side>(place_->uri(), keys_);
  }

  void write(const std::string& platform, const Bson& stored) {
    EXPECT_DONE(write_raw(*database_, platform + "_credentials", stored));
  }
  // So many of each platform, in turns of two customers.
  int write_many(int each) {
    int n = 0;
    for (const auto& platform : earlier_platforms()) {
      for (int i = 0; i < each; ++i, ++n) {
        write(platform, plain_document(platform, n % 2 == 0 ? "acme" : "bolt", n));
      }
    }
    return n;
  }
  int in_clear() { return documents_in_clear(*database_); }
  std::vector<Account> accounts(const std::string& customer) {
    return side_->store->list_accounts(scope(customer), {}, {}).value();
  }
  Grant grant_of(const Account& account) {
    return side_->store->find_grant(ScopeAuthority::of(account.customer), account.grant).value();
  }
  std::string opened(const Account& account, const std::string& kind) {
    auto tokens = open_tokens(side_->sealer, grant_of(account));
    return tokens ? std::string(tokens->at(kind).secret.reveal()) : show(tokens.error());
  }
  // Each of the `count` people of write_many() has one account whose tokens are theirs.
  void expect_all_taken(int count) {
    EXPECT_EQ(in_clear(), 0);
    std::set<std::string> users;
    for (const char* customer : {"acme", "bolt"}) {
      for (const Account& account : accounts(customer)) {
        EXPECT_TRUE(users.insert(account.user.value).second) << account.user.value;
        const int n = std::stoi(account.user.value.substr(5));
        EXPECT_EQ(account.remote_id, std::to_string(17'000 + n));
        EXPECT_EQ(account.username, "name" + std::to_string(n));
        EXPECT_EQ(opened(account, "access"), plain_token("access", n));
        EXPECT_EQ(opened(account, "refresh"), plain_token("refresh", n));
      }
    }
    EXPECT_EQ(std::ssize(users), count);
    const auto grants = database_->run(
        [](mongo::Act& act) { return mongo::Documents::of_all(act, "grants").count({}); });
    EXPECT_EQ(*grants, count) << "a grant of nobody";
  }

  std::optional<mongo::TestDatabase> place_;
  std::unique_ptr<mongo::Database> database_;
  SystemRandom random_;
  std::string keys_;
  std::unique_ptr<Side> side_;
};

TEST_F(MongoTakeOver, V01_NoTokenIsLeftInTheClearAndEachOpensToWhatItWas) {
  const int count = write_many(4);
  ASSERT_EQ(in_clear(), count);
  ASSERT_TRUE(side_->store->any_plain_account(platforms_of(side_->registrations)).value());
  const auto taken = side_->take_over();
  ASSERT_TRUE(taken) << show(taken.error());
  EXPECT_EQ(taken->taken, count);
  EXPECT_TRUE(taken->left.empty());
  EXPECT_FALSE(side_->store->any_plain_account(platforms_of(side_->registrations)).value());
  expect_all_taken(count);
  const auto again = side_->take_over();
  ASSERT_TRUE(again);
  EXPECT_EQ(again->taken, 0);
  expect_all_taken(count);
}

TEST_F(MongoTakeOver, V01_AnotherCustomersKeyOpensNoneOfThem) {
  write_many(1);
  ASSERT_TRUE(side_->take_over());
  for (const Account& account : accounts("acme")) {
    Grant moved = grant_of(account);
    moved.customer = CustomerId("bolt");
    EXPECT_FALSE(open_tokens(side_->sealer, moved));
  }
  EXPECT_FALSE(accounts("bolt").empty()) << "it has a key";
}

TEST_F(MongoTakeOver, TheAccountIsAsOneThatWasConnectedHere) {
  Bson stored = plain_document("tiktok", "acme", 7);
  put(stored, "scopes", std::vector<std::string>{"video.publish", "video.list"});
  put(stored, "created_at", at(5));
  put(stored, "token_answer", document("access_token", plain_token("access", 7)));
  write("tiktok", stored);
  ASSERT_TRUE(side_->take_over());
  const auto found = accounts("acme");
  ASSERT_EQ(found.size(), 1u);
  const Grant grant = grant_of(found.front());
  EXPECT_EQ(found.front().connected_at, at(5));
  EXPECT_EQ(grant.state, GrantState::live);
  EXPECT_EQ(grant.registration, "main");
  EXPECT_EQ(grant.scopes, (std::vector<std::string>{"video.publish", "video.list"}));
  EXPECT_EQ(grant.access_expires_at, Time{Duration{1'900'000'000'000}});
  EXPECT_FALSE(side_->store->claim_measurements(side_->clock.now(), Duration(1'000), 1)->empty())
      << "its figures are to be read";
  // The same document, with what others kept in it, and without what repeated a token.
  const auto documents = database_->run([](mongo::Act& act) {
    return mongo::Documents(act, "tiktok_credentials", CustomerId("acme")).find({});
  });
  ASSERT_EQ(documents->size(), 1u);
  EXPECT_EQ(documents->front().at("_id").bytes, "old-acme-7");
  EXPECT_EQ(documents->front().at("note").bytes, "kept by somebody else");
  EXPECT_EQ(in_clear(), 0);
}

TEST_F(MongoTakeOver, WhatIsNotRecordedIsWhatNobodyIsConnectedWithout) {
  write("twitter", document("customer_id", "acme", "user_id", "user_1", "twitter_user_id", 4'711,
                            "access_token", plain_token("access", 1)));
  ASSERT_TRUE(side_->take_over());
  const auto found = accounts("acme");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found.front().remote_id, "4711");
  const Grant grant = grant_of(found.front());
  const PlatformSpec& spec = *find_platform(PlatformId("twitter"))->spec;
  ASSERT_FALSE(grant.scopes.empty());
  for (const auto& one : spec.scopes) {
    EXPECT_EQ(std::ranges::count(grant.scopes, one.name), one.required ? 1 : 0) << one.name;
  }
  EXPECT_FALSE(grant.access_expires_at);
  EXPECT_FALSE(grant.ends_at);
}

TEST_F(MongoTakeOver, WhatCannotBeUnderstoodIsLeftAndNamedWithoutItsToken) {
  write("reddit", document("_id", "odd-1", "user_id", "u", "reddit_user_id", "r", "access_token",
                           plain_token("access", 1)));
  write("reddit", document("_id", "odd-2", "customer_id", "acme", "reddit_user_id", "r",
                           "access_token", plain_token("access", 2)));
  write("reddit", document("_id", "odd-3", "customer_id", "acme", "user_id", "u", "access_token",
                           plain_token("access", 3)));
  write("reddit", document("_id", "odd-4", "customer_id", "acme", "user_id", "u", "reddit_user_id",
                           "r", "access_token", 12));
  write("reddit", plain_document("reddit", "acme", 5));
  const auto taken = side_->take_over();
  ASSERT_TRUE(taken) << show(taken.error());
  EXPECT_EQ(taken->taken, 1);
  ASSERT_EQ(taken->left.size(), 4u);
  const std::vector<std::string> why{"customer_id", "user_id", "reddit_user_id", "access_token"};
  for (std::size_t i = 0; i < 4; ++i) {
    const std::string name = "odd-" + std::to_string(i + 1);
    const auto one = std::ranges::find_if(
        taken->left, [&](const std::string& text) { return text.contains(name); });
    ASSERT_NE(one, taken->left.end()) << name;
    EXPECT_TRUE(one->starts_with("reddit_credentials ")) << *one;
    EXPECT_TRUE(one->contains(why[i])) << *one;
    EXPECT_FALSE(one->contains(mongo::kPlainMark)) << *one;
  }
  EXPECT_EQ(in_clear(), 3);
  EXPECT_EQ(side_->take_over()->left.size(), 4u);
}

TEST_F(MongoTakeOver, WhatEndedInTheMiddleGoesOn) {
  const int count = write_many(3);
  Failing dying(*side_->store, 7);
  EXPECT_FALSE(side_->take_over_with(dying));
  EXPECT_EQ(in_clear(), count - 7);
  const auto rest = side_->take_over();
  ASSERT_TRUE(rest) << show(rest.error());
  EXPECT_EQ(rest->taken, count - 7);
  expect_all_taken(count);
}

TEST_F(MongoTakeOver, TwoAtOnceTakeEachOnce) {
  const int count = write_many(5);
  Side other(place_->uri(), keys_);
  Result<TakenOver> first = TakenOver{}, second = TakenOver{};
  {
    const std::jthread one([&] { first = side_->take_over(); });
    const std::jthread two([&] { second = other.take_over(); });
  }
  ASSERT_TRUE(first) << show(first.error());
  ASSERT_TRUE(second) << show(second.error());
  EXPECT_EQ(first->taken + second->taken, count);
  EXPECT_EQ(first->connected + second->connected, 0);
  expect_all_taken(count);
}

TEST_F(MongoTakeOver, AnAccountThatIsConnectedKeepsItsTokensAndTheOtherDocumentLosesThem) {
  write("reddit", plain_document("reddit", "acme", 1));
  ASSERT_TRUE(side_->take_over());
  Bson double_one = document("_id", "second", "access_token", plain_token("access", 2));
  for (const char* field : {"customer_id", "user_id", "reddit_user_id"}) {
    double_one.add_copy(field, plain_document("reddit", "acme", 1), field);
  }
  write("reddit", double_one);
  const auto taken = side_->take_over();
  ASSERT_TRUE(taken) << show(taken.error());
  EXPECT_EQ(taken->taken, 0);
  EXPECT_EQ(taken->connected, 1);
  ASSERT_EQ(accounts("acme").size(), 1u);
  EXPECT_EQ(opened(accounts("acme").front(), "access"), plain_token("access", 1));
  EXPECT_EQ(in_clear(), 0);
}

TEST_F(MongoTakeOver, TokensThatWereWrittenIntoOurDocumentAfterwardsAreTheNewerOnes) {
  write("reddit", plain_document("reddit", "acme", 1));
  ASSERT_TRUE(side_->take_over());
  const Account before = accounts("acme").front();
  const auto set = document("$set", document("access_token", plain_token("access", 9)));
  ASSERT_TRUE(database_->run([&](mongo::Act& act) {
    return mongo::Documents(act, "reddit_credentials", CustomerId("acme")).update_one({}, set);
  }));
  const auto taken = side_->take_over();
  ASSERT_TRUE(taken) << show(taken.error());
  EXPECT_EQ(taken->taken, 1);
  const Account after = accounts("acme").front();
  EXPECT_EQ(after.id, before.id);
  EXPECT_EQ(opened(after, "access"), plain_token("access", 9));
  EXPECT_GT(grant_of(after).version, 1) << "what was parked under the old tokens resumes";
  EXPECT_FALSE(side_->store->find_grant(scope("acme"), before.grant)) << "nobody stands on it";
  EXPECT_EQ(in_clear(), 0);
}

}  // namespace
}  // namespace herald
