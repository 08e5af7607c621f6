// The door before a door: what goes through, and what is never sent again.
#include "http/server/client.h"

#include "http/server/relay_rig.h"

namespace herald::http {
namespace {

using namespace std::chrono_literals;

TEST(Client, PassesARequestAndItsAnswerThrough) {
  RelayRig rig;
  std::mutex mutex;
  Headers seen;
  rig.behind.service.on_serve = [&](Request request, std::shared_ptr<BodySink>, Reply reply) {
    const std::lock_guard lock(mutex);
    seen = request.headers;
    Response response = text(request.method + " " + request.target + " " + request.body, 201);
    response.headers.add("X-Kept", "a");
    response.headers.add("Set-Cookie", "a=1");
    response.headers.add("Set-Cookie", "b=2");
    reply(std::move(response));
  };
  auto client = rig.connect();
  const auto answer = client.request("POST", "/a%20b?x=%2f", "body",
                                     {{"X-Mine", "yes"},
                                      {"Connection", "X-Hop"},
                                      {"X-Hop", "no"},
                                      {"TE", "trailers"},
                                      {"Proxy-Authorization", "no"}});
  EXPECT_EQ(answer.status, 201);
  EXPECT_EQ(answer.body, "POST /a%20b?x=%2f body");
  EXPECT_EQ(answer.header("X-Kept"), "a");
  EXPECT_EQ(answer.header("Set-Cookie"), "a=1, b=2");
  const std::lock_guard lock(mutex);
  ASSERT_NE(seen.find("X-Mine"), nullptr);
  EXPECT_EQ(*seen.find("X-Mine"), "yes");
  EXPECT_EQ(*seen.find("Host"), "127.0.0.1:" + std::to_string(rig.behind.port));
  for (const char* hop : {"X-Hop", "TE", "Proxy-Authorization"}) EXPECT_EQ(seen.count(hop), 0u);
}

TEST(Client, KeepsConnectionsForWhatOnlyReads) {
  RelayRig rig;
  std::mutex mutex;
  std::vector<bool> reused;
  rig.behind.service.on_serve = [&](Request request, std::shared_ptr<BodySink>, Reply reply) {
    const std::lock_guard lock(mutex);
    reused.push_back(request.connection_reused);
    reply(text("ok"));
  };
  auto client = rig.connect();
  for (const char* method : {"GET", "GET", "POST", "POST", "DELETE"}) {
    EXPECT_EQ(client.request(method, "/").status, 200);
  }
  const std::lock_guard lock(mutex);
  EXPECT_EQ(reused, (std::vector<bool>{false, true, false, false, false}));
}

TEST(Client, AnAnswerIsThereForAHead) {
  RelayRig rig;
  rig.behind.service.on_serve = [](Request, std::shared_ptr<BodySink>, Reply reply) {
    reply(text(std::string(300'000, 'x')));
  };
  auto client = rig.connect();
  client.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n");
  const auto answer = client.read_answer(true);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Content-Length"), "300000");
  EXPECT_EQ(client.get("/").body.size(), 300'000u) << "the connection is good for another";
}

TEST(Client, NobodyBehindIsSaidAtOnceAndMayBeTriedAgain) {
  RelayRig rig;
  std::uint16_t closed = 0;
  {
    closed = RawDoor().port;
  }
  rig.lead_to({{"127.0.0.1", closed}});
  for (const char* method : {"GET", "POST"}) {
    const auto answer = rig.connect().request(method, "/", method[0] == 'P' ? "x" : "");
    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(answer.header("Retry-After"), "1");
    EXPECT_TRUE(answer.body.contains("door_closed")) << answer.body;
  }
}

TEST(Client, APlaceThatTakesNobodyIsPassedOver) {
  RelayRig rig;
  std::uint16_t closed = 0;
  {
    closed = RawDoor().port;
  }
  rig.lead_to({{"127.0.0.1", closed}, {"localhost", rig.behind.port}});
  for (int i = 0; i < 4; ++i) EXPECT_EQ(rig.connect().post("/", "x").status, 200);
}

// What the rule is for: a repeated POST would be a second post.
TEST(Client, WhatMayHaveArrivedIsNotSentAgain) {
  RelayRig rig;
  RawDoor door;
  rig.lead_to({{"127.0.0.1", door.port}});
  for (const char* method : {"POST", "DELETE", "GET"}) {
    auto client = rig.connect();
    client.send(std::string(method) + " / HTTP/1.1\r\nHost: h\r\n\r\n");
    const int taken = door.take();
    RawDoor::hear(taken, "\r\n\r\n");
    ::close(taken);
    const auto answer = client.read_answer();
    const bool safe = std::string_view(method) == "GET";
    EXPECT_EQ(answer.status, safe ? 503 : 500) << method;
    EXPECT_TRUE(answer.body.contains(safe ? "door_closed" : "answer_lost")) << answer.body;
    EXPECT_FALSE(door.has_another()) << method;
  }
}

TEST(Client, AConnectionThatTheOtherSideClosedIsNotUsed) {
  RelayRig rig;
  RawDoor door;
  rig.lead_to({{"127.0.0.1", door.port}});
  auto client = rig.connect();
  for (int i = 0; i < 3; ++i) {
    client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    const int taken = door.take();
    RawDoor::hear(taken, "\r\n\r\n");
    RawDoor::say(taken, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    ::shutdown(taken, SHUT_WR);
    EXPECT_EQ(client.read_answer().body, "ok") << i;
    ::close(taken);
  }
}

TEST(Client, AnAnswerCutShortIsNotTakenForWhole) {
  RelayRig rig;
  RawDoor door;
  rig.lead_to({{"127.0.0.1", door.port}});
  for (const char* head : {"Content-Length: 1000000\r\n", "Transfer-Encoding: chunked\r\n"}) {
    auto client = rig.connect();
    client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    const int taken = door.take();
    RawDoor::hear(taken, "\r\n\r\n");
    RawDoor::say(taken, "HTTP/1.1 200 OK\r\n" + std::string(head) + "\r\n5\r\nhello\r\n");
    EXPECT_EQ(client.read_head().status, 200);
    ::close(taken);
    const auto rest = client.read_to_end();
    EXPECT_TRUE(rest.contains("hello")) << head;
    EXPECT_FALSE(rest.ends_with("0\r\n\r\n")) << head;
  }
}

TEST(Client, ASilentDoorIsGivenUp) {
  ClientLimits limits;
  limits.answer_time_max = 50ms;
  RelayRig rig(limits);
  RawDoor door;
  rig.lead_to({{"127.0.0.1", door.port}});
  const auto answer = rig.connect().get("/");
  EXPECT_EQ(answer.status, 503);
}

}  // namespace
}  // namespace herald::http
