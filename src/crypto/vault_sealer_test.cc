#include "crypto/vault_sealer.h"

#include <gtest/gtest.h>

#include <thread>

#include "crypto/system_random.h"
#include "testing/fake_clock.h"
#include "testing/memory_key_store.h"
#include "testing/seeded_random.h"

namespace herald {
namespace {

WrappingKeys wrapping_keys(std::uint64_t seed = 1) {
  testing::SeededRandom random(seed);
  return WrappingKeys::parse(make_wrapping_key("k1", random)).value();
}

SealContext context(const std::string& customer = "cust_a") {
  return {CustomerId(customer), "grant", "instagram", "grant_1", "access"};
}

// What a caller can see of a failure.
std::tuple<ErrorKind, std::string, std::string, std::string> face(const Result<Secret>& opened) {
  return opened
             ? std::tuple(ErrorKind::conflict, std::string("opened"), std::string(), std::string())
             : std::tuple(opened.error().kind, opened.error().message, opened.error().detail,
                          opened.error().code);
}

class VaultSealerTest : public ::testing::Test {
 protected:
  bool opens(const SealContext& where, std::string_view sealed) {
    return vault_.open(where, sealed).has_value();
  }

  testing::MemoryKeyStore store_;
  testing::FakeClock clock_;
  SystemRandom random_;
  WrappingKeys wrapping_ = wrapping_keys();
  VaultSealer vault_{store_, wrapping_, clock_, random_};
};

TEST_F(VaultSealerTest, WhatIsSealedOpensInItsPlace) {
  for (const std::size_t size : {0u, 1u, 31u, 32u, 33u, 2048u, 100'000u}) {
    const std::string plain(size, 'x');
    const auto sealed = vault_.seal(context(), plain);
    ASSERT_TRUE(sealed) << sealed.error().detail;
    EXPECT_EQ(sealed->find("xxxx"), std::string::npos);
    const auto opened = vault_.open(context(), *sealed);
    ASSERT_TRUE(opened) << opened.error().detail;
    EXPECT_EQ(opened->reveal(), plain);
  }
  const std::string nulls("\0\x80\0", 3);
  EXPECT_EQ(vault_.open(context(), *vault_.seal(context(), nulls))->reveal(), nulls);
}

TEST_F(VaultSealerTest, V01_NothingOpensInAnotherPlace) {
  std::vector<SealContext> grid;
  for (const auto* customer : {"a", "b", "ab"}) {
    for (const auto* owner : {"1", "2", "12"}) {
      for (const auto* platform : {"x", "y"}) {
        for (const auto* kind : {"access", "refresh"}) {
          grid.push_back({CustomerId(customer), "grant", platform, owner, kind});
        }
      }
    }
  }
  std::vector<std::string> records;
  for (const auto& place : grid) records.push_back(vault_.seal(place, "token").value());
  int tried = 0;
  for (std::size_t i = 0; i < grid.size(); ++i) {
    for (std::size_t j = 0; j < grid.size(); ++j, ++tried) {
      EXPECT_EQ(opens(grid[i], records[j]), i == j) << i << " " << j;
    }
  }
  EXPECT_EQ(tried, 36 * 36);
}

TEST_F(VaultSealerTest, V01_FieldsDoNotRunIntoEachOther) {
  const auto sealed = vault_.seal({CustomerId("a"), "grant", "x", "yz", "k"}, "token").value();
  EXPECT_TRUE(opens({CustomerId("a"), "grant", "x", "yz", "k"}, sealed));
  EXPECT_FALSE(opens({CustomerId("a"), "grant", "xy", "z", "k"}, sealed));
  EXPECT_FALSE(opens({CustomerId("a"), "grantx", "", "yz", "k"}, sealed));
  EXPECT_FALSE(opens({CustomerId("a"), "progress", "x", "yz", "k"}, sealed));
}

TEST_F(VaultSealerTest, V02_NoFlippedBitOpens) {
  for (const auto* plain : {"", "token", "a token that takes more than one bucket of 32 bytes"}) {
    const auto sealed = vault_.seal(context(), plain).value();
    for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
      auto flipped = sealed;
      flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
      ASSERT_FALSE(opens(context(), flipped)) << bit;
    }
  }
}

TEST_F(VaultSealerTest, V03_NoOtherLengthOpens) {
  const auto sealed = vault_.seal(context(), "token").value();
  for (std::size_t size = 0; size < sealed.size(); ++size) {
    ASSERT_FALSE(opens(context(), std::string_view(sealed).substr(0, size))) << size;
  }
  EXPECT_FALSE(opens(context(), sealed + std::string(1, '\0')));
  EXPECT_FALSE(opens(context(), sealed + sealed));
}

TEST_F(VaultSealerTest, V06_EqualTextsDifferAndLengthsTellABucket) {
  const auto sealed = vault_.seal(context(), "token").value();
  EXPECT_NE(sealed, vault_.seal(context(), "token").value());
  const auto length = [&](std::size_t size) {
    return vault_.seal(context(), std::string(size, 'x'))->size();
  };
  for (std::size_t size = 0; size < 32; ++size) EXPECT_EQ(length(size), length(0)) << size;
  for (std::size_t size = 32; size < 64; ++size) EXPECT_EQ(length(size), length(0) + 32) << size;
}

TEST_F(VaultSealerTest, V16_EveryRefusalLooksTheSame) {
  const auto sealed = vault_.seal(context(), "token").value();
  const auto with = [&](std::size_t at, char value) {
    auto changed = sealed;
    changed[at] = value;
    return changed;
  };
  testing::MemoryKeyStore other_store;
  VaultSealer other(other_store, wrapping_, clock_, random_);
  static_cast<void>(vault_.seal(context("cust_b"), "token"));

  const auto expected = face(vault_.open(context(), ""));
  EXPECT_EQ(std::get<0>(expected), ErrorKind::internal);
  EXPECT_EQ(face(vault_.open(context("cust_b"), sealed)), expected);  // Wrong place.
  EXPECT_EQ(face(vault_.open(context("cust_without_keys"), sealed)), expected);
  EXPECT_EQ(face(vault_.open(context(), *other.seal(context(), "token"))), expected);  // Wrong key.
  EXPECT_EQ(face(vault_.open(context(), with(50, '?'))), expected);                    // Damaged.
  EXPECT_EQ(face(vault_.open(context(), with(2, 2))), expected);  // Unknown version.
  EXPECT_EQ(face(vault_.open(context(), with(3, 2))), expected);  // Unknown suite.
  EXPECT_EQ(face(vault_.open(context(), with(7, 9))), expected);  // Unknown data key.
  EXPECT_EQ(face(vault_.open(context(), sealed.substr(0, 40))), expected);
}

TEST_F(VaultSealerTest, CustomersHaveDifferentKeysAndOneEach) {
  for (int i = 0; i < 3; ++i) {
    static_cast<void>(vault_.seal(context("cust_a"), "token"));
    static_cast<void>(vault_.seal(context("cust_b"), "token"));
  }
  const auto a = store_.data_keys(CustomerId("cust_a")).value();
  const auto b = store_.data_keys(CustomerId("cust_b")).value();
  ASSERT_EQ(a.size(), 1u);
  ASSERT_EQ(b.size(), 1u);
  EXPECT_NE(a[0].commitment, b[0].commitment);
}

TEST_F(VaultSealerTest, AnotherProcessOpensIt) {
  const auto sealed = vault_.seal(context(), "token").value();
  const auto same_keys = wrapping_keys();
  VaultSealer other(store_, same_keys, clock_, random_);
  EXPECT_EQ(other.open(context(), sealed)->reveal(), "token");
}

// Lets another process make the customer's key between our look and our add.
class RacedKeyStore final : public testing::MemoryKeyStore {
 public:
  Result<Done> add_data_key(const CustomerId& customer, const WrappedKey& key) override {
    if (auto* other = std::exchange(rival, nullptr))
      theirs = other->seal(context(), "theirs").value();
    return MemoryKeyStore::add_data_key(customer, key);
  }
  VaultSealer* rival = nullptr;
  std::string theirs;
};

TEST_F(VaultSealerTest, WhoLosesTheRaceForTheFirstKeyTakesTheWinners) {
  RacedKeyStore store;
  VaultSealer loser(store, wrapping_, clock_, random_), winner(store, wrapping_, clock_, random_);
  store.rival = &winner;
  const auto ours = loser.seal(context(), "ours");
  ASSERT_TRUE(ours) << ours.error().detail;
  EXPECT_EQ(store.data_keys(CustomerId("cust_a"))->size(), 1u);
  EXPECT_EQ(winner.open(context(), *ours)->reveal(), "ours");
  EXPECT_EQ(loser.open(context(), store.theirs)->reveal(), "theirs");
}

TEST_F(VaultSealerTest, ThreadsShareOneKeyPerCustomer) {
  std::vector<std::thread> threads;
  std::atomic<int> opened = 0;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) {
        const auto where = context("cust_" + std::to_string(i));
        const auto sealed = vault_.seal(where, "token");
        if (sealed && vault_.open(where, *sealed)->reveal() == "token") ++opened;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(opened, 8 * 50);
  for (const auto& customer : *store_.customers_with_keys()) {
    EXPECT_EQ(store_.data_keys(customer)->size(), 1u);
  }
}

TEST_F(VaultSealerTest, AnOldDataKeyIsReplacedAndStillOpens) {
  const auto before = vault_.seal(context(), "before").value();
  clock_.advance(kDataKeyLife);
  const auto after = vault_.seal(context(), "after").value();
  EXPECT_EQ(store_.data_keys(CustomerId("cust_a"))->size(), 2u);
  EXPECT_EQ(vault_.open(context(), before)->reveal(), "before");
  EXPECT_EQ(vault_.open(context(), after)->reveal(), "after");
}

TEST_F(VaultSealerTest, AMuchUsedDataKeyIsReplaced) {
  DataKeys keys(store_, wrapping_, clock_, random_);
  const auto first = keys.newest(CustomerId("cust_a")).value();
  first->seals = kSealsPerDataKey - 1;
  EXPECT_EQ((*keys.newest(CustomerId("cust_a")))->number, 1u);
  clock_.advance(kDataKeyMemory);  // Reading the keys again does not forget the count.
  first->seals = kSealsPerDataKey;
  EXPECT_EQ((*keys.newest(CustomerId("cust_a")))->number, 2u);
}

TEST_F(VaultSealerTest, V18_WithoutTheDataKeyNothingOpens) {
  const auto sealed = vault_.seal(context(), "token").value();
  store_.remove(CustomerId("cust_a"));
  vault_.forget(CustomerId("cust_a"));
  EXPECT_FALSE(opens(context(), sealed));
}

TEST_F(VaultSealerTest, V18_OtherProcessesForgetADeletedKeySoon) {
  const auto sealed = vault_.seal(context(), "token").value();
  store_.remove(CustomerId("cust_a"));
  clock_.advance(kDataKeyMemory);
  EXPECT_FALSE(opens(context(), sealed));
}

// Serves reads and writes only while told to.
class MoodyKeyStore final : public testing::MemoryKeyStore {
 public:
  Result<std::vector<WrappedKey>> data_keys(const CustomerId& customer) override {
    if (down) return fail(ErrorKind::unavailable, "The store is down.");
    return MemoryKeyStore::data_keys(customer);
  }
  bool down = false;
};

TEST_F(VaultSealerTest, AStoreThatIsDownIsNoWrongKey) {
  MoodyKeyStore store;
  VaultSealer vault(store, wrapping_, clock_, random_);
  const auto sealed = vault.seal(context(), "token").value();
  store.down = true;
  EXPECT_TRUE(vault.open(context(), sealed));  // Remembered.
  clock_.advance(kDataKeyMemory);
  EXPECT_EQ(vault.open(context(), sealed).error().kind, ErrorKind::unavailable);
  EXPECT_EQ(vault.seal(context(), "token").error().kind, ErrorKind::unavailable);
}

TEST_F(VaultSealerTest, AWrongWrappingKeyNeverMakesNewDataKeys) {
  static_cast<void>(vault_.seal(context(), "token"));
  const auto wrong = wrapping_keys(2);
  VaultSealer vault(store_, wrong, clock_, random_);
  EXPECT_EQ(vault.seal(context(), "token").error().kind, ErrorKind::unavailable);
  EXPECT_EQ(store_.data_keys(CustomerId("cust_a"))->size(), 1u);
}

}  // namespace
}  // namespace herald
