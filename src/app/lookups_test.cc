// Live facts: asked for, kept, gone by while they are fresh, and asked anew where a delivery must
// not go by old ones. And the rules, which are asked once more before anything is sent.
#include "app/lookups.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "app/app_rig.h"
#include "app/compose.h"
#include "app/runner.h"

namespace herald {
namespace {

using namespace std::chrono_literals;

constexpr const char* kFacts = "https://toy.test/facts";
constexpr const char* kPost = "https://toy.test/post";

Step lookup_next(const Input& input, const Progress& progress) {
  if (!progress.empty()) {
    return Finished{LookedUp{{{"left", progress}}, input.now, {{"boards", {{"b1", "Board"}}}}}};
  }
  return Call{.step = "ask", .url = kFacts + input.target_key};
}

Step publish_next(const Input& input, const Progress& progress) {
  if (!progress.empty()) return Finished{Published{"remote-1", {}, {}}};
  Call call;
  call.step = "post";
  call.method = "POST";
  call.url = kPost;
  const auto left = input.looked_up.facts.find("left");
  call.body = FormBody{
      {{"left", left == input.looked_up.facts.end() ? std::string("unknown") : left->second}}};
  return call;
}

Absorbed absorb(const Input&, const Progress&, const Answer& answer) {
  if (answer.status == 200) return {Verdict::accepted, answer.body, {}, {}};
  const auto kind = answer.status == 401 ? ErrorKind::unauthorized : ErrorKind::rate_limited;
  return {Verdict::refused, {}, {kind, "It said no.", {}, {}, "no"}, {}};
}

Violation violation(const char* rule) {
  Violation one;
  one.rule = rule;
  one.message = "Do it otherwise.";
  return one;
}

std::vector<Violation> check(const Input& input) {
  std::vector<Violation> found;
  const auto& facts = input.looked_up.facts;
  if (facts.contains("left") && facts.at("left") == "0") found.push_back(violation("left.none"));
  const auto& scopes = input.account.scopes;
  if (std::ranges::find(scopes, "post") == scopes.end()) found.push_back(violation("scope.post"));
  return found;
}

class LookupsTest : public ::testing::Test {
 protected:
  LookupsTest() {
    spec_.id = PlatformId("toy");
    spec_.name = "Toy";
    spec_.kinds = {{.id = "text", .label = "text"}};
    spec_.token_hosts = {"toy.test"};
    spec_.lookup = {.fresh = 1min, .before_publish = false, .per_target = false};
    platform_.spec = &spec_;
    platform_.check = check;
    platform_.flows[static_cast<std::size_t>(Flow::lookup)] = {lookup_next, absorb};
    platform_.flows[static_cast<std::size_t>(Flow::publish)] = {publish_next, absorb};
    std::vector<Registration> all(1);
    all[0].platform = &platform_;
    all[0].client_id = "herald";
    all[0].client_secret = Secret("quiet");
    registrations_ = std::make_unique<Registrations>(std::move(all));
    vault_ = std::make_unique<Vault>(rig_.store, rig_.sealer, rig_.clock, rig_.executor,
                                     rig_.random, dialogues_, rig_.events, *registrations_);
    conduct_ = std::make_unique<Conduct>(rig_.clock, rig_.executor, rig_.random, rig_.transport,
                                         rig_.log, *vault_);
    runner_ = std::make_unique<Runner>(
        Runner::Ports{rig_.store, rig_.sealer, rig_.clock, rig_.random, rig_.events, rig_.log},
        *conduct_, dialogues_, *registrations_);
    compose_ = std::make_unique<Compose>(
        Compose::Ports{rig_.store, rig_.clock, rig_.random, rig_.digest, rig_.events},
        *registrations_, [] {});
    lookups_ = std::make_unique<Lookups>(Lookups::Ports{rig_.store, rig_.clock, rig_.executor},
                                         *vault_, dialogues_, *registrations_);
    connect({"post"});
    draft_.text = "Bread";
    draft_.targets = {{.account = AccountId("acc"), .kind = "text"}};
    rig_.transport.answer(kFacts, 200, "7");
    rig_.transport.answer(kPost, 200, "done");
  }

  void connect(std::vector<std::string> scopes) {
    Grant grant;
    grant.id = GrantId("grt");
    grant.customer = ada_.scope.customer();
    grant.user = ada_.user;
    grant.platform = spec_.id;
    grant.registration = "main";
    grant.scopes = std::move(scopes);
    grant.updated_at = rig_.clock.now();
    TokenSet tokens;
    tokens.insert_or_assign("access", Token{Secret("t0ken"), {}});
    grant.sealed_tokens = vault_->seal_tokens(grant, tokens).value();
    Account account;
    account.id = AccountId("acc");
    account.customer = grant.customer;
    account.user = grant.user;
    account.platform = grant.platform;
    account.grant = grant.id;
    ASSERT_TRUE(rig_.store.connect(ada_.scope, {grant, {account}}));
  }

