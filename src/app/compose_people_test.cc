// Who may do what with a post: its owner and an admin of the customer, and nobody else.
#include <gtest/gtest.h>

#include "app/compose.h"
#include "app/toy_rig.h"

namespace herald {
namespace {

using namespace std::chrono_literals;

Caller admin(const std::string& customer) {
  Caller one = testing::caller(customer, "boss");
  one.role = Role::admin;
  return one;
}

class ComposePeople : public ::testing::Test {
 protected:
  PostId created(const std::string& key = {}) {
    return compose_.create(rig_.ada, draft_, key).value().id;
  }
  Delivery delivery_of(const PostId& id) {
    return rig_.store.deliveries_of(rig_.ada.scope, id)->at(0);
  }
  // Puts the post's delivery where only a person can help.
  void force(const PostId& id, DeliveryState state) {
    auto row = rig_.store.claim_due(rig_.clock.now(), 60s, 5)->at(0);
    ASSERT_EQ(row.post, id);
    row.state = state;
    row.attempt = 5;
    ASSERT_TRUE(rig_.store.save_delivery(row, row.lease, {}, {}));
  }
  static ErrorKind kind(const auto& result) {
    EXPECT_FALSE(result);
    return result ? ErrorKind::internal : result.error().kind;
  }

  testing::ToyRig rig_;
  int woken_ = 0;
  Compose compose_{{rig_.store, rig_.clock, rig_.random, rig_.digest, rig_.events},
                   rig_.registrations,
                   [this] { ++woken_; }};
  Account account_ = rig_.add_account(rig_.ada, "one");
  PostDraft draft_{.text = "Bread",
                   .media = {},
                   .targets = {{.account = account_.id, .kind = "text"}},
                   .due_at = {},
                   .time_zone = {},
                   .lateness_max = {}};
  const std::vector<Caller> strangers_{testing::caller("acme", "eve"), rig_.bob, admin("bolt"),
                                       testing::caller("bolt", "ada")};
};

TEST_F(ComposePeople, T01_a_post_is_its_owners_and_their_admins) {
  draft_.due_at = rig_.clock.now() + 1h;
  const auto id = created();
  for (const auto& who : strangers_) {
    EXPECT_EQ(kind(compose_.find(who, id)), ErrorKind::not_found);
    EXPECT_EQ(kind(compose_.cancel(who, id)), ErrorKind::not_found);
    EXPECT_EQ(kind(compose_.edit(who, id, 1, draft_)), ErrorKind::not_found);
  }
  EXPECT_EQ(delivery_of(id).state, DeliveryState::scheduled);
  EXPECT_TRUE(compose_.find(admin("acme"), id));
  EXPECT_TRUE(compose_.edit(admin("acme"), id, 1, draft_));
  EXPECT_EQ(compose_.find(rig_.ada, id)->user, rig_.ada.user);  // It stays the owner's.
  EXPECT_TRUE(compose_.cancel(admin("acme"), id));
  EXPECT_EQ(delivery_of(id).state, DeliveryState::cancelled);
}

TEST_F(ComposePeople, T03_nobody_posts_to_an_account_they_may_not_see) {
  for (const auto& who : strangers_) {
    EXPECT_EQ(kind(compose_.create(who, draft_, {})), ErrorKind::not_found);
    EXPECT_EQ(kind(compose_.check(who, draft_)), ErrorKind::not_found);
    EXPECT_EQ(kind(compose_.plan(who, draft_)), ErrorKind::not_found);
  }
  EXPECT_TRUE(compose_.create(admin("acme"), draft_, {}));
}

TEST_F(ComposePeople, T01_a_failed_delivery_is_retried_by_its_people_only) {
  const auto id = created();
  const auto delivery = delivery_of(id).id;
  EXPECT_EQ(kind(compose_.retry(rig_.ada, id, delivery)), ErrorKind::conflict);
  force(id, DeliveryState::failed);
  for (const auto& who : strangers_) {
    EXPECT_EQ(kind(compose_.retry(who, id, delivery)), ErrorKind::not_found);
  }
  EXPECT_EQ(kind(compose_.retry(rig_.ada, PostId("other"), delivery)), ErrorKind::not_found);
  woken_ = 0;
  rig_.clock.advance(48h);
  ASSERT_TRUE(compose_.retry(rig_.ada, id, delivery));
  const auto row = delivery_of(id);
  EXPECT_EQ(row.state, DeliveryState::scheduled);
  EXPECT_EQ(row.attempt, 0);
  EXPECT_GT(row.missed_after, rig_.clock.now());
  EXPECT_EQ(woken_, 1);
}

TEST_F(ComposePeople, T01_what_waits_for_a_look_is_settled_by_its_people_only) {
  const auto id = created();
  const auto delivery = delivery_of(id).id;
  EXPECT_EQ(kind(compose_.resolve(rig_.ada, id, delivery, true, {})), ErrorKind::conflict);
  force(id, DeliveryState::review);
  for (const auto& who : strangers_) {
    EXPECT_EQ(kind(compose_.resolve(who, id, delivery, true, {})), ErrorKind::not_found);
  }
  ASSERT_TRUE(compose_.resolve(rig_.ada, id, delivery, true, "https://toy.test/p/1"));
  EXPECT_EQ(delivery_of(id).state, DeliveryState::published);
  EXPECT_EQ(delivery_of(id).url, "https://toy.test/p/1");
  const auto history = rig_.store.list_attempts(rig_.ada.scope, {}, {}).value().rows;
  ASSERT_EQ(history.size(), 1u);
  EXPECT_EQ(history[0].outcome, "live");
}

TEST_F(ComposePeople, T25_a_key_used_again_is_the_same_post_and_another_persons_is_not) {
  const auto id = created("key-1");
  EXPECT_EQ(created("key-1"), id);
  PostDraft other = draft_;
  other.text = "Cake";
  EXPECT_EQ(kind(compose_.create(rig_.ada, other, "key-1")), ErrorKind::conflict);
  const auto boss = compose_.create(admin("acme"), draft_, "key-1").value();
  EXPECT_FALSE(boss.replayed);
  EXPECT_NE(boss.id, id);
}

TEST_F(ComposePeople, T25_a_repeated_request_is_not_judged_by_todays_clock) {
  draft_.due_at = rig_.clock.now() + 1min;
  const auto id = created("key-1");
  rig_.clock.advance(24h);
  const auto again = compose_.create(rig_.ada, draft_, "key-1").value();
  EXPECT_TRUE(again.replayed);
  EXPECT_EQ(again.id, id);
}

TEST_F(ComposePeople, F17_an_edit_of_what_somebody_changed_or_sent_is_refused) {
  draft_.due_at = rig_.clock.now() + 1min;
  const auto id = created();
  ASSERT_TRUE(compose_.edit(rig_.ada, id, 1, draft_));
  EXPECT_EQ(compose_.edit(rig_.ada, id, 1, draft_).error().code, "edited_meanwhile");
  rig_.clock.advance(1min);
  ASSERT_EQ(rig_.store.claim_due(rig_.clock.now(), 60s, 5)->size(), 1u);
  EXPECT_EQ(compose_.edit(rig_.ada, id, 2, draft_).error().code, "already_going_out");
}

}  // namespace
}  // namespace herald
