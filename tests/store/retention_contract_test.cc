#include <set>
#include <string>
#include <utility>

#include "tests/store/store_test.h"

namespace herald {
namespace {

class RetentionContract : public StoreTest {
 protected:
  RetentionContract() {
    EXPECT_DONE(store().add_customer(sample_customer("acme")));
    EXPECT_DONE(store().add_user(sample_user("acme", "ann")));
    connect("acme", "page");
  }

  // A post whose delivery came to this state, with one line of history.
  void line(const std::string& id, Time started_at, DeliveryState state, bool visible = false,
            std::string step = "publish: POST graph.facebook.com") {
    const std::string post = "post of " + id;
    create("acme", post, {"page"}, at(1));
    Delivery row = claimed("acme", post, "page", at(1));
    Attempt attempt = sample_attempt(row, id);
    attempt.started_at = attempt.ended_at = started_at;
    attempt.visible = visible;
    attempt.step = std::move(step);
    row.state = state;
    row.due_at = at(1'000'000);
    EXPECT_DONE(store().save_delivery(row, row.lease, attempt, {}));
  }
  std::string lines() {
    std::string text;
    for (const Attempt& row : store().list_attempts(acme_, {}, {})->rows) text += row.id + " ";
    return text;
  }

  const CustomerScope acme_ = scope("acme");
};
INSTANTIATE_TEST_SUITE_P(Stores, RetentionContract, ::testing::ValuesIn(store_kinds()), kind_name);

TEST_P(RetentionContract, SignInsThatExpiredAreForgottenTheOldestFirst) {
  for (const auto& [id, end] : {std::pair("late", 30), {"first", 10}, {"second", 20}}) {
    Session session = sample_session("acme", "ann", id);
    session.refresh_hash = id;
    session.expires_at = at(end);
    EXPECT_DONE(store().begin_session(session));
  }
  EXPECT_EQ(store().forget_sessions(at(10), 9).value(), 0);
  EXPECT_EQ(store().forget_sessions(at(30), 1).value(), 1);
  EXPECT_REFUSED(store().find_session(SessionId("first")), not_found, "");
  EXPECT_DONE(store().find_session(SessionId("second")));
  EXPECT_EQ(store().forget_sessions(at(30), 9).value(), 1);
  EXPECT_DONE(store().find_session(SessionId("late")));
}

TEST_P(RetentionContract, StepsThatNobodySawAreForgottenWhenTheDeliveryIsOver) {
  line("att1", at(10), DeliveryState::published);
  line("att2", at(20), DeliveryState::failed);
  line("att3", at(30), DeliveryState::published);
  EXPECT_EQ(store().forget_steps(at(10), 9).value(), 0);
  EXPECT_EQ(store().forget_steps(at(30), 1).value(), 1);
  EXPECT_EQ(lines(), "att3 att2 ");
  EXPECT_EQ(store().forget_steps(at(30), 9).value(), 1);
  EXPECT_EQ(lines(), "att3 ");
}

TEST_P(RetentionContract, WhatTheAudienceSawAndAPersonDecidedStays) {
  line("seen", at(10), DeliveryState::published, true);
  line("decided", at(20), DeliveryState::published, false, std::string(kSettledByHand));
  EXPECT_EQ(store().forget_steps(at(1000), 9).value(), 0);
  EXPECT_EQ(lines(), "decided seen ");
}

TEST_P(RetentionContract, NothingOfADeliveryThatIsNotOverIsForgotten) {
  line("parked", at(10), DeliveryState::parked);
  EXPECT_EQ(store().forget_steps(at(1000), 9).value(), 0);
  EXPECT_EQ(lines(), "parked ");
}

TEST_P(RetentionContract, FollowUpsThatAreOverAreForgottenAndTheOthersStay) {
  create("acme", "post", {"page"}, at(1));
  Delivery row = claimed("acme", "post", "page", at(1));
  row.state = DeliveryState::published;
  EXPECT_DONE(store().save_delivery(
      row, row.lease, std::nullopt,
      {sample_follow_up(row, "comment", at(5)), sample_follow_up(row, "playlist", at(5)),
       sample_follow_up(row, "thumbnail", at(9000))}));
  for (FollowUp work : store().claim_follow_ups(at(5), kLease, 9).value()) {
    work.state = work.kind == "comment" ? FollowUpState::done : FollowUpState::failed;
    work.updated_at = work.kind == "comment" ? at(10) : at(20);
    EXPECT_DONE(store().save_follow_up(work, work.lease, std::nullopt));
  }
  const auto kinds = [&] {
    std::set<std::string> left;
    for (const FollowUp& one : store().follow_ups_of(acme_, PostId("post")).value()) {
      left.insert(one.kind);
    }
    return left;
  };
  EXPECT_EQ(store().forget_follow_ups(at(10), 9).value(), 0);
  EXPECT_EQ(store().forget_follow_ups(at(21), 1).value(), 1);
  EXPECT_EQ(kinds(), (std::set<std::string>{"playlist", "thumbnail"}));
  EXPECT_EQ(store().forget_follow_ups(at(1'000'000), 9).value(), 1);
  EXPECT_EQ(kinds(), (std::set<std::string>{"thumbnail"})) << "it is still to be done";
}

TEST_P(RetentionContract, AuditIsForgottenByItsTimeWhosesoeverItIs) {
  const auto add = [&](const std::string& customer, const std::string& action, int ms) {
    EXPECT_DONE(store().add_audit({.customer = CustomerId(customer),
                                   .user = {},
                                   .action = action,
                                   .subject = {},
                                   .note = {},
                                   .at = at(ms)}));
  };
  add("acme", "late", 30);
  add("acme", "first", 10);
  add("bolt", "theirs", 20);
  EXPECT_EQ(store().forget_audit(at(10), 9).value(), 0);
  EXPECT_EQ(store().forget_audit(at(30), 1).value(), 1);
  EXPECT_EQ(store().list_audit(acme_, 9)->size(), 1u);
  EXPECT_EQ(store().list_audit(scope("bolt"), 9)->size(), 1u);
  EXPECT_EQ(store().forget_audit(at(30), 9).value(), 1);
  EXPECT_EQ(store().list_audit(acme_, 9)->at(0).action, "late");
  EXPECT_TRUE(store().list_audit(scope("bolt"), 9)->empty());
}

TEST_P(RetentionContract, AKeyIsForgottenAndItsPostStays) {
  const auto make = [&](const std::string& id, const std::string& key, Time created) {
    Post post = sample_post("acme", id, {"page"}, at(500));
    post.created_at = created;
    return store().create_post(acme_, post, deliveries_for(post), {key, "print"}, {});
  };
  EXPECT_DONE(make("old", "key 1", at(10)));
  EXPECT_DONE(make("new", "key 2", at(20)));
  EXPECT_DONE(make("plain", "", at(1)));
  EXPECT_EQ(store().forget_keys(at(10), 9).value(), 0);
  EXPECT_EQ(store().forget_keys(at(20), 9).value(), 1);
  EXPECT_EQ(store().find_created(acme_, UserId("ann"), {"key 1", "print"}).value(), std::nullopt);
  EXPECT_TRUE(store().find_created(acme_, UserId("ann"), {"key 2", "print"}).value());
  EXPECT_DONE(store().find_post(acme_, PostId("old")));
  EXPECT_FALSE(make("again", "key 1", at(30)).value().replayed);
  EXPECT_EQ(store().forget_keys(at(1000), 1).value(), 1);
  EXPECT_TRUE(store().find_created(acme_, UserId("ann"), {"key 1", "print"}).value());
}

TEST_P(RetentionContract, WhatNobodyAskedAboutForLongIsForgotten) {
  const auto keep = [&](const std::string& key, int asked) {
    EXPECT_DONE(store().keep_facts(
        acme_, {CustomerId("acme"), AccountId("page"), key, {{}, at(1), {}}, at(asked), {}}));
  };
  const auto has = [&](const std::string& key) {
    return store().find_facts(acme_, AccountId("page"), key)->has_value();
  };
  keep("typed", 10);
  keep("asked again", 5);
  keep("asked again", 20);
  keep("late", 30);
  EXPECT_EQ(store().forget_facts(at(10), 9).value(), 0);
  EXPECT_EQ(store().forget_facts(at(30), 1).value(), 1);
  EXPECT_FALSE(has("typed"));
  EXPECT_TRUE(has("asked again"));
  EXPECT_EQ(store().forget_facts(at(30), 9).value(), 1);
  EXPECT_TRUE(has("late"));
}

}  // namespace
}  // namespace herald
