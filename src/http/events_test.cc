// GET /api/events over real sockets; what is told to whom is in event_hub_test.cc.
#include <gtest/gtest.h>

#include "http/door_rig.h"

namespace herald::http {
namespace {

constexpr const char* kEvents = "/api/social-media/events";

class Follower {
 public:
  Follower(std::uint16_t port, const std::string& token) : client_(port) {
    client_.send(std::string("GET ") + kEvents + " HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " +
                 token + "\r\n\r\n");
    head_ = client_.read_head();
    if (head_.status == 200) EXPECT_EQ(next_text(), "retry: 1000");
  }
  const HttpAnswer& head() const { return head_; }

  // The next event's name, and its data.
  std::pair<std::string, json::value> next() {
    const auto text = next_text();
    const auto line = text.find("\ndata: ");
    return {text.substr(7, line - 7), json::parse(text.substr(line + 7))};
  }
  // Waits for the next event of that name.
  json::value next(const std::string& name) {
    for (;;) {
      auto [found, data] = next();
      if (found == name) return data;
    }
  }

 private:
  std::string next_text() {
    auto end = received_.find("\n\n");
    while (end == std::string::npos) {
      received_ += client_.read_chunk();
      end = received_.find("\n\n");
    }
    auto text = received_.substr(0, end);
    received_.erase(0, end + 2);
    return text;
  }

  HttpClient client_;
  HttpAnswer head_;
  std::string received_;
};

TEST(EventStream, TellsOfAnUploadAsItHappens) {
  DoorRig rig;
  Follower alice(rig.gateway, rig.alice.token);
  EXPECT_EQ(alice.head().header("Content-Type"), "text/event-stream");
  EXPECT_EQ(alice.head().header("Cache-Control"), "no-store");
  const auto id = rig.medium_of(rig.alice);
  EXPECT_EQ(alice.next("media.updated").at("media_id").as_string(), id);
}

TEST(EventStream, ADeliveryComesWholeWithItsPost) {
  DoorRig rig;
  Follower alice(rig.edge, rig.alice.token);
  const auto post = rig.post_of(rig.alice);
  EXPECT_EQ(alice.next("post.updated").at("post_id").as_string(), post);
  const auto scope = rig.alice.caller.scope;
  const auto delivery = rig.store().deliveries_of(scope, PostId(post)).value().front();
  rig.events().publish(
      {scope.customer(), rig.alice.caller.user, "delivery.updated", delivery.id.value, post});
  const auto data = alice.next("delivery.updated");
  EXPECT_EQ(data.at("post_id").as_string(), post);
  const auto shown = json_of(rig.as(rig.alice).get("/api/social-media/posts/" + post));
  for (const auto& member : shown.at("deliveries").at(0).as_object()) {
    EXPECT_EQ(data.at(member.key()), member.value()) << member.key();
  }
}

TEST(EventStream, AFlowTellsItsPersonHowItStands) {
  DoorRig rig;
  Follower alice(rig.gateway, rig.alice.token);
  const auto flow = rig.begin_flow(rig.alice, "reddit");
  rig.call_back("reddit", "code=c0de&state=" + flow.state, flow.cookie);
  const auto data = alice.next("flow.updated");
  EXPECT_EQ(data,
            (json::value{{"flow_id", flow.id}, {"platform", "reddit"}, {"status", "returned"}}));
  rig.finish(rig.alice, "reddit", flow.id, flow.cookie);
  EXPECT_NE(alice.next("account.updated").at("account_id").as_string(), "");
}

TEST(EventStream, T26_NobodyElseHears) {
  DoorRig rig;
  Follower mallory(rig.gateway, rig.mallory.token);
  Follower bob(rig.gateway, rig.bob.token);
  const auto foreign = rig.medium_of(rig.alice);
  const auto mallorys = rig.medium_of(rig.mallory);
  const auto bobs = rig.medium_of(rig.bob);
  EXPECT_EQ(mallory.next().second.at("media_id").as_string(), mallorys);
  EXPECT_EQ(bob.next().second.at("media_id").as_string(), bobs);
}

TEST(EventStream, NeedsATokenAndThereAreEightAPerson) {
  DoorRig rig;
  EXPECT_EQ(rig.anyone().get(kEvents).status, 401);
  std::vector<std::unique_ptr<Follower>> followers;
  for (int i = 0; i < 8; ++i) {
    followers.push_back(std::make_unique<Follower>(rig.gateway, rig.alice.token));
  }
  const auto refused = rig.as(rig.alice).get(kEvents);
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.header("Retry-After"), "5");
  EXPECT_EQ(Follower(rig.gateway, rig.bob.token).head().status, 200);
  followers.pop_back();
  wait_until([&] { return Follower(rig.gateway, rig.alice.token).head().status == 200; });
}

}  // namespace
}  // namespace herald::http
