#include "app/changes.h"

#include <gtest/gtest.h>

#include "app/app_rig.h"

namespace herald {
namespace {

using testing::AppRig;
using testing::caller;

class ChangesTest : public ::testing::Test {
 protected:
  // What is told of these customers, as "name id".
  std::vector<std::string> news(const std::vector<CustomerScope>& watched) {
    rig_.events.all.clear();
    EXPECT_TRUE(changes_.run_once(watched));
    std::vector<std::string> told;
    for (const auto& event : rig_.events.all) {
      EXPECT_EQ(event.user, UserId("ann"));
      told.push_back(event.name + " " + event.id);
    }
    return told;
  }

  Medium medium(const std::string& customer, const std::string& id, MediaStatus status) {
    Medium one;
    one.id = MediaId(id);
    one.customer = CustomerId(customer);
    one.user = UserId("ann");
    one.status = status;
    one.declared_bytes = 1;
    one.created_at = one.touched_at = rig_.clock.now();
    return one;
  }

  Account connected(const std::string& id) {
    Connection connection;
    Grant& grant = connection.grant;
    grant.id = GrantId("grant_" + id);
    grant.customer = a_.customer();
    grant.user = UserId("ann");
    grant.platform = PlatformId("youtube");
    Account account;
    account.id = AccountId(id);
    account.customer = grant.customer;
    account.user = grant.user;
    account.platform = grant.platform;
    account.grant = grant.id;
    account.remote_id = id;
    connection.accounts.push_back(account);
    return rig_.store.connect(a_, connection).value().front();
  }

  AppRig rig_;
  CustomerScope a_ = caller("a", "ann").scope, b_ = caller("b", "ann").scope;
  Changes changes_{rig_.store, rig_.events};
};

using Told = std::vector<std::string>;

TEST_F(ChangesTest, WhatStandsAlreadyIsNoNews) {
  ASSERT_TRUE(rig_.store.add_medium(a_, medium("a", "m1", MediaStatus::processing), 9));
  connected("acc");
  EXPECT_EQ(news({a_}), Told{});
  EXPECT_EQ(news({a_}), Told{});
}

TEST_F(ChangesTest, WhatAnotherProcessChangesIsToldOnce) {
  news({a_, b_});
  ASSERT_TRUE(rig_.store.add_medium(a_, medium("a", "m1", MediaStatus::processing), 9));
  EXPECT_EQ(news({a_, b_}), Told{"media.updated m1"});
  EXPECT_EQ(news({a_, b_}), Told{});
  ASSERT_TRUE(rig_.store.save_medium(a_, medium("a", "m1", MediaStatus::ready)));
  EXPECT_EQ(news({a_, b_}), Told{"media.updated m1"});
}

TEST_F(ChangesTest, AnAccountComesFailsAndGoes) {
  news({a_});
  const Account account = connected("acc");
  EXPECT_EQ(news({a_}), Told{"account.updated acc"});
  Grant grant = rig_.store.find_grant(a_, account.grant).value();
  grant.state = GrantState::needs_reconnect;
  ASSERT_TRUE(rig_.store.save_grant(grant, grant.version));
  EXPECT_EQ(news({a_}), Told{"account.updated acc"});
  ASSERT_TRUE(rig_.store.remove_account(a_, account.id, rig_.clock.now()));
  EXPECT_EQ(news({a_}), Told{"account.updated acc"});
  EXPECT_EQ(news({a_}), Told{});
}

TEST_F(ChangesTest, OfCustomersWhomNobodyWatchesNothingIsAsked) {
  news({b_});
  ASSERT_TRUE(rig_.store.add_medium(a_, medium("a", "m1", MediaStatus::processing), 9));
  EXPECT_EQ(news({b_}), Told{});
  EXPECT_EQ(news({a_}), Told{}) << "who begins to watch has just read how things stand";
}

TEST_F(ChangesTest, AStepOfADeliveryAndANewPostAreTold) {
  const Account account = connected("acc");
  news({a_});
  Post post;
  post.id = PostId("p1");
  post.customer = a_.customer();
  post.user = UserId("ann");
  post.targets.push_back({account.id, "video", {}, {}, {}});
  post.created_at = post.updated_at = rig_.clock.now();
  Delivery delivery;
  delivery.id = DeliveryId("d1");
  delivery.post = post.id;
  delivery.customer = post.customer;
  delivery.user = post.user;
  delivery.account = account.id;
  delivery.platform = account.platform;
  delivery.publish_at = delivery.due_at = rig_.clock.now();
  ASSERT_TRUE(rig_.store.create_post(a_, post, {delivery}, {}, Duration{}));
  EXPECT_EQ(news({a_}), Told{"post.updated p1"});
  auto claimed = rig_.store.claim_due(rig_.clock.now(), std::chrono::seconds(60), 1).value();
  ASSERT_EQ(claimed.size(), 1u);
  Attempt attempt;
  attempt.id = "at1";
  attempt.customer = post.customer;
  attempt.user = post.user;
  attempt.delivery = delivery.id;
  attempt.post = post.id;
  attempt.account = account.id;
  ASSERT_TRUE(rig_.store.save_delivery(claimed[0], claimed[0].lease, attempt, {}));
  EXPECT_EQ(news({a_}), Told{"delivery.updated d1"});
}

}  // namespace
}  // namespace herald
