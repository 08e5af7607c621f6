// What outlasts one answer: the sign-in that is renewed, the stream that is followed, the flow that
// a dead process left behind.
#include <gtest/gtest.h>

#include "http/connect_fixture.h"
#include "http/event_hub.h"

namespace herald::http {
namespace {

using namespace std::chrono_literals;

std::string cookie_in(const HttpAnswer& answer) {
  const auto set = answer.header("Set-Cookie");
  return set.substr(0, set.find(';'));
}

class SignedInBrowser : public ::testing::Test {
 protected:
  HttpAnswer refresh(const std::string& cookie) const {
    return rig_.anyone().send("POST", "/api/auth/refresh", "{}",
                              {{"Cookie", cookie}, {"Content-Type", "application/json"}});
  }
  int sign_out(const std::string& cookie) const {
    return rig_.anyone().send("POST", "/api/auth/logout", "{}", {{"Cookie", cookie}}).status;
  }

  DoorRig rig_;
  std::string first_ = cookie_in(rig_.anyone().post(
      "/api/auth/login", {{"email", "alice@acme.test"}, {"password", kPassword}}));
};

TEST_F(SignedInBrowser, ARefreshWhoseAnswerWasLostIsAnsweredOnceMore) {
  const auto lost = cookie_in(refresh(first_));
  const auto again = refresh(first_);
  ASSERT_EQ(again.status, 200) << again.body;
  EXPECT_EQ(cookie_in(again), lost);
  EXPECT_NE(lost, first_);
  rig_.clock().advance(1h);
  EXPECT_EQ(refresh(cookie_in(again)).status, 200);
}

TEST_F(SignedInBrowser, ATokenReplacedLongAgoEndsTheSignIn) {
  const auto next = cookie_in(refresh(first_));
  rig_.clock().advance(1min);
  EXPECT_EQ(refresh(first_).status, 401);
  EXPECT_EQ(refresh(next).status, 401);
}

TEST_F(SignedInBrowser, ATokenReplacedMayStillSignOut) {
  const auto next = cookie_in(refresh(first_));
  EXPECT_EQ(sign_out(first_), 204);
  EXPECT_EQ(refresh(next).status, 401);
}

class Following : public ::testing::Test {
 protected:
  // Beats when the test says so.
  class Beats final : public Executor {
   public:
    void post(std::function<void()> work) override { work(); }
    void post_after(Duration, std::function<void()> work) override {
      waiting_.push_back(std::move(work));
    }
    void beat() {
      for (auto& work : std::exchange(waiting_, {})) work();
    }

   private:
    std::vector<std::function<void()>> waiting_;
  };

  DoorRig rig_;
  Beats beats_;
  EventHub hub_{rig_.store(), beats_, rig_.services().hosts};
};

TEST_F(Following, T21_AStreamEndsWithWhatItWasOpenedBy) {
  bool good = true;
  const auto stream = hub_.subscribe(rig_.alice.caller, [&] { return good; }).value();
  std::string text;
  beats_.beat();
  EXPECT_TRUE(stream->read(text));
  good = false;
  EXPECT_TRUE(stream->read(text));
  beats_.beat();
  EXPECT_FALSE(stream->read(text));
}

class LeftBehind : public Connecting {
 protected:
  // As a process leaves it that dies while it exchanges the code.
  BegunFlow at_work() {
    auto flow = begun();
    EXPECT_EQ(back("code=c0de&state=" + flow.state, flow.cookie), 303);
    auto stored = stored_of(flow);
    stored.status = FlowStatus::working;
    stored.expires_at = rig_.clock().now() + 2min;
    EXPECT_TRUE(rig_.store().save_flow(stored));
    return flow;
  }
  OAuthFlow stored_of(const BegunFlow& flow) {
    return rig_.store().find_flow(rig_.alice.caller.scope, FlowId(flow.id)).value();
  }
};

TEST_F(LeftBehind, AFlowWhoseProcessDiedIsOverAfterTwoMinutes) {
  const auto flow = at_work();
  EXPECT_EQ(status_of(rig_, rig_.alice, flow), "returned");
  EXPECT_EQ(rig_.finish(rig_.alice, "youtube", flow.id, flow.cookie).status, 200);
  EXPECT_EQ(stored_of(flow).status, FlowStatus::working) << "another request may be at it";
  rig_.clock().advance(2min + 1ms);
  EXPECT_EQ(status_of(rig_, rig_.alice, flow), "expired");
  const auto finished = json_of(rig_.finish(rig_.alice, "youtube", flow.id, flow.cookie));
  EXPECT_EQ(finished.at("status").as_string(), "failed");
  EXPECT_EQ(finished.at("problem").at("code").as_string(), "interrupted");
  EXPECT_EQ(rig_.token_calls(), 0u);
}

TEST_F(LeftBehind, AFlowIsFinishedAtItsOwnPlatform) {
  const auto flow = begun();
  EXPECT_EQ(back("code=c0de&state=" + flow.state, flow.cookie), 303);
  EXPECT_EQ(rig_.finish(rig_.alice, "reddit", flow.id, flow.cookie).status, 404);
  EXPECT_EQ(rig_.token_calls(), 0u);
  const auto finished = rig_.finish(rig_.alice, "youtube", flow.id, flow.cookie);
  EXPECT_EQ(json_of(finished).at("status").as_string(), "connected") << finished.body;
}

TEST_F(LeftBehind, O08_AnotherCustomersFinishFindsNothingAndBurnsNothing) {
  const auto flow = begun();
  EXPECT_EQ(rig_.finish(rig_.mallory, "youtube", flow.id, flow.cookie).status, 404);
  still_good(flow);
}

}  // namespace
}  // namespace herald::http
