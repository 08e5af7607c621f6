// Two processes' stores on the same accounts and grants at once: whatever goes through, what is
// stored fits together.

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "domain/delivery_rules.h"
#include "store/mongo/mongo_store.h"
#include "tests/store/actor.h"
#include "tests/store/mongo_kind.h"
#include "tests/store/mongo_rig.h"
#include "tests/store/store_test.h"

namespace herald {
namespace {

constexpr int kAccounts = 3;
constexpr int kGrants = 2;
constexpr int kKeys = 8;

class MongoAccountRace : public ::testing::Test {
 protected:
  MongoAccountRace() {
    if (!has_mongo()) return;
    const std::string uri = mongo_database_of(folder_.path());
    for (int i = 0; i < 2; ++i) stores_.push_back(MongoStore::open(uri, 4).value());
  }

  // Three workers of each store, each with a chance of its own.
  template <class Work>
  void race(Work work) {
    std::vector<std::thread> workers;
    for (int i = 0; i < 6; ++i) {
      Store& store = *stores_[static_cast<std::size_t>(i % 2)];
      workers.emplace_back(
          [&store, work, i] { work(store, Chance(static_cast<std::uint64_t>(i + 1)), i); });
    }
    for (std::thread& worker : workers) worker.join();
  }

  Result<std::vector<Account>> connect(Store& store, Chance& chance) {
    Connection connection{.grant = sample_grant("acme", chance.name("g", kGrants)), .accounts = {}};
    for (int i = 0; i < kAccounts; ++i) {
      if (chance.one_in(2)) continue;
      connection.accounts.push_back(
          sample_account("acme", "a" + std::to_string(i), connection.grant.id.value));
    }
    return store.connect(acme_, connection);
  }

  const CustomerScope acme_ = scope("acme");
  TemporaryFolder folder_;
  std::vector<std::unique_ptr<MongoStore>> stores_;
};

TEST_F(MongoAccountRace, WhatIsStoredOfAccountsGrantsAndPostsFitsTogether) {
  if (!has_mongo()) GTEST_SKIP() << mongo::kNoTestServer;
  std::mutex mutex;
  std::map<std::string, PostId> created;  // By key.
  std::atomic<int> made = 0;
  race([&](Store& store, Chance chance, int worker) {
    for (int step = 0; step < 25; ++step) {
      const int what = chance.below(6);
      const std::string account = chance.name("a", kAccounts);
      if (what <= 1) {
        const auto connected = connect(store, chance);
        EXPECT_TRUE(connected.has_value()) << show(connected.error());
      } else if (what == 2) {
        const auto removed = store.remove_account(acme_, AccountId(account), at(step));
        if (!removed) {
          EXPECT_EQ(removed.error().kind, ErrorKind::not_found) << show(removed.error());
        }
      } else {
        const std::string id = "p" + std::to_string(worker) + "_" + std::to_string(step);
        const Post post = sample_post("acme", id, {account}, at(step));
        const std::string key = chance.name("key", kKeys);
        const auto done = store.create_post(acme_, post, deliveries_for(post), {key, "same"}, {});
        if (!done) {
          EXPECT_EQ(done.error().kind, ErrorKind::not_found) << show(done.error());
          continue;
        }
        const std::scoped_lock lock(mutex);
        EXPECT_EQ(created.emplace(key, done->id).first->second, done->id) << "two of one key";
        if (!done->replayed) ++made;
      }
    }
  });

  Store& store = *stores_[0];
  EXPECT_EQ(static_cast<std::size_t>(made), created.size());
  EXPECT_GT(created.size(), 0u);
  std::set<AccountId> accounts;
  std::set<GrantId> stood_on;
  const auto listed = store.list_accounts(acme_, {}, {}).value();
  for (const Account& account : listed) {
    accounts.insert(account.id);
    stood_on.insert(account.grant);
    EXPECT_EQ(show(store.find_account(acme_, account.id)), show(account));
  }
  for (int i = 0; i < kGrants; ++i) {
    const GrantId id("g" + std::to_string(i));
    const auto grant = store.find_grant(acme_, id);
    if (!grant) {
      EXPECT_FALSE(stood_on.contains(id)) << "accounts stand on a grant that is gone";
    } else {
      // A consent that names no account at all stands until somebody disconnects.
      EXPECT_TRUE(grant->state == GrantState::live || !stood_on.contains(id));
      EXPECT_EQ(grant->sealed_tokens.empty(), grant->state == GrantState::revoked);
    }
  }
  for (const auto& [key, post] : created) {
    for (const Delivery& row : store.deliveries_of(acme_, post).value()) {
      EXPECT_TRUE(accounts.contains(row.account) || row.state == DeliveryState::cancelled)
          << row.id.value << " goes to an account that is gone";
    }
  }
}

TEST_F(MongoAccountRace, AGrantHasOneHolderAndEveryVersionIsWrittenOnce) {
  if (!has_mongo()) GTEST_SKIP() << mongo::kNoTestServer;
  const Connection connection{.grant = sample_grant("acme", "g0"),
                              .accounts = {sample_account("acme", "a0", "g0")}};
  EXPECT_DONE(stores_[0]->connect(acme_, connection));
  std::mutex mutex;
  std::set<std::int64_t> leases;
  std::map<std::int64_t, std::string> versions;
  std::atomic<int> clock = 100;
  race([&](Store& store, Chance chance, int worker) {
    for (int step = 0; step < 40; ++step) {
      const Time now = at(++clock);
      const Grant seen = store.find_grant(acme_, GrantId("g0")).value();
      const auto leased = store.lease_grant(acme_, seen.id, seen.version, now, Duration(15));
      if (leased) {
        const std::scoped_lock lock(mutex);
        EXPECT_TRUE(leases.insert(leased->lease).second) << "leased twice";
      }
      Grant answer = leased ? *leased : seen;  // A late answer may come without the lease.
      if (!leased && !chance.one_in(4)) continue;
      if (leased && chance.one_in(3)) {
        (void)store.release_grant(acme_, seen.id, leased->lease);
        continue;
      }
      if (leased) (void)store.begin_refresh(acme_, seen.id, seen.version, leased->lease, now);
      answer.sealed_tokens = std::to_string(worker) + "." + std::to_string(step);
      const auto saved = store.save_grant(answer, answer.version);
      if (!saved) continue;
      const std::scoped_lock lock(mutex);
      EXPECT_TRUE(versions.emplace(saved->version, answer.sealed_tokens).second)
          << "two answers were kept as version " << saved->version;
    }
  });
  const Grant last = stores_[1]->find_grant(acme_, GrantId("g0")).value();
  ASSERT_FALSE(versions.empty());
  EXPECT_EQ(last.version, 1 + static_cast<std::int64_t>(versions.size()));
  EXPECT_EQ(last.version, versions.rbegin()->first);
  EXPECT_EQ(last.sealed_tokens, versions.rbegin()->second);
  EXPECT_EQ(last.lease, static_cast<std::int64_t>(leases.size()));
}

}  // namespace
}  // namespace herald
