#include "crypto/key_rotation.h"

#include <gtest/gtest.h>

#include "crypto/self_check.h"
#include "crypto/vault_sealer.h"
#include "testing/fake_clock.h"
#include "testing/memory_key_store.h"
#include "testing/seeded_random.h"

namespace herald {
namespace {

constexpr int kCustomers = 20;

// Dies after so many writes, as a process would.
class DyingKeyStore final : public testing::MemoryKeyStore {
 public:
  Result<Done> rewrap_data_key(const CustomerId& customer, const WrappedKey& before,
                               const WrappedKey& after) override {
    if (writes_left == 0) return fail(ErrorKind::unavailable, "Killed.");
    --writes_left;
    return MemoryKeyStore::rewrap_data_key(customer, before, after);
  }
  int writes_left = 1000;
};

class KeyRotationTest : public ::testing::Test {
 protected:
  KeyRotationTest() {
    testing::SeededRandom made(5);
    const auto old_key = make_wrapping_key("old", made), new_key = make_wrapping_key("new", made);
    old_ = WrappingKeys::parse(old_key).value();
    both_ = WrappingKeys::parse(new_key + "," + old_key).value();
    new_ = WrappingKeys::parse(new_key).value();
    VaultSealer vault(store_, *old_, clock_, random_);
    for (int i = 0; i < kCustomers; ++i) sealed_.push_back(vault.seal(place(i), "token").value());
    canary_ = make_canary(vault).value();
  }

  static SealContext place(int i) {
    return {CustomerId("cust_" + std::to_string(i)), "grant", "x", "g", "access"};
  }

  int opened_with(const WrappingKeys& keys) {
    VaultSealer vault(store_, keys, clock_, random_);
    int opened = 0;
    for (int i = 0; i < kCustomers; ++i) {
      opened += vault.open(place(i), sealed_[static_cast<std::size_t>(i)]).has_value();
    }
    return opened;
  }

  std::map<CustomerId, std::string> wrappings() {
    std::map<CustomerId, std::string> all;
    for (const auto& customer : *store_.customers_with_keys()) {
      all[customer] = store_.data_keys(customer)->front().wrapped;
    }
    return all;
  }

  DyingKeyStore store_;
  testing::FakeClock clock_;
  testing::SeededRandom random_{9};
  std::optional<WrappingKeys> old_, both_, new_;
  std::vector<std::string> sealed_;
  std::string canary_;
};

TEST_F(KeyRotationTest, EveryDataKeyMovesAndEveryRecordStillOpens) {
  const auto count = rewrap_data_keys(store_, *both_, random_);
  ASSERT_TRUE(count) << count.error().detail;
  EXPECT_EQ(count->rewrapped, kCustomers + 1u);  // And the canary's.
  EXPECT_EQ(opened_with(*new_), kCustomers);
  EXPECT_EQ(opened_with(*old_), 0);
  EXPECT_EQ(rewrap_data_keys(store_, *both_, random_)->rewrapped, 0u);
}

TEST_F(KeyRotationTest, V07_KilledAnywhereItGoesOn) {
  std::size_t moved = 0;
  for (int run = 0; moved < kCustomers + 1; ++run) {
    ASSERT_LT(run, 100);
    store_.writes_left = 3;
    const auto count = rewrap_data_keys(store_, *both_, random_);
    EXPECT_EQ(opened_with(*both_), kCustomers) << "after run " << run;
    moved = count_by_wrapping_key(store_).value()["new"];
    EXPECT_EQ(count.has_value(), moved == kCustomers + 1);
  }
  EXPECT_EQ(opened_with(*new_), kCustomers);
}

// Moves each key under our nose, as a second `rotate` elsewhere would.
class RivalKeyStore final : public testing::MemoryKeyStore {
 public:
  Result<Done> rewrap_data_key(const CustomerId& customer, const WrappedKey& before,
                               const WrappedKey& after) override {
    static_cast<void>(MemoryKeyStore::rewrap_data_key(customer, before, after));
    return MemoryKeyStore::rewrap_data_key(customer, before, after);
  }
};

TEST_F(KeyRotationTest, TwoAtOnceDoNotHurt) {
  RivalKeyStore store;
  VaultSealer vault(store, *old_, clock_, random_);
  const auto sealed = vault.seal(place(1), "token").value();
  const auto count = rewrap_data_keys(store, *both_, random_);
  ASSERT_TRUE(count);
  EXPECT_EQ(count->already, 1u);
  VaultSealer after(store, *new_, clock_, random_);
  EXPECT_TRUE(after.open(place(1), sealed));
}

TEST_F(KeyRotationTest, V08_AKeyInUseMayNotBeDropped) {
  EXPECT_EQ(check_may_drop(store_, "old").error().kind, ErrorKind::conflict);
  store_.writes_left = kCustomers;  // All but one.
  EXPECT_FALSE(rewrap_data_keys(store_, *both_, random_));
  EXPECT_NE(check_may_drop(store_, "old").error().message.find("by 1 data keys"),
            std::string::npos);
  store_.writes_left = 1;
  EXPECT_TRUE(rewrap_data_keys(store_, *both_, random_));
  EXPECT_TRUE(check_may_drop(store_, "old"));
}

TEST_F(KeyRotationTest, V08_DroppedTooEarlyIsNoticedAtStart) {
  EXPECT_TRUE(check_wrapping_keys_complete(store_, *both_));
  const auto complete = check_wrapping_keys_complete(store_, *new_);
  ASSERT_FALSE(complete);
  EXPECT_NE(complete.error().message.find("\"old\""), std::string::npos);
}

TEST_F(KeyRotationTest, V09_AnOlderKeyFileIsNoticedAndNothingRewritten) {
  ASSERT_TRUE(rewrap_data_keys(store_, *both_, random_));
  const auto before = wrappings();
  VaultSealer vault(store_, *old_, clock_, random_);
  EXPECT_EQ(check_canary(vault, canary_).error().kind, ErrorKind::conflict);
  EXPECT_NE(check_wrapping_keys_complete(store_, *old_).error().message.find("\"new\""),
            std::string::npos);
  EXPECT_FALSE(rewrap_data_keys(store_, *old_, random_));
  EXPECT_EQ(wrappings(), before);
}

TEST_F(KeyRotationTest, TheCanaryOpensBeforeAndAfter) {
  VaultSealer before(store_, *old_, clock_, random_);
  EXPECT_TRUE(check_canary(before, canary_));
  ASSERT_TRUE(rewrap_data_keys(store_, *both_, random_));
  VaultSealer after(store_, *new_, clock_, random_);
  EXPECT_TRUE(check_canary(after, canary_));
  EXPECT_EQ(check_canary(after, sealed_[0]).error().kind, ErrorKind::conflict);
  EXPECT_EQ(check_canary(after, "").error().kind, ErrorKind::conflict);
}

TEST(SelfCheck, ThePrimitivesGiveTheKnownAnswers) {
  const auto checked = check_primitives();
  EXPECT_TRUE(checked) << checked.error().detail;
}

}  // namespace
}  // namespace herald