  // How often it told that it is done, when everything has run.
  int freshen() {
    int told = 0;
    lookups_->freshen(ada_, draft_.targets, [&told] { ++told; });
    rig_.executor.run();
    return told;
  }
  std::optional<KeptFacts> kept(const std::string& key = {}) {
    return rig_.store.find_facts(ada_.scope, AccountId("acc"), key).value();
  }
  std::size_t asked() { return rig_.transport.count(kFacts); }
  std::size_t warned_of_missing() {
    const auto found = compose_->check(ada_, draft_).value();
    return static_cast<std::size_t>(std::ranges::count_if(
        found, [](const Problem& one) { return one.violation.rule == "lookup.missing"; }));
  }
  Delivery saved() {
    PostDraft meant = draft_;
    meant.allow_repeat = true;
    const auto id = compose_->create(ada_, meant, {}).value().id;
    return rig_.store.deliveries_of(ada_.scope, id).value().front();
  }
  Delivery work(const Delivery& delivery) {
    for (auto& row : rig_.store.claim_due(rig_.clock.now(), 60s, 5).value()) {
      runner_->take(std::move(row), [] {});
    }
    rig_.executor.run();
    return rig_.store.find_delivery(ada_.scope, delivery.id).value();
  }
  std::vector<Attempt> history() {
    return rig_.store.list_attempts(ada_.scope, {}, {}).value().rows;
  }

