// What becomes of a delivery, its follow-ups and its grant when the platform refuses.
#include <gtest/gtest.h>

#include "app/app_rig.h"
#include "app/follow_ups.h"
#include "app/refresher.h"
#include "app/runner.h"

namespace herald {
namespace {

using namespace std::chrono_literals;

constexpr const char* kPost = "https://toy.test/post";

Step next(const Input& input, const Progress& progress) {
  if (!progress.empty()) return Finished{Published{"remote-1", {}, {}}};
  Call call;
  call.step = input.follow_up.empty() ? "post" : input.follow_up;
  call.method = "POST";
  call.url = kPost;
  return call;
}

Absorbed absorb(const Input&, const Progress&, const Answer& answer) {
  if (answer.status == 200) return {Verdict::accepted, "done", {}, {}};
  const char* code = answer.status == 403 ? "permission_missing" : "grant_refused";
  return {Verdict::refused, {}, {ErrorKind::unauthorized, "It said no.", {}, {}, code}, {}};
}

Step refresh_next(const Input&, const Progress&) { return Call{.url = kPost}; }

class Trouble : public ::testing::Test {
 protected:
  Trouble() {
    spec_.id = PlatformId("toy");
    spec_.kinds = {{.id = "text", .label = "text"}};
    spec_.token_hosts = {"toy.test"};
    platform_.spec = &spec_;
    platform_.flows[static_cast<std::size_t>(Flow::publish)] = {next, absorb};
    platform_.flows[static_cast<std::size_t>(Flow::follow_up)] = {next, absorb};
    std::vector<Registration> all(1);
    all[0].platform = &platform_;
    all[0].client_id = "herald";
    all[0].client_secret = Secret("quiet");
    registrations_ = std::make_unique<Registrations>(std::move(all));
    vault_ = std::make_unique<Vault>(rig_.store, rig_.sealer, rig_.clock, rig_.executor,
                                     rig_.random, dialogues_, rig_.events, *registrations_);
    conduct_ = std::make_unique<Conduct>(rig_.clock, rig_.executor, rig_.random, rig_.transport,
                                         rig_.log, *vault_);
    connect_and_post();
  }

  void connect_and_post() {
    Grant grant;
    grant.id = GrantId("grt");
    grant.customer = scope_.customer();
    grant.user = UserId("ada");
    grant.platform = spec_.id;
    grant.registration = "main";
    grant.created_at = grant.updated_at = rig_.clock.now();
    TokenSet tokens;
    tokens.insert_or_assign("access", Token{Secret("t0ken"), {}});
    grant.sealed_tokens = vault_->seal_tokens(grant, tokens).value();
    Account account;
    account.id = AccountId("acc");
    account.customer = grant.customer;
    account.user = grant.user;
    account.platform = grant.platform;
    account.grant = grant.id;
    ASSERT_TRUE(rig_.store.connect(scope_, {grant, {account}}));
    Post post;
    post.id = PostId("post");
    post.customer = grant.customer;
    post.user = grant.user;
    post.targets = {{.account = account.id, .kind = "text"}};
    Delivery delivery;
    delivery.id = DeliveryId("dlv");
    delivery.customer = grant.customer;
    delivery.user = grant.user;
    delivery.post = post.id;
    delivery.account = account.id;
    delivery.platform = grant.platform;
    delivery.kind = "text";
    delivery.due_at = delivery.publish_at = rig_.clock.now();
    delivery.missed_after = rig_.clock.now() + 24h;
    ASSERT_TRUE(rig_.store.create_post(scope_, post, {delivery}, {}));
  }

  Delivery publish() {
    Runner runner({rig_.store, rig_.sealer, rig_.clock, rig_.random, rig_.events}, *conduct_,
                  dialogues_, *registrations_);
    for (auto& row : rig_.store.claim_due(rig_.clock.now(), 60s, 5).value()) {
      runner.take(std::move(row), [] {});
    }
    rig_.executor.run();
    return rig_.store.find_delivery(scope_, DeliveryId("dlv")).value();
  }
  Grant grant() { return rig_.store.find_grant(scope_, GrantId("grt")).value(); }

