// What only doors in processes of their own have to take care of. That they answer as one does,
// every other test of this suite shows: it runs both ways.
#include <gtest/gtest.h>

#include <chrono>
#include <mutex>

#include "http/door_rig.h"
#include "http/remote_gateway.h"
#include "http/remote_uploader.h"
#include "http/server/server_rig.h"

namespace herald::http {
namespace {

using namespace std::chrono_literals;

constexpr const char* kNone = "/api/social-media/posts/none";
constexpr const char* kReady = "/api/social-media/ready";

// Keeps the heads that reach it.
class Listening {
 public:
  Listening() {
    rig_.service.on_serve = [this](Request request, std::shared_ptr<BodySink>, Reply reply) {
      const std::lock_guard lock(mutex_);
      last_ = std::move(request);
      reply(text("ok"));
    };
  }
  Request last() {
    const std::lock_guard lock(mutex_);
    return last_;
  }
  std::uint16_t port() const { return rig_.port; }

 private:
  std::mutex mutex_;
  Request last_;
  ServerRig rig_;
};

TEST(DoorsApart, TheUploaderIsToldByTheAssertionAndByNothingElse) {
  DoorRig rig;
  Listening behind;
  Server front(2, {});
  Client client(front, {{"127.0.0.1", behind.port()}});
  RemoteUploader uploader(client, rig.assertions());
  Gateway gateway({rig.tokens(), rig.clock(), rig.services().random}, uploader, {}, "{}",
                  [] { return true; });
  const auto port = front.listen("127.0.0.1", 0, gateway).value();
  front.start();

  const auto answer = HttpClient(port).request("POST", "/api/social-media/posts/check", "{}",
                                               {{"Authorization", "Bearer " + rig.alice.token},
                                                {"X-Customer-ID", "cust_evil"},
                                                {"X_Herald_Assertion", "x"},
                                                {"X-Forwarded-For", "198.51.100.1"},
                                                {"Content-Type", "application/json"}});
  EXPECT_EQ(answer.status, 200);
  const Request head = behind.last();
  EXPECT_EQ(head.target, "/api/posts/check");
  for (const char* name :
       {"Authorization", "X-Customer-ID", "X_Herald_Assertion", "X-Forwarded-For"}) {
    EXPECT_EQ(head.headers.count(name), 0u) << name;
  }
  ASSERT_NE(head.headers.find(kAssertionHeader), nullptr);
  const auto said =
      rig.assertions().verify(*head.headers.find(kAssertionHeader), "POST", head.target);
  ASSERT_TRUE(said) << said.error().detail;
  EXPECT_EQ(said->request.caller->user, rig.alice.caller.user);
  EXPECT_EQ(said->request.peer, "127.0.0.1");
  EXPECT_EQ(said->request.request_id.size(), 32u);
  EXPECT_LT(said->request.good_until, rig.clock().now() + 10min) << "as long as the token";
  EXPECT_TRUE(rig.assertions().check_body(*said, "{}"));

  HttpClient(port).get("/api/social-media/media/links/none/a.jpg");
  const auto open = behind.last();
  const auto nobody =
      rig.assertions().verify(*open.headers.find(kAssertionHeader), "GET", open.target);
  ASSERT_TRUE(nobody);
  EXPECT_FALSE(nobody->request.caller);
}

TEST(DoorsApart, T05_TheEdgePassesOnWhatCameButNoClaim) {
  DoorRig rig;
  Listening behind;
  Server front(2, {});
  Client client(front, {{"127.0.0.1", behind.port()}});
  RemoteGateway gateway(client);
  const auto port = front.listen("127.0.0.1", 0, gateway).value();
  front.start();
  HttpClient(port).get("/api/a%20b?x=1", {{"Authorization", "Bearer t"},
                                          {"Cookie", "a=1"},
                                          {"X_Customer_ID", "c"},
                                          {"x-herald-assertion", "c"},
                                          {"X-Request-Id", "chosen"},
                                          {"X-Forwarded-For", "203.0.113.9"}});
  const Request head = behind.last();
  EXPECT_EQ(head.target, "/api/a%20b?x=1");
  EXPECT_EQ(*head.headers.find("Authorization"), "Bearer t");
  EXPECT_EQ(*head.headers.find("Cookie"), "a=1");
  EXPECT_EQ(head.headers.count("X_Customer_ID") + head.headers.count("X-Herald-Assertion"), 0u);
  EXPECT_NE(*head.headers.find("X-Request-Id"), "chosen");
  EXPECT_EQ(head.headers.count("X-Forwarded-For"), 2u);
  EXPECT_EQ(head.headers.all().back().value, "127.0.0.1") << "the edge's own word comes last";
}

TEST(DoorsApart, ARequestsNameIsBelievedFromTheEdgeOnly) {
  const std::string name = "00112233445566778899aabbccddeeff";
  for (const bool trusted : {true, false}) {
    DoorOptions options{.apart = true};
    if (trusted) options.limits.trusted_proxies = {"127.0.0.1"};
    DoorRig rig(options);
    const auto answer = rig.as(rig.alice).get(kNone, {{"X-Request-Id", name}});
    EXPECT_EQ(json_of(answer).at("request_id").as_string() == name, trusted);
    const auto odd = rig.as(rig.alice).get(kNone, {{"X-Request-Id", "a b"}});
    EXPECT_EQ(json_of(odd).at("request_id").as_string().size(), 32u);
  }
}

TEST(DoorsApart, EveryClientOfTheEdgeHasLimitsOfItsOwn) {
  DoorRig rig({.limits = {.per_peer = {1, 60s}, .trusted_proxies = {"127.0.0.1"}}, .apart = true});
  const auto from = [&](const char* client) {
    return Api(rig.edge, "").get(kNone, {{"X-Forwarded-For", client}}).status;
  };
  EXPECT_EQ(from("203.0.113.1"), 401);
  EXPECT_EQ(from("203.0.113.1"), 429);
  EXPECT_EQ(from("203.0.113.2"), 401);
}

TEST(DoorsApart, ReadyIsSaidByEveryDoorAndCountsForNobodysLimit) {
  DoorRig rig({.limits = {.per_peer = {1, 60s}}});
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(rig.anyone().get(kReady).status, 204);
    EXPECT_EQ(Api(rig.edge, "").get(kReady).status, 204);
    EXPECT_EQ(Api(rig.uploader, "").get("/api/ready").status, 204);
  }
  rig.set_ready(false);
  for (const auto& [port, path] : {std::pair(rig.gateway, kReady), std::pair(rig.edge, kReady),
                                   std::pair(rig.uploader, "/api/ready")}) {
    const auto answer = Api(port, "").get(path);
    EXPECT_EQ(answer.status, 503) << path;
    EXPECT_EQ(answer.header("Retry-After"), "1");
    EXPECT_EQ(code_of(answer), "not_ready");
  }
}

}  // namespace
}  // namespace herald::http