  testing::AppRig rig_;
  PlatformSpec spec_;
  Platform platform_;
  Dialogues dialogues_{rig_.clock, rig_.executor, rig_.transport};
  std::unique_ptr<Registrations> registrations_;
  std::unique_ptr<Vault> vault_;
  std::unique_ptr<Conduct> conduct_;
  std::unique_ptr<Runner> runner_;
  std::unique_ptr<Compose> compose_;
  std::unique_ptr<Lookups> lookups_;
  const Caller ada_ = testing::caller("acme", "ada");
  PostDraft draft_;
};

// ---------------------------------------------------------------- While composing

TEST_F(LookupsTest, what_is_fresh_is_not_asked_for_again) {
  EXPECT_EQ(freshen(), 1);
  EXPECT_EQ(kept()->looked_up.facts.at("left"), "7");
  EXPECT_EQ(kept()->looked_up.at, rig_.clock.now());
  rig_.clock.advance(59s);
  EXPECT_EQ(freshen(), 1);
  EXPECT_EQ(asked(), 1u);
  rig_.clock.advance(1s);
  EXPECT_EQ(freshen(), 1);
  EXPECT_EQ(asked(), 2u);
}

TEST_F(LookupsTest, a_silent_platform_keeps_nobody_waiting) {
  int told = 0;
  lookups_->freshen(ada_, draft_.targets, [&told] { ++told; });
  rig_.executor.forget_all();  // Its answer does not come.
  EXPECT_EQ(told, 0);
  rig_.clock.advance(Lookups::kWaitMax);
  rig_.executor.run_later();
  EXPECT_EQ(told, 1);
}

TEST_F(LookupsTest, an_answer_after_the_wait_is_kept_and_told_of_no_second_time) {
  int told = 0;
  lookups_->freshen(ada_, draft_.targets, [&told] { ++told; });
  rig_.executor.run();
  rig_.executor.run_later();
  EXPECT_EQ(told, 1);
  EXPECT_TRUE(kept());
}

TEST_F(LookupsTest, a_try_in_vain_is_repeated_at_once_with_other_tokens) {
  rig_.transport.answer(kFacts, 429, "");
  freshen();
  rig_.clock.advance(1s);
  freshen();
  EXPECT_EQ(asked(), 1u);
  connect({"post"});
  rig_.transport.answer(kFacts, 200, "7");
  freshen();
  EXPECT_EQ(asked(), 2u);
  EXPECT_EQ(kept()->problem, "");
}

TEST_F(LookupsTest, a_try_in_vain_says_why_keeps_what_was_known_and_is_not_repeated_at_once) {
  freshen();
  rig_.clock.advance(1min);
  rig_.transport.answer(kFacts, 429, "");
  EXPECT_EQ(freshen(), 1);
  EXPECT_EQ(kept()->problem, "It said no.");
  EXPECT_EQ(kept()->looked_up.facts.at("left"), "7");
  rig_.clock.advance(29s);
  EXPECT_EQ(freshen(), 1);
  EXPECT_EQ(asked(), 2u);
  rig_.clock.advance(1s);
  freshen();
  EXPECT_EQ(asked(), 3u);
}

TEST_F(LookupsTest, nobody_asks_about_the_account_of_another) {
  for (const auto& who : {testing::caller("acme", "ben"), testing::caller("bolt", "ada")}) {
    int told = 0;
    lookups_->freshen(who, draft_.targets, [&told] { ++told; });
    rig_.executor.run();
    EXPECT_EQ(told, 1);
    std::optional<ErrorKind> kind;
    lookups_->facts_of(who, spec_.id, AccountId("acc"), {},
                       [&kind](auto facts) { kind = facts.error().kind; });
    EXPECT_EQ(kind, ErrorKind::not_found);
  }
  EXPECT_EQ(asked(), 0u);
}

TEST_F(LookupsTest, targets_of_one_account_are_asked_about_apart_only_where_the_spec_says_so) {
  draft_.targets.push_back(draft_.targets[0]);
  draft_.targets[0].key = "/r/bread";
  draft_.targets[1].key = "/r/rolls";
  EXPECT_EQ(freshen(), 1);
  EXPECT_EQ(asked(), 1u);
  EXPECT_TRUE(kept(""));
  spec_.lookup.per_target = true;
  EXPECT_EQ(freshen(), 1);
  EXPECT_EQ(rig_.transport.count("https://toy.test/facts/r/"), 2u);
  EXPECT_TRUE(kept("/r/bread"));
  EXPECT_TRUE(kept("/r/rolls"));
}

TEST_F(LookupsTest, a_check_goes_by_fresh_facts_and_says_when_there_are_none) {
  EXPECT_EQ(warned_of_missing(), 1u);
  rig_.transport.answer(kFacts, 200, "0");
  freshen();
  EXPECT_EQ(warned_of_missing(), 0u);
  EXPECT_TRUE(has_error(compose_->check(ada_, draft_).value()));
  rig_.clock.advance(1min);
  EXPECT_EQ(warned_of_missing(), 1u);
  EXPECT_FALSE(has_error(compose_->check(ada_, draft_).value()));
}

// ---------------------------------------------------------------- Before a delivery's first call

TEST_F(LookupsTest, a_delivery_asks_anew_where_the_spec_says_so_and_publishes_by_the_answer) {
  spec_.lookup.before_publish = true;
  freshen();
  rig_.transport.answer(kFacts, 200, "6");
  EXPECT_EQ(work(saved()).state, DeliveryState::published);
  EXPECT_EQ(asked(), 2u);
  EXPECT_EQ(rig_.transport.sent().back().form.at("left"), "6");
  EXPECT_EQ(kept()->looked_up.facts.at("left"), "6");
  const auto lines = history();
  const auto line =
      std::ranges::find(lines, "lookup; GET toy.test/facts: accepted (200)", &Attempt::step);
  ASSERT_NE(line, lines.end());
  EXPECT_EQ(line->outcome, "accepted");
  EXPECT_FALSE(line->visible);
}

TEST_F(LookupsTest, a_delivery_goes_by_fresh_facts_elsewhere_and_does_without_old_ones) {
  freshen();
  EXPECT_EQ(work(saved()).state, DeliveryState::published);
  EXPECT_EQ(rig_.transport.sent().back().form.at("left"), "7");
  rig_.clock.advance(1min);
  EXPECT_EQ(work(saved()).state, DeliveryState::published);
  EXPECT_EQ(rig_.transport.sent().back().form.at("left"), "unknown");
  EXPECT_EQ(asked(), 1u);
}

TEST_F(LookupsTest, what_the_facts_of_now_forbid_is_not_sent) {
  spec_.lookup.before_publish = true;
  const Delivery made = saved();
  rig_.transport.answer(kFacts, 200, "0");
  const Delivery row = work(made);
  EXPECT_EQ(row.state, DeliveryState::failed);
  EXPECT_EQ(row.code, "left.none");
  EXPECT_TRUE(row.message.ends_with("Do it otherwise.")) << row.message;
  EXPECT_EQ(rig_.transport.count(kPost), 0u);
}

TEST_F(LookupsTest, a_lookup_without_an_answer_puts_the_delivery_off_and_is_tried_again) {
  spec_.lookup.before_publish = true;
  const Delivery made = saved();
  rig_.transport.answer(kFacts, 429, "");
  const Delivery row = work(made);
  EXPECT_EQ(row.state, DeliveryState::scheduled);
  EXPECT_GT(row.due_at, rig_.clock.now());
  EXPECT_EQ(rig_.transport.count(kPost), 0u);
  rig_.transport.answer(kFacts, 200, "5");
  rig_.clock.set(row.due_at);
  EXPECT_EQ(work(made).state, DeliveryState::published);
}

TEST_F(LookupsTest, a_lookup_that_the_grant_does_not_allow_parks_the_delivery) {
  spec_.lookup.before_publish = true;
  const Delivery made = saved();
  rig_.transport.answer(kFacts, 401, "");
  EXPECT_EQ(work(made).state, DeliveryState::parked);
  EXPECT_EQ(rig_.transport.count(kPost), 0u);
}

TEST_F(LookupsTest, what_lost_a_scope_since_it_was_made_is_not_sent) {
  const Delivery made = saved();
  connect({"like"});
  const Delivery row = work(made);
  EXPECT_EQ(row.state, DeliveryState::failed);
  EXPECT_EQ(row.code, "scope.post");
  EXPECT_TRUE(rig_.transport.sent().empty());
  ASSERT_EQ(history().size(), 1u);
  EXPECT_EQ(history()[0].step, "check");
  EXPECT_EQ(history()[0].outcome, "refused");
}

TEST_F(LookupsTest, a_kind_that_the_platform_has_given_up_is_not_sent) {
  const Delivery made = saved();
  spec_.kinds[0].id = "words";
  EXPECT_EQ(work(made).code, "kind.unknown");
  EXPECT_TRUE(rig_.transport.sent().empty());
}

}  // namespace
}  // namespace herald
