// The same content goes to the same account twice only when somebody says so.
#include <gtest/gtest.h>

#include <algorithm>

#include "app/app_rig.h"
#include "app/compose.h"

namespace herald {
namespace {

using namespace std::chrono_literals;

class Repeats : public ::testing::Test {
 protected:
  Repeats() {
    spec_.id = PlatformId("toy");
    const OptionSpec title{.name = "title", .label = "Title"};
    MediaSlots slots;
    slots.max = 2;
    slots.rules = {{.type = MediaType::image, .formats = {"image/jpeg"}, .source = {}}};
    spec_.kinds = {{.id = "text", .label = "text", .text = {}, .media = slots, .options = {title}},
                   {.id = "note", .label = "note", .text = {}, .media = slots, .options = {title}}};
    platform_.spec = &spec_;
    std::vector<Registration> all(1);
    all[0].platform = &platform_;
    registrations_ = std::make_unique<Registrations>(std::move(all));
    compose_ = std::make_unique<Compose>(
        Compose::Ports{rig_.store, rig_.clock, rig_.random, rig_.digest, rig_.events},
        *registrations_, [] {});
    connect("acc");
    connect("other");
    draft_.text = "Bread";
    draft_.targets = {{.account = AccountId("acc"), .kind = "text"}};
  }

  void connect(const std::string& id) {
    Grant grant;
    grant.id = GrantId("grt-" + id);
    grant.customer = ada_.scope.customer();
    grant.user = ada_.user;
    grant.platform = spec_.id;
    grant.registration = "main";
    Account account;
    account.id = AccountId(id);
    account.remote_id = id;
    account.customer = grant.customer;
    account.user = grant.user;
    account.platform = grant.platform;
    account.grant = grant.id;
    ASSERT_TRUE(rig_.store.connect(ada_.scope, {grant, {account}}));
  }
  MediaId medium(const std::string& id, const std::string& hash) {
    Medium medium;
    medium.id = MediaId(id);
    medium.customer = ada_.scope.customer();
    medium.user = ada_.user;
    medium.status = MediaStatus::ready;
    medium.facts.content_type = "image/jpeg";
    medium.facts.sha256_hex = hash;
    EXPECT_TRUE(rig_.store.add_medium(ada_.scope, medium, 9));
    return medium.id;
  }
  PostId post() {
    PostDraft meant = draft_;
    meant.allow_repeat = true;
    const auto made = compose_->create(ada_, meant, {}).value();
    EXPECT_FALSE(made.id.empty());
    return made.id;
  }
  std::optional<std::string> warned(const PostId& edited = {}) {
    const auto found = compose_->check(ada_, draft_, edited).value();
    const auto one = std::ranges::find_if(
        found, [](const Problem& problem) { return problem.violation.rule == "content.repeated"; });
    if (one == found.end()) return std::nullopt;
    EXPECT_EQ(one->violation.severity, Violation::Severity::warning);
    EXPECT_EQ(one->target, 0);
    return one->violation.actual;
  }

