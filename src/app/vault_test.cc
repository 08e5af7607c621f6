// Tokens as they are handed out: renewed in time, once, and by nobody twice.
#include "app/vault.h"

#include <gtest/gtest.h>

#include "app/toy_rig.h"

namespace herald {
namespace {

using namespace std::chrono_literals;
using namespace testing::toy;

using Opened = std::shared_ptr<std::optional<Result<OpenedGrant>>>;

class VaultTest : public ::testing::Test {
 protected:
  VaultTest() { grants("lives:7200 rotated", 2); }

  // What the platform answers to a refresh from now on.
  void grants(const std::string& what, int number) { answer_with(rig_.transport, what, number); }
  static void answer_with(testing::FakeTransport& transport, const std::string& what, int number) {
    transport.answer(kRefresh, 200, what,
                     {{"access", "access-" + std::to_string(number)},
                      {"refresh", "refresh-" + std::to_string(number)}});
  }
  static Opened open(Vault& vault, const Account& account) {
    auto opened = std::make_shared<std::optional<Result<OpenedGrant>>>();
    vault.open(account, [opened](Result<OpenedGrant> grant) {
      EXPECT_FALSE(*opened) << "answered twice";
      *opened = std::move(grant);
    });
    return opened;
  }
  static std::string token(const Opened& opened) {
    if (!*opened) return "no answer";
    if (!**opened) return name_of((*opened)->error().kind);
    return std::string((**opened)->secrets->user_token.reveal());
  }
  std::string open_and_run(const Account& account) {
    const auto opened = open(rig_.vault, account);
    rig_.executor.pass(2min);
    return token(opened);
  }
  std::size_t refreshes() const { return rig_.transport.count(kRefresh); }

