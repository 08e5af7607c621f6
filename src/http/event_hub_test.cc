#include "http/event_hub.h"

#include <gtest/gtest.h>

#include "store/memory/memory_store.h"

namespace herald::http {
namespace {

// Work waits here until the test says go.
class HeldExecutor final : public Executor {
 public:
  void post(std::function<void()> work) override { now_.push_back(std::move(work)); }
  void post_after(Duration delay, std::function<void()> work) override {
    later_.emplace_back(delay, std::move(work));
  }
  void run() {
    while (!now_.empty()) {
      auto work = std::move(now_.front());
      now_.pop_front();
      work();
    }
  }
  // Lets `passed` go by; every delay is as long as the beat.
  void pass() {
    for (auto& [delay, work] : std::exchange(later_, {})) work();
  }
  std::size_t waiting() const { return now_.size(); }
  std::size_t later() const { return later_.size(); }

 private:
  std::deque<std::function<void()>> now_;
  std::vector<std::pair<Duration, std::function<void()>>> later_;
};

class PlainHosts final : public HostMap {
 public:
  std::string reach(std::string_view url) const override { return std::string(url); }
};

class EventHubTest : public ::testing::Test {
 protected:
  static Caller person(const char* customer, const char* user, Role role = Role::member) {
    return {ScopeAuthority::of(CustomerId(customer)), UserId(user), {}, role};
  }
  static Event media(const char* customer, const char* user, std::string id) {
    return {CustomerId(customer), UserId(user), "media.updated", std::move(id), {}};
  }
  std::shared_ptr<BodyStream> follow(const Caller& caller) {
    auto stream = hub_.subscribe(caller);
    if (!stream) throw std::runtime_error(stream.error().message);
    std::string greeting;
    (*stream)->read(greeting);
    EXPECT_EQ(greeting, "retry: 1000\n\n");
    return *stream;
  }
  static std::string heard(BodyStream& stream) {
    std::string text;
    stream.read(text);
    return text;
  }
  static std::string told(const std::string& id) {
    return "event: media.updated\ndata: {\"media_id\":\"" + id + "\"}\n\n";
  }
  static bool is_over(BodyStream& stream) {
    std::string text;
    return !stream.read(text);
  }

