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

}  // namespace
}  // namespace herald
