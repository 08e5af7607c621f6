// Renewals that go wrong: what an outage, a refusal, a lost answer and a store that stumbles mean.
#include <gtest/gtest.h>

#include "app/toy_rig.h"
#include "app/vault.h"

namespace herald {
namespace {

using namespace std::chrono_literals;
using namespace testing::toy;

class Renewal : public ::testing::Test {
 protected:
  Renewal() {
    grants("lives:7200 rotated", 2);
    rig_.transport.answer(kUpload, 200, "");
    rig_.transport.answer(kPost, 200, "remote-1");
  }
  void grants(const std::string& what, int number) {
    rig_.transport.answer(kRefresh, 200, what,
                          {{"access", "access-" + std::to_string(number)},
                           {"refresh", "refresh-" + std::to_string(number)}});
  }
  // Opens the account and lets three minutes pass. The access token, or the error's kind.
  std::string open() {
    std::string got = "no answer";
    rig_.vault.open(account_, [&](Result<OpenedGrant> grant) {
      EXPECT_EQ(got, "no answer") << "answered twice";
      if (!grant) errors_.push_back(grant.error());
      got = grant ? std::string(grant->secrets->user_token.reveal()) : name_of(grant.error().kind);
    });
    rig_.executor.pass(3min);
    return got;
  }
  std::size_t refreshes() const { return rig_.transport.count(kRefresh); }
  GrantState state() { return rig_.grant_of(account_).state; }
  std::size_t told() const {
    return static_cast<std::size_t>(
        std::ranges::count(rig_.events.all, std::string("account.updated"), &Event::name));
  }