  MemoryStore store_;
  HeldExecutor executor_;
  EventLimits limits_{.stream_bytes_max = 1000, .streams_per_user_max = 2, .events_waiting_max = 3};
  PlainHosts hosts_;
  EventHub hub_{store_, executor_, hosts_, limits_};
};

TEST_F(EventHubTest, KnowsOfWhichCustomersSomebodyFollowsAlong) {
  EXPECT_TRUE(hub_.watched().empty());
  auto ann = follow(person("a", "ann"));
  const auto too = follow(person("a", "abe"));
  auto ben = follow(person("b", "ben"));
  EXPECT_EQ(hub_.watched().size(), 2u);
  ben.reset();
  ASSERT_EQ(hub_.watched().size(), 1u);
  EXPECT_EQ(hub_.watched()[0].customer(), CustomerId("a"));
}

TEST_F(EventHubTest, PublishingOnlyHandsTheEventOverAndWakesTheReader) {
  const auto stream = follow(person("a", "ann"));
  int woken = 0;
  stream->on_ready([&] { ++woken; });
  hub_.publish(media("a", "ann", "med_1"));
  EXPECT_EQ(heard(*stream), "");
  EXPECT_EQ(woken, 0);
  executor_.run();
  EXPECT_EQ(heard(*stream), told("med_1"));
  EXPECT_EQ(woken, 1);
}

TEST_F(EventHubTest, WithoutAnybodyWhoMaySeeItNothingIsDone) {
  const auto other = follow(person("a", "bob"));
  hub_.publish(media("a", "ann", "med_1"));
  hub_.publish(media("b", "bob", "med_1"));
  EXPECT_EQ(executor_.waiting(), 0u);
}

TEST_F(EventHubTest, T26_NobodyHearsOfAnotherCustomerAndAMemberNotOfOthers) {
  const auto member = follow(person("a", "ann"));
  const auto admin = follow(person("a", "boss", Role::admin));
  const auto foreign = follow(person("b", "ann", Role::admin));
  hub_.publish(media("a", "ann", "of_ann"));
  hub_.publish(media("a", "bob", "of_bob"));
  executor_.run();
  EXPECT_EQ(heard(*member), told("of_ann"));
  EXPECT_EQ(heard(*admin), told("of_ann") + told("of_bob"));
  EXPECT_EQ(heard(*foreign), "");
}

TEST_F(EventHubTest, AFlowIsItsBeginnersAlone) {
  OAuthFlow flow;
  flow.id = FlowId("flow_1");
  flow.customer = CustomerId("a");
  flow.user = UserId("ann");
  flow.platform = PlatformId("youtube");
  flow.status = FlowStatus::working;
  flow.expires_at = from_ms(1000);
  ASSERT_TRUE(store_.begin_flow(flow, 10, from_ms(0)));
  const auto member = follow(person("a", "ann"));
  const auto admin = follow(person("a", "boss", Role::admin));
  hub_.publish({flow.customer, flow.user, "flow.updated", flow.id.value, {}});
  executor_.run();
  EXPECT_EQ(heard(*member),
            "event: flow.updated\ndata: "
            "{\"flow_id\":\"flow_1\",\"platform\":\"youtube\",\"status\":\"returned\"}\n\n");
  EXPECT_EQ(heard(*admin), "");
}

TEST_F(EventHubTest, AChangeOfAGrantIsOneOfEachAccountOnIt) {
  const Caller ann = person("a", "ann");
  Connection connection;
  connection.grant.id = GrantId("grant_1");
  connection.grant.customer = CustomerId("a");
  connection.grant.user = ann.user;
  for (const char* id : {"acc_1", "acc_2"}) {
    Account account;
    account.id = AccountId(id);
    account.customer = CustomerId("a");
    account.user = ann.user;
    account.grant = connection.grant.id;
    account.remote_id = id;
    connection.accounts.push_back(account);
  }
  ASSERT_TRUE(store_.connect(ann.scope, connection));
  const auto stream = follow(ann);
  hub_.publish({CustomerId("a"), ann.user, "account.updated", "grant_1", {}});
  executor_.run();
  EXPECT_EQ(heard(*stream),
            "event: account.updated\ndata: {\"account_id\":\"acc_1\"}\n\n"
            "event: account.updated\ndata: {\"account_id\":\"acc_2\"}\n\n");
}

TEST_F(EventHubTest, TwoUntoldEventsOfOneRowAreOne) {
  const auto stream = follow(person("a", "ann"));
  for (int i = 0; i < 100; ++i) hub_.publish(media("a", "ann", "med_1"));
  hub_.publish(media("a", "ann", "med_2"));
  executor_.run();
  EXPECT_EQ(heard(*stream), told("med_1") + told("med_2"));
  hub_.publish(media("a", "ann", "med_1"));
  executor_.run();
  EXPECT_EQ(heard(*stream), told("med_1"));
}

TEST_F(EventHubTest, WhoDoesNotReadIsLetGoAndTheOthersAreNot) {
  const auto slow = follow(person("a", "ann"));
  const auto quick = follow(person("a", "ann"));
  for (int i = 0; i < 40; ++i) {
    hub_.publish(media("a", "ann", "med_" + std::to_string(i)));
    executor_.run();
    EXPECT_NE(heard(*quick), "");
  }
  std::string text;
  EXPECT_FALSE(slow->read(text));
  EXPECT_EQ(text, "");  // Half of the news would be taken for all of it.
  EXPECT_FALSE(is_over(*quick));
}

TEST_F(EventHubTest, WhenTooMuchWaitsThoseWhoWouldMissItAreLetGo) {
  const auto stream = follow(person("a", "ann"));
  const auto other = follow(person("b", "ann"));
  for (int i = 0; i < 4; ++i) hub_.publish(media("a", "ann", "med_" + std::to_string(i)));
  EXPECT_TRUE(is_over(*stream));
  EXPECT_FALSE(is_over(*other));
}

TEST_F(EventHubTest, AUserHasSoManyStreamsAndDroppingOneMakesRoom) {
  const Caller ann = person("a", "ann");
  auto first = follow(ann);
  const auto second = follow(ann);
  const auto third = hub_.subscribe(ann);
  ASSERT_FALSE(third);
  EXPECT_EQ(third.error().kind, ErrorKind::rate_limited);
  EXPECT_TRUE(third.error().retry_after);
  EXPECT_TRUE(hub_.subscribe(person("a", "bob")));
  EXPECT_TRUE(hub_.subscribe(person("b", "ann")));
  first.reset();
  EXPECT_TRUE(hub_.subscribe(ann));
}

TEST_F(EventHubTest, ADroppedStreamBeatsNoMore) {
  auto stream = follow(person("a", "ann"));
  stream.reset();
  executor_.pass();
  EXPECT_EQ(executor_.later(), 0u);
  hub_.publish(media("a", "ann", "med_1"));
  EXPECT_EQ(executor_.waiting(), 0u);
}

TEST_F(EventHubTest, AQuietStreamBeatsAndEndsAfterAnAccessTokensLife) {
  const auto stream = follow(person("a", "ann"));
  const auto beats = limits_.age_max / limits_.beat;
  for (int i = 1; i < beats; ++i) {
    executor_.pass();
    EXPECT_EQ(heard(*stream), ":\n\n") << i;
  }
  EXPECT_FALSE(is_over(*stream));
  executor_.pass();
  EXPECT_TRUE(is_over(*stream));
  EXPECT_EQ(executor_.later(), 0u);
}

TEST_F(EventHubTest, TheLastWordAboutARowIsItsNewestState) {
  const Caller ann = person("a", "ann");
  OAuthFlow flow;
  flow.id = FlowId("flow_1");
  flow.customer = CustomerId("a");
  flow.user = ann.user;
  flow.expires_at = from_ms(1000);
  ASSERT_TRUE(store_.begin_flow(flow, 10, from_ms(0)));
  const auto stream = follow(ann);
  const Event changed{flow.customer, flow.user, "flow.updated", "flow_1", {}};
  hub_.publish(changed);
  flow.status = FlowStatus::denied;
  ASSERT_TRUE(store_.save_flow(flow));
  hub_.publish(changed);
  executor_.run();
  const auto text = heard(*stream);
  EXPECT_TRUE(text.ends_with("\"status\":\"denied\"}\n\n")) << text;
}

}  // namespace
}  // namespace herald::http