  testing::AppRig rig_;
  PlatformSpec spec_;
  Platform platform_;
  Dialogues dialogues_{rig_.clock, rig_.executor, rig_.transport};
  std::unique_ptr<Registrations> registrations_;
  std::unique_ptr<Vault> vault_;
  std::unique_ptr<Conduct> conduct_;
  const CustomerScope scope_ = ScopeAuthority::of(CustomerId("acme"));
};

TEST_F(Trouble, a_missing_permission_parks_its_delivery_and_spares_the_grant) {
  rig_.transport.answer(kPost, 403, "{}");
  EXPECT_EQ(publish().state, DeliveryState::parked);
  EXPECT_EQ(grant().state, GrantState::live);
}

TEST_F(Trouble, a_refusal_of_the_grant_itself_condemns_it) {
  rig_.transport.answer(kPost, 401, "{}");
  EXPECT_EQ(publish().state, DeliveryState::parked);
  EXPECT_EQ(grant().state, GrantState::needs_reconnect);
}

TEST_F(Trouble, history_counts_the_tries_of_the_delivery) {
  EXPECT_EQ(publish().state, DeliveryState::scheduled);  // No answer is scripted.
  rig_.clock.advance(1h);
  rig_.transport.answer(kPost, 200, "{}");
  EXPECT_EQ(publish().state, DeliveryState::published);
  const auto history = rig_.store.list_attempts(scope_, {}, {}).value().rows;
  ASSERT_EQ(history.size(), 2u);
  EXPECT_EQ(history[1].number, 1);
  EXPECT_EQ(history[0].number, 2);
}

TEST_F(Trouble, a_follow_up_waits_a_week_for_a_reconnect) {
  platform_.follow_ups = [](const Input&) { return std::vector<std::string>{"comment"}; };
  rig_.transport.answer(kPost, 200, "{}");
  ASSERT_EQ(publish().state, DeliveryState::published);
  rig_.transport.answer(kPost, 401, "{}");
  FollowUps follow_ups({rig_.store, rig_.sealer, rig_.clock, rig_.random, rig_.events}, *conduct_,
                       *registrations_);
  const auto pass = [&] {
    EXPECT_TRUE(follow_ups.run_once(5, [] {}));
    rig_.executor.run();
    return rig_.store.follow_ups_of(scope_, PostId("post")).value().at(0);
  };
  for (int i = 0; i < 20; ++i) {
    const FollowUp row = pass();
    ASSERT_EQ(row.state, FollowUpState::due) << i;
    ASSERT_EQ(row.attempt, 0);
    ASSERT_EQ(row.due_at, rig_.clock.now() + 15min);
    rig_.clock.advance(15min);
  }
  rig_.clock.advance(7 * 24h);
  EXPECT_EQ(pass().attempt, 1);
}

TEST_F(Trouble, putting_a_renewal_off_does_not_forget_that_one_was_begun) {
  spec_.oauth.rotates = true;
  platform_.flows[static_cast<std::size_t>(Flow::refresh)] = {refresh_next, absorb};
  Grant due = grant();
  due.refresh_due_at = rig_.clock.now();
  due = rig_.store.save_grant(due, due.version).value();
  const Time now = rig_.clock.now();
  const Grant leased = rig_.store.lease_grant(scope_, due.id, due.version, now, 60s).value();
  ASSERT_TRUE(rig_.store.begin_refresh(scope_, due.id, due.version, leased.lease, now));
  ASSERT_TRUE(rig_.store.release_grant(scope_, due.id, leased.lease));
  rig_.clock.advance(1h);
  rig_.sealer.broken = true;  // The renewal cannot even begin.
  Refresher refresher(rig_.store, *vault_, rig_.clock, rig_.log);
  EXPECT_EQ(refresher.run_once().value(), 1);
  rig_.executor.run();
  EXPECT_EQ(grant().refresh_begun_version, due.version);
}

}  // namespace
}  // namespace herald