  testing::ToyRig rig_;
};

TEST_F(VaultTest, O43_a_token_is_left_alone_until_ten_minutes_are_left) {
  const auto account = rig_.add_account(rig_.ada, "one", 1h);
  rig_.clock.advance(50min);
  EXPECT_EQ(token(open(rig_.vault, account)), "access-1");
  rig_.clock.advance(2min + 1ms);
  EXPECT_EQ(open_and_run(account), "access-2");
  EXPECT_EQ(refreshes(), 1u);
}

TEST_F(VaultTest, O43_tokens_of_one_moment_are_renewed_over_two_minutes) {
  std::vector<Account> accounts;
  for (int i = 0; i < 100; ++i) {
    accounts.push_back(rig_.add_account(rig_.ada, "account " + std::to_string(i), 1h));
  }
  const auto renewed_after = [&](Duration wait) {
    rig_.clock.advance(wait);
    for (const auto& account : accounts) (void)open(rig_.vault, account);
    rig_.executor.run();
    return refreshes();
  };
  EXPECT_EQ(renewed_after(50min), 0u);
  const auto half = renewed_after(1min);
  EXPECT_GT(half, 30u);
  EXPECT_LT(half, 70u);
  EXPECT_EQ(renewed_after(1min + 1ms), 100u);
}

TEST_F(VaultTest, O43_a_token_that_lives_long_is_renewed_when_a_tenth_is_left) {
  const auto account = rig_.add_account(rig_.ada, "one", 60 * 24h);
  rig_.clock.advance(54 * 24h);
  EXPECT_EQ(token(open(rig_.vault, account)), "access-1");
  rig_.clock.advance(29h);
  EXPECT_EQ(open_and_run(account), "access-2");
}

TEST_F(VaultTest, O43_a_token_of_two_hours_used_each_minute_is_renewed_14_times_a_day) {
  const auto account = rig_.add_account(rig_.ada, "one", 2h);
  for (int minute = 0; minute < 24 * 60; ++minute) {
    grants("lives:7200 rotated", minute + 2);
    const auto opened = open(rig_.vault, account);
    rig_.executor.run();
    ASSERT_TRUE(*opened && **opened) << minute;
    rig_.clock.advance(1min);
  }
  EXPECT_LE(refreshes(), 14u);
  EXPECT_GE(refreshes(), 12u);
}

TEST_F(VaultTest, O43_a_token_of_five_minutes_is_not_renewed_at_each_use) {
  const auto account = rig_.add_account(rig_.ada, "one", 5min);
  EXPECT_EQ(token(open(rig_.vault, account)), "access-1");
  EXPECT_EQ(refreshes(), 0u);
  rig_.clock.advance(4min);
  EXPECT_EQ(open_and_run(account), "access-2");
}

TEST_F(VaultTest, a_token_without_an_end_is_never_renewed_ahead) {
  const auto account = rig_.add_account(rig_.ada, "one");
  rig_.clock.advance(1000 * 24h);
  EXPECT_EQ(token(open(rig_.vault, account)), "access-1");
}

TEST_F(VaultTest, the_lifetime_is_the_one_that_the_platform_says) {
  const auto account = rig_.add_account(rig_.ada, "one", 1h);
  rig_.clock.advance(1h);
  grants("lives:86400 rotated", 2);
  EXPECT_EQ(open_and_run(account), "access-2");
  rig_.clock.advance(20h);
  EXPECT_EQ(token(open(rig_.vault, account)), "access-2");
  EXPECT_EQ(rig_.token_of(account, "refresh"), "refresh-2");
}

TEST_F(VaultTest, a_refresh_token_that_is_not_sent_again_is_kept) {
  const auto account = rig_.add_account(rig_.ada, "one", 1h);
  rig_.clock.advance(1h);
  grants("lives:3600", 2);
  EXPECT_EQ(open_and_run(account), "access-2");
  EXPECT_EQ(rig_.token_of(account, "refresh"), "refresh-1");
}

TEST_F(VaultTest, O37_many_callers_of_two_processes_make_one_refresh) {
  const auto account = rig_.add_account(rig_.ada, "one", 1h);
  testing::ToyProcess sibling(rig_, rig_.registrations);
  answer_with(sibling.transport, "lives:7200 rotated", 3);
  rig_.clock.advance(55min);
  std::vector<Opened> all;
  for (int i = 0; i < 64; ++i) {
    all.push_back(open(rig_.vault, account));
    all.push_back(open(sibling.vault, account));
  }
  // Both processes take turns, step by step.
  while (rig_.executor.waiting() + sibling.executor.waiting() > 0) {
    if (sibling.executor.waiting() > 0) sibling.executor.step();
    if (rig_.executor.waiting() > 0) rig_.executor.step();
  }
  rig_.executor.pass(5s);
  sibling.executor.pass(5s);
  EXPECT_EQ(refreshes() + sibling.transport.count(kRefresh), 1u);
  for (const auto& one : all) ASSERT_EQ(token(one), "access-2");
  EXPECT_EQ(rig_.token_of(account, "refresh"), "refresh-2");
}

TEST_F(VaultTest, O38_who_froze_with_the_answer_in_hand_does_not_write_over_newer_tokens) {
  const auto account = rig_.add_account(rig_.ada, "one", 1h);
  testing::ToyProcess sibling(rig_, rig_.registrations);
  answer_with(sibling.transport, "lives:7200 rotated", 3);
  rig_.clock.advance(55min);
  const auto frozen = open(rig_.vault, account);
  rig_.executor.step();  // The call leaves; its answer waits.
  ASSERT_EQ(refreshes(), 1u);
  rig_.clock.advance(61s);  // Past the lease.
  const auto second = open(sibling.vault, account);
  sibling.executor.run();
  ASSERT_EQ(token(second), "access-3");
  rig_.executor.run();
  EXPECT_EQ(token(frozen), "access-3");
  EXPECT_EQ(rig_.token_of(account, "refresh"), "refresh-3");
}

TEST_F(VaultTest, O38_a_late_answer_is_kept_while_nobody_has_renewed_meanwhile) {
  const auto account = rig_.add_account(rig_.ada, "one", 1h);
  rig_.clock.advance(55min);
  const auto opened = open(rig_.vault, account);
  rig_.executor.step();
  rig_.clock.advance(1h);
  rig_.executor.run();
  EXPECT_EQ(token(opened), "access-2");
  EXPECT_EQ(rig_.token_of(account, "refresh"), "refresh-2");
}

TEST_F(VaultTest, O38_a_frozen_worker_does_not_spend_a_single_use_token_late) {
  rig_.spec.oauth.rotates = true;
  const auto account = rig_.add_account(rig_.ada, "one", 1h);
  rig_.clock.advance(1h);
  const auto opened = open(rig_.vault, account);
  rig_.clock.advance(6s);  // "Begun" is written; the first byte is not.
  rig_.executor.run();
  EXPECT_EQ(token(opened), "unavailable");
  EXPECT_EQ(refreshes(), 0u);
  EXPECT_EQ(open_and_run(account), "access-2");
  EXPECT_EQ(refreshes(), 1u);
}

TEST_F(VaultTest, O38_a_frozen_worker_does_not_clear_the_way_into_a_siblings_refresh) {
  rig_.spec.oauth.rotates = true;
  const auto account = rig_.add_account(rig_.ada, "one", 1h);
  testing::ToyProcess sibling(rig_, rig_.registrations);
  answer_with(sibling.transport, "lives:7200 rotated", 3);
  rig_.clock.advance(1h);
  const auto frozen = open(rig_.vault, account);
  rig_.clock.advance(61s);
  const auto second = open(sibling.vault, account);
  sibling.executor.step();  // Its call is under way.
  ASSERT_EQ(sibling.transport.count(kRefresh), 1u);
  rig_.executor.run();  // The frozen one finds that it may not send any more.
  const auto third = open(rig_.vault, account);
  rig_.executor.run();
  EXPECT_EQ(refreshes(), 0u);
  sibling.executor.run();
  rig_.executor.pass(1min);
  EXPECT_EQ(token(second), "access-3");
  EXPECT_EQ(token(third), "access-3");
  EXPECT_EQ(refreshes(), 0u);
}

TEST_F(VaultTest, O40_a_refusal_after_a_sibling_has_rotated_ends_nothing) {
  const auto account = rig_.add_account(rig_.ada, "one", 1h);
  testing::ToyProcess sibling(rig_, rig_.registrations);
  answer_with(sibling.transport, "lives:7200 rotated", 3);
  rig_.clock.advance(55min);
  rig_.transport.answer(kRefresh, 401, "{}");
  const auto refused = open(rig_.vault, account);
  rig_.executor.step();
  rig_.clock.advance(61s);
  ASSERT_EQ((open(sibling.vault, account), sibling.executor.run(), 0), 0);
  rig_.executor.run();
  EXPECT_EQ(token(refused), "access-3");
  EXPECT_EQ(rig_.grant_of(account).state, GrantState::live);
}

TEST_F(VaultTest, O44_a_disconnect_during_a_refresh_wins) {
  const auto account = rig_.add_account(rig_.ada, "one", 1h);
  rig_.clock.advance(1h);
  const auto opened = open(rig_.vault, account);
  rig_.executor.step();
  ASSERT_TRUE(rig_.store.remove_account(rig_.ada.scope, account.id, rig_.clock.now()));
  rig_.executor.pass(2min);
  EXPECT_NE(token(opened), "access-2");
  const auto grant = rig_.store.find_grant(rig_.ada.scope, account.grant).value();
  EXPECT_EQ(grant.state, GrantState::revoked);
  EXPECT_EQ(grant.sealed_tokens, "");
}

TEST_F(VaultTest, tokens_of_a_reconnect_are_not_renewed_for_the_refusal_of_older_ones) {
  const auto account = rig_.add_account(rig_.ada, "one");
  const Grant before = rig_.grant_of(account);
  rig_.clock.advance(1min);
  Grant after = before;
  TokenSet tokens;
  tokens.insert_or_assign("access", Token{Secret("access-9"), {}});
  tokens.insert_or_assign("refresh", Token{Secret("refresh-9"), {}});
  after.sealed_tokens = rig_.vault.seal_tokens(after, tokens).value();
  ASSERT_TRUE(rig_.store.save_grant(after, before.version));
  std::string got;
  rig_.vault.reopen(account, before, [&](Result<OpenedGrant> grant) {
    got = std::string(grant.value().secrets->user_token.reveal());
  });
  rig_.executor.run();
  EXPECT_EQ(got, "access-9");
  EXPECT_EQ(refreshes(), 0u);
  ASSERT_TRUE(rig_.vault.condemn(before, {ErrorKind::unauthorized, "No.", {}, {}, {}}));
  EXPECT_EQ(rig_.grant_of(account).state, GrantState::live);
}

TEST_F(VaultTest, V01_tokens_open_in_their_own_grant_only) {
  const auto adas = rig_.add_account(rig_.ada, "one");
  const auto bobs = rig_.add_account(rig_.bob, "two");
  Grant moved = rig_.grant_of(bobs);
  moved.sealed_tokens = rig_.grant_of(adas).sealed_tokens;
  EXPECT_FALSE(rig_.vault.open_tokens(moved));
  const auto sealed = rig_.vault.seal_account_token(adas, Secret("page")).value();
  Account stolen = bobs;
  stolen.sealed_token = sealed;
  EXPECT_FALSE(rig_.vault.open_as_is(rig_.grant_of(bobs), &stolen));
}

}  // namespace
}  // namespace herald
