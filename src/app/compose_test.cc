#include "app/compose.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "app/app_rig.h"

namespace herald {
namespace {

using namespace std::chrono_literals;

class ComposeTest : public ::testing::Test {
 protected:
  ComposeTest() {
    spec_.id = PlatformId("toy");
    spec_.kinds = {{.id = "text", .label = "text"}};
    platform_.spec = &spec_;
    std::vector<Registration> all(1);
    all[0].platform = &platform_;
    registrations_ = std::make_unique<Registrations>(std::move(all));
    compose_ = std::make_unique<Compose>(
        Compose::Ports{rig_.store, rig_.clock, rig_.random, rig_.digest, rig_.events},
        *registrations_, [] {});
    Grant grant;
    grant.id = GrantId("grt");
    grant.customer = ada_.scope.customer();
    grant.user = ada_.user;
    grant.platform = spec_.id;
    grant.registration = "main";
    Account account;
    account.id = AccountId("acc");
    account.customer = grant.customer;
    account.user = grant.user;
    account.platform = grant.platform;
    account.grant = grant.id;
    EXPECT_TRUE(rig_.store.connect(ada_.scope, {grant, {account}}));
    draft_.text = "Bread";
    draft_.targets = {{.account = account.id, .kind = "text"}};
  }

  std::vector<Problem> of_rule(const std::string& rule) {
    std::vector<Problem> found = compose_->check(ada_, draft_).value();
    std::erase_if(found, [&](const Problem& one) { return one.violation.rule != rule; });
    return found;
  }

  testing::AppRig rig_;
  PlatformSpec spec_;
  Platform platform_;
  std::unique_ptr<Registrations> registrations_;
  std::unique_ptr<Compose> compose_;
  const Caller ada_ = testing::caller("acme", "ada");
  PostDraft draft_;
};

TEST_F(ComposeTest, an_unknown_option_is_told_once) {
  draft_.targets[0].options["colour"] = std::string("red");
  EXPECT_EQ(of_rule("option.unknown").size(), 1u);
}

TEST_F(ComposeTest, a_time_that_has_just_passed_is_told_and_taken) {
  draft_.due_at = rig_.clock.now() - 90s;
  ASSERT_EQ(of_rule("due.now").size(), 1u);
  EXPECT_EQ(of_rule("due.now")[0].violation.severity, Violation::Severity::warning);
  EXPECT_TRUE(of_rule("due.past").empty());
  draft_.due_at = rig_.clock.now();
  EXPECT_TRUE(of_rule("due.now").empty());
  draft_.due_at = rig_.clock.now() - 121s;
  EXPECT_EQ(of_rule("due.past").size(), 1u);
}

TEST_F(ComposeTest, two_places_of_one_account_are_two_deliveries_and_one_named_twice_is_told) {
  spec_.target = {.word = "place", .prefix = "p/", .folds_case = true};
  EXPECT_EQ(of_rule("target.required").size(), 1u);
  draft_.targets[0].key = "p/Bread";
  draft_.targets.push_back(draft_.targets[0]);
  draft_.targets[1].key = "bread";
  EXPECT_EQ(of_rule("targets.unique").size(), 1u);
  draft_.targets[1].key = "cakes";
  const auto created = compose_->create(ada_, draft_, "key").value();
  ASSERT_TRUE(created.problems.empty());
  const auto post = rig_.store.find_post(ada_.scope, created.id).value();
  EXPECT_EQ(post.targets[0].key, "bread");
  const auto deliveries = rig_.store.deliveries_of(ada_.scope, created.id).value();
  ASSERT_EQ(deliveries.size(), 2u);
  EXPECT_NE(deliveries[0].id, deliveries[1].id);
  EXPECT_EQ(deliveries[0].target_key + deliveries[1].target_key, "breadcakes");
  EXPECT_EQ(deliveries[0].id, delivery_id(created.id, AccountId("acc"), "bread"));
}

TEST_F(ComposeTest, an_account_without_places_takes_no_target_key) {
  draft_.targets[0].key = "bread";
  EXPECT_EQ(of_rule("target.unknown").size(), 1u);
}

}  // namespace
}  // namespace herald