  testing::AppRig rig_;
  PlatformSpec spec_;
  Platform platform_;
  std::unique_ptr<Registrations> registrations_;
  std::unique_ptr<Compose> compose_;
  const Caller ada_ = testing::caller("acme", "ada");
  PostDraft draft_;
};

TEST_F(Repeats, the_same_content_to_the_same_account_is_warned_of_for_a_day) {
  EXPECT_FALSE(warned());
  const PostId first = post();
  EXPECT_EQ(warned(), first.value);
  rig_.clock.advance(24h - 1ms);
  EXPECT_EQ(warned(), first.value);
  const PostId second = post();
  EXPECT_FALSE(second.empty());
  rig_.clock.advance(1ms);
  EXPECT_EQ(warned(), second.value);
  rig_.clock.advance(24h);
  EXPECT_FALSE(warned());
}

TEST_F(Repeats, other_words_kinds_options_and_accounts_are_other_content) {
  post();
  const PostDraft same = draft_;
  draft_.text = "Rolls";
  EXPECT_FALSE(warned());
  draft_ = same;
  draft_.targets[0].text = "Rolls";
  EXPECT_FALSE(warned());
  draft_ = same;
  draft_.targets[0].kind = "note";
  EXPECT_FALSE(warned());
  draft_ = same;
  draft_.targets[0].options["title"] = std::string("A title");
  EXPECT_FALSE(warned());
  draft_ = same;
  draft_.targets[0].account = AccountId("other");
  EXPECT_FALSE(warned());
  draft_ = same;
  draft_.targets[0].text = "Bread";  // The same, said otherwise.
  EXPECT_TRUE(warned());
}

TEST_F(Repeats, a_file_uploaded_twice_is_the_same_file_and_another_file_is_not) {
  draft_.media = {{medium("med_1", "aa"), {}}};
  post();
  draft_.media = {{medium("med_2", "aa"), "described"}};
  EXPECT_TRUE(warned());
  draft_.media = {{medium("med_3", "bb"), {}}};
  EXPECT_FALSE(warned());
  draft_.media.clear();
  EXPECT_FALSE(warned());
}

TEST_F(Repeats, what_was_called_back_or_failed_is_none) {
  const PostId id = post();
  ASSERT_TRUE(compose_->cancel(ada_, id));
  EXPECT_FALSE(warned());
  const PostId failed = post();
  Delivery row = rig_.store.claim_due(rig_.clock.now(), 1min, 1).value().at(0);
  row.state = DeliveryState::failed;
  ASSERT_TRUE(rig_.store.save_delivery(row, row.lease, std::nullopt, {}));
  EXPECT_FALSE(warned());
  ASSERT_TRUE(compose_->retry(ada_, failed, row.id));
  EXPECT_EQ(warned(), failed.value);
}

TEST_F(Repeats, a_post_is_no_repeat_of_itself_and_a_weekly_one_is_none_either) {
  const PostId id = post();
  EXPECT_FALSE(warned(id));
  draft_.due_at = rig_.clock.now() + 7 * 24h;
  EXPECT_FALSE(warned());
}

TEST_F(Repeats, a_repeat_is_refused_unless_it_is_said_to_be_meant) {
  const PostId first = compose_->create(ada_, draft_, {}).value().id;
  const auto refused = [&](const Result<Compose::Created>& made) {
    EXPECT_TRUE(made && made->id.empty());
    return made->problems.size() == 1 &&
           made->problems[0].violation.severity == Violation::Severity::error &&
           made->problems[0].violation.rule == "content.repeated" &&
           made->problems[0].violation.actual == first.value;
  };
  EXPECT_TRUE(refused(compose_->create(ada_, draft_, {})));
  EXPECT_TRUE(refused(compose_->create(ada_, draft_, "another-key")));

  draft_.due_at = rig_.clock.now() + 1h;
  draft_.text = "Rolls";
  const PostId other = compose_->create(ada_, draft_, {}).value().id;
  draft_.text = "Bread";
  EXPECT_TRUE(refused(compose_->edit(ada_, other, 1, draft_)));
  draft_.allow_repeat = true;
  EXPECT_EQ(compose_->edit(ada_, other, 1, draft_).value().id, other);
  EXPECT_FALSE(compose_->create(ada_, draft_, {}).value().id.empty());
}

TEST_F(Repeats, the_same_request_again_is_answered_with_its_post_and_is_no_repeat) {
  const PostId first = compose_->create(ada_, draft_, "key-of-the-bread").value().id;
  const auto again = compose_->create(ada_, draft_, "key-of-the-bread").value();
  EXPECT_EQ(again.id, first);
  EXPECT_TRUE(again.replayed);
}

TEST_F(Repeats, a_full_day_is_looked_through_to_its_end) {
  const PostId first = post();
  draft_.text = "Rolls";
  for (int i = 0; i < 60; ++i) {
    rig_.clock.advance(1min);
    post();
  }
  draft_.text = "Bread";
  EXPECT_EQ(warned(), first.value);
}

}  // namespace
}  // namespace herald