  testing::ToyRig rig_;
  Account account_ = rig_.add_account(rig_.ada, "one", 1h);
  std::vector<Error> errors_;
};

TEST_F(Renewal, a_network_that_fails_is_no_dead_grant) {
  for (const bool rotates : {false, true}) {
    rig_.spec.oauth.rotates = rotates;
    rig_.transport.answer(kRefresh, 503, "");
    rig_.clock.advance(2h);
    for (int i = 0; i < 20; ++i) EXPECT_EQ(open(), "unavailable");
    EXPECT_EQ(state(), GrantState::live);
    grants("lives:3600 rotated", 7);
    EXPECT_EQ(open(), "access-7");
  }
  EXPECT_EQ(told(), 0u);
}

TEST_F(Renewal, a_token_that_still_works_is_used_while_the_platform_is_down) {
  rig_.transport.answer(kRefresh, 503, "");
  rig_.clock.advance(55min);
  EXPECT_EQ(open(), "access-1");
  EXPECT_EQ(refreshes(), 1u);
  EXPECT_EQ(rig_.clock.now(), *rig_.grant_of(account_).access_expires_at - 2min);
  rig_.clock.advance(90s);
  EXPECT_EQ(open(), "unavailable");  // It would end under way.
}

TEST_F(Renewal, a_rate_limit_of_the_token_endpoint_is_handed_on) {
  rig_.transport.answer(kRefresh, 429, "120");
  rig_.clock.advance(1h);
  EXPECT_EQ(open(), "unavailable");
  EXPECT_EQ(errors_.at(0).retry_after, std::chrono::seconds(120));
  EXPECT_EQ(state(), GrantState::live);
}

TEST_F(Renewal, a_refused_grant_is_dead_and_its_person_is_told_once) {
  rig_.transport.answer(kRefresh, 401, "{}");
  rig_.clock.advance(1h);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(open(), "unauthorized");
  EXPECT_EQ(state(), GrantState::needs_reconnect);
  EXPECT_EQ(refreshes(), 1u);
  EXPECT_EQ(told(), 1u);
}

// Not every app is given refresh tokens: such a grant ends, and its end is known from the start.
TEST_F(Renewal, what_cannot_be_renewed_is_used_to_its_end_and_not_asked_for) {
  rig_.spec.oauth.needs_refresh_token = true;
  Grant grant = rig_.grant_of(account_);
  grant.ends_at = grant.access_expires_at;
  ASSERT_TRUE(rig_.store.save_grant(grant, grant.version));
  rig_.clock.advance(56min);
  EXPECT_EQ(open(), "access-1");
  EXPECT_EQ(state(), GrantState::live);
  rig_.clock.advance(5min);
  EXPECT_EQ(open(), "unauthorized");
  EXPECT_EQ(state(), GrantState::needs_reconnect);
  EXPECT_EQ(refreshes(), 0u);
  EXPECT_EQ(told(), 1u);
}

TEST(Applying, a_grant_ends_with_its_refresh_token_or_for_want_of_one) {
  const Time soon = from_ms(1000);
  const Time late = from_ms(9000);
  OAuthSpec oauth;
  const auto end_of = [&](std::optional<Time> refresh_ends, bool has_refresh) {
    Granted granted{.tokens = {{"access", "secret:access", soon}}};
    if (has_refresh) granted.tokens.push_back({"refresh", "secret:refresh", refresh_ends});
    std::map<std::string, Secret> won;
    won.emplace("secret:access", Secret("a"));
    won.emplace("secret:refresh", Secret("r"));
    Grant grant;
    grant.ends_at = from_ms(5);
    TokenSet tokens;
    EXPECT_TRUE(apply(oauth, granted, won, grant, tokens));
    return grant.ends_at;
  };
  EXPECT_EQ(end_of({}, false), std::nullopt);
  EXPECT_EQ(end_of({}, true), std::nullopt);
  EXPECT_EQ(end_of(late, true), late);
  oauth.needs_refresh_token = true;
  EXPECT_EQ(end_of({}, false), soon);
  EXPECT_EQ(end_of({}, true), std::nullopt);
  EXPECT_EQ(end_of(late, true), late);
}

TEST_F(Renewal, O41_a_lost_answer_is_waited_out_and_tried_once_more) {
  rig_.spec.oauth.rotates = true;
  rig_.clock.advance(1h);
  rig_.wire.lose_answer(kRefresh);
  std::string got;
  rig_.vault.open(account_, [&](Result<OpenedGrant> grant) {
    got = std::string(grant.value().secrets->user_token.reveal());
  });
  rig_.executor.pass(44s);
  EXPECT_EQ(refreshes(), 1u);  // The lost call may still be under way.
  rig_.executor.pass(2s);
  EXPECT_EQ(refreshes(), 2u);
  EXPECT_EQ(got, "access-2");
  EXPECT_EQ(state(), GrantState::live);
}

TEST_F(Renewal, O41_nobody_spends_the_token_while_the_lost_call_may_be_under_way) {
  rig_.spec.oauth.rotates = true;
  rig_.clock.advance(1h);
  rig_.wire.lose_answer(kRefresh);
  rig_.vault.open(account_, [](const Result<OpenedGrant>&) {});
  rig_.executor.pass(1s);
  rig_.vault.open(account_, [](const Result<OpenedGrant>&) {});
  rig_.executor.pass(43s);
  EXPECT_EQ(refreshes(), 1u);
  rig_.executor.pass(1min);
  EXPECT_EQ(refreshes(), 2u);
}

TEST_F(Renewal, O41_an_answer_lost_twice_needs_a_reconnect) {
  rig_.spec.oauth.rotates = true;
  rig_.clock.advance(1h);
  rig_.wire.lose_answer(kRefresh);
  std::string got;
  rig_.vault.open(account_,
                  [&](const Result<OpenedGrant>& grant) { got = name_of(grant.error().kind); });
  rig_.executor.pass(10s);
  rig_.wire.lose_answer(kRefresh);
  rig_.executor.pass(1min);
  EXPECT_EQ(got, "unauthorized");
  EXPECT_EQ(state(), GrantState::needs_reconnect);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(open(), "unauthorized");
  EXPECT_EQ(refreshes(), 2u);
  EXPECT_EQ(told(), 1u);
}

TEST_F(Renewal, O42_who_died_after_the_call_left_is_followed_by_one_try) {
  rig_.spec.oauth.rotates = true;
  rig_.clock.advance(1h);
  testing::ToyProcess died(rig_, rig_.registrations);
  died.vault.open(account_, [](const Result<OpenedGrant>&) {});
  died.executor.step();
  ASSERT_EQ(died.transport.count(kRefresh), 1u);
  died.executor.forget_all();
  rig_.wire.lose_answer(kRefresh);
  EXPECT_EQ(open(), "unauthorized");
  EXPECT_EQ(refreshes(), 1u);
  EXPECT_EQ(state(), GrantState::needs_reconnect);
}

TEST_F(Renewal, O41_a_lost_answer_of_a_token_that_may_be_used_again_costs_nothing) {
  rig_.clock.advance(1h);
  for (int i = 0; i < 5; ++i) {
    rig_.wire.lose_answer(kRefresh);
    EXPECT_EQ(open(), "unavailable");
  }
  EXPECT_EQ(state(), GrantState::live);
  EXPECT_EQ(open(), "access-2");
}

TEST_F(Renewal, O41_an_outage_between_does_not_grant_a_further_try) {
  rig_.spec.oauth.rotates = true;
  rig_.clock.advance(1h);
  rig_.wire.lose_answer(kRefresh);
  rig_.vault.open(account_, [](const Result<OpenedGrant>&) {});
  rig_.executor.pass(1s);
  rig_.wire.cut = true;  // The one more try finds no network.
  rig_.executor.pass(2min);
  EXPECT_EQ(open(), "unavailable");
  rig_.wire.cut = false;
  rig_.wire.lose_answer(kRefresh);
  EXPECT_EQ(open(), "unauthorized");
  EXPECT_EQ(refreshes(), 2u);
}

TEST_F(Renewal, O41_posts_wait_parked_and_go_out_after_a_reconnect) {
  rig_.spec.oauth.rotates = true;
  rig_.add_post(account_, "post-1", 2h);
  rig_.add_post(account_, "post-2", 3h);
  rig_.clock.advance(2h);
  rig_.transport.answer(kRefresh, 401, "{}");
  EXPECT_EQ(rig_.work(), 1);
  EXPECT_EQ(rig_.delivery(account_, "post-1").state, DeliveryState::parked);
  rig_.clock.advance(2h);
  EXPECT_EQ(rig_.store.resume_parked(rig_.clock.now()).value(), 0);
  EXPECT_EQ(rig_.work(), 0);  // The later one waits behind it.

  rig_.add_account(rig_.ada, "one", 1h);  // As a reconnect does.
  EXPECT_EQ(rig_.store.resume_parked(rig_.clock.now()).value(), 1);
  EXPECT_EQ(rig_.work(), 1);
  EXPECT_EQ(rig_.work(), 1);
  EXPECT_EQ(rig_.delivery(account_, "post-1").state, DeliveryState::published);
  EXPECT_EQ(rig_.delivery(account_, "post-2").state, DeliveryState::published);
  EXPECT_EQ(rig_.transport.count(kPost), 2u);
}

TEST_F(Renewal, a_store_that_stumbles_does_not_lose_the_only_tokens) {
  rig_.spec.oauth.rotates = true;
  rig_.clock.advance(1h);
  int refused = 0;
  rig_.store.before = [&](std::string_view act) -> Result<Done> {
    if (act != "save_grant" || ++refused > 20) return Done{};
    return fail(ErrorKind::unavailable, "The disk is full.");
  };
  EXPECT_EQ(open(), "access-2");
  EXPECT_EQ(rig_.token_of(account_, "refresh"), "refresh-2");
  EXPECT_EQ(refreshes(), 1u);
}

TEST_F(Renewal, a_store_that_stays_away_ends_the_wait_and_loses_no_token) {
  rig_.clock.advance(1h);
  rig_.store.before = [](std::string_view act) -> Result<Done> {
    if (act != "save_grant") return Done{};
    return fail(ErrorKind::unavailable, "The disk is full.");
  };
  EXPECT_EQ(open(), "unavailable");
  EXPECT_EQ(state(), GrantState::live);
  rig_.store.before = nullptr;
  rig_.executor.pass(1min);
  EXPECT_EQ(rig_.token_of(account_, "access"), "access-2");
}

TEST_F(Renewal, an_answer_without_its_token_is_not_stored) {
  rig_.transport.answer(kRefresh, 200, "lives:3600 rotated");
  rig_.clock.advance(1h);
  EXPECT_EQ(open(), "internal");
  EXPECT_EQ(rig_.token_of(account_, "access"), "access-1");
  EXPECT_EQ(state(), GrantState::live);
}

TEST_F(Renewal, without_a_refresh_flow_a_token_that_ended_needs_a_reconnect) {
  rig_.platform.flows[static_cast<std::size_t>(Flow::refresh)] = {};
  rig_.clock.advance(55min);
  EXPECT_EQ(open(), "access-1");
  rig_.clock.advance(1h);
  EXPECT_EQ(open(), "unauthorized");
  EXPECT_EQ(state(), GrantState::needs_reconnect);
}

TEST_F(Renewal, O32_no_error_event_or_log_line_holds_a_token) {
  for (const int status : {400, 401, 403, 429, 503}) {
    testing::ToyRig rig;
    rig.transport.answer(kRefresh, status, "", {{"access", "access-2"}});
    const auto account = rig.add_account(rig.ada, "one", 1h);
    rig.clock.advance(1h);
    rig.vault.open(account, [&](const Result<OpenedGrant>& grant) {
      if (!grant) errors_.push_back(grant.error());
    });
    rig.executor.pass(3min);
    std::string all = rig.grant_of(account).state_message;
    for (const auto& line : rig.log.lines) all += line;
    for (const auto& error : errors_) all += error.message + error.detail + error.code;
    for (const char* secret : {"access-1", "access-2", "refresh-1", "app secret"}) {
      EXPECT_FALSE(all.contains(secret)) << status << " " << all;
    }
    EXPECT_FALSE(errors_.empty());
  }
}

}  // namespace
}  // namespace herald
