#include "http/server/server.h"

#include <condition_variable>
#include <future>
#include <latch>
#include <stdexcept>
#include <thread>

#include "http/server/problem.h"
#include "http/server/server_rig.h"

namespace herald::http {
namespace {

TEST(Server, TellsTheServiceWhatWasAsked) {
  ServerRig rig;
  Request seen;
  rig.service.on_serve = [&](Request request, std::shared_ptr<BodySink>, Reply reply) {
    seen = std::move(request);
    reply(text("ok"));
  };
  auto client = rig.connect();
  client.post("/a%20b/c?x=%31&y", "body", {{"X-One", "1"}, {"X-Umlaut", "\xc3\xa4"}});
  EXPECT_EQ(seen.method, "POST");
  EXPECT_EQ(seen.target, "/a%20b/c?x=%31&y");
  EXPECT_EQ(seen.path, "/a b/c");
  EXPECT_EQ(seen.query, "x=%31&y");
  EXPECT_EQ(seen.body, "body");
  EXPECT_EQ(seen.peer, "127.0.0.1");
  ASSERT_NE(seen.headers.find("x-one"), nullptr);
  EXPECT_EQ(*seen.headers.find("x-one"), "1");
  EXPECT_EQ(*seen.headers.find("X-Umlaut"), "\xc3\xa4");
}

TEST(Server, WhatAdmitChangedIsWhatServeGets) {
  ServerRig rig;
  rig.service.on_admit = [](Request& head) {
    head.id = "id1";
    head.headers.remove("X-Customer-ID");
    return Admission{{}, 100, nullptr};
  };
  rig.service.on_serve = [](Request request, std::shared_ptr<BodySink>, Reply reply) {
    reply(text(request.id + std::to_string(request.headers.count("X-Customer-ID"))));
  };
  auto client = rig.connect();
  EXPECT_EQ(client.get("/", {{"X-Customer-ID", "other"}}).body, "id10");
  EXPECT_EQ(client.post("/", "b", {{"X-Customer-ID", "other"}}).body, "id10");
}

TEST(Server, TellsTheCauseOfAFailureAndNeverSendsIt) {
  ServerRig rig;
  rig.service.on_serve = [](Request, std::shared_ptr<BodySink>, Reply reply) {
    reply(problem({ErrorKind::unavailable, "Try again.", "disk 7 is gone", {}, {}}, "req1"));
  };
  auto client = rig.connect();
  const auto answer = client.request("GET", "/");
  EXPECT_EQ(answer.status, 503);
  EXPECT_FALSE(answer.body.contains("disk")) << answer.body;
  EXPECT_EQ(rig.faults(), std::vector<std::string>{"disk 7 is gone (request req1)"});
}

TEST(Server, AnswersCarryDateAndLengthAndStayOnOneConnection) {
  ServerRig rig;
  auto client = rig.connect();
  for (int i = 0; i < 3; ++i) {
    const auto answer = client.get("/a");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("Content-Length"), "8");
    EXPECT_TRUE(answer.header("Date").ends_with(" GMT"));
    EXPECT_EQ(answer.header("Connection"), "");
  }
  EXPECT_EQ(rig.server.connections(), 1u);
}

TEST(Server, KnowsAReusedConnectionAndCanCloseItUnanswered) {
  ServerRig rig;
  rig.service.on_serve = [](Request request, std::shared_ptr<BodySink>, Reply reply) {
    auto answer = text(request.connection_reused ? "reused" : "fresh");
    answer.abort = request.path == "/cut";
    reply(std::move(answer));
  };
  auto client = rig.connect();
  EXPECT_EQ(client.get("/").body, "fresh");
  EXPECT_EQ(client.get("/").body, "reused");
  client.send("GET /cut HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_TRUE(client.closed());
}

TEST(Server, ClosesWhenTheClientSaysSoOrSpeaksHttp10) {
  ServerRig rig;
  auto polite = rig.connect();
  EXPECT_EQ(polite.get("/", {{"Connection", "foo, Close"}}).header("Connection"), "close");
  EXPECT_TRUE(polite.closed());
  auto old = rig.connect();
  old.send("GET / HTTP/1.0\r\n\r\n");
  EXPECT_EQ(old.read_answer().status, 200);
  EXPECT_TRUE(old.closed());
}

TEST(Server, H04_AThousandPipelinedRequestsAreAnsweredInOrder) {
  ServerRig rig;
  std::string bytes;
  for (int i = 0; i < 500; ++i) {
    const auto n = std::to_string(i);
    bytes += "GET /" + n + " HTTP/1.1\r\nHost: h\r\n\r\n";
    bytes += "POST /" + n + " HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nb";
  }
  auto client = rig.connect();
  client.send(bytes);
  for (int i = 0; i < 500; ++i) {
    const auto n = std::to_string(i);
    ASSERT_EQ(client.read_answer().body, "GET /" + n + "? ");
    ASSERT_EQ(client.read_answer().body, "POST /" + n + "? b");
  }
}

TEST(Server, AHeadAndItsBodyMayArriveByteByByte) {
  ServerRig rig;
  auto client = rig.connect();
  const std::string bytes =
      "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: "
      "chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
  for (const char byte : bytes) client.send({&byte, 1});
  EXPECT_EQ(client.read_answer().body, "POST /a? abcde");
  EXPECT_EQ(client.get("/b").body, "GET /b? ");
}

TEST(Server, AReplyMayComeLaterFromAnotherThread) {
  std::promise<Reply> promise;
  ServerRig rig;
  rig.service.on_serve = [&](Request, std::shared_ptr<BodySink>, Reply reply) {
    promise.set_value(reply);
  };
  auto client = rig.connect();
  client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  std::thread later([&] { promise.get_future().get()(text("late", 202)); });
  EXPECT_EQ(client.read_answer().status, 202);
  later.join();
}

TEST(Server, WritesThatWaitHoldUpNoReader) {
  std::latch waiting(2);
  const Event committed;
  ServerRig rig;  // With two workers.
  rig.service.on_serve = [&](Request request, std::shared_ptr<BodySink>, Reply reply) {
    if (request.method == "POST") {
      waiting.count_down();
      committed.wait();
    }
    reply(text("done"));
  };
  auto first = rig.connect(), second = rig.connect();
  for (auto* writer : {&first, &second}) {
    writer->send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n");
  }
  waiting.wait();
  EXPECT_EQ(rig.connect().get("/").status, 200);
  committed.happen();
  EXPECT_EQ(first.read_answer().status, 200);
  EXPECT_EQ(second.read_answer().status, 200);
}

TEST(Server, OnlyTheFirstAnswerCounts) {
  ServerRig rig;
  rig.service.on_serve = [](Request, std::shared_ptr<BodySink>, Reply reply) {
    reply(text("first"));
    reply(text("second"));
  };
  auto client = rig.connect();
  EXPECT_EQ(client.get("/").body, "first");
  EXPECT_EQ(client.get("/").body, "first");
}

TEST(Server, ADroppedReplyIsAnswered500) {
  ServerRig rig;
  rig.service.on_serve = [](Request, std::shared_ptr<BodySink>, Reply) {};
  auto client = rig.connect();
  EXPECT_EQ(client.get("/").status, 500);
  EXPECT_EQ(client.get("/").status, 500) << "the connection is still good";
}

TEST(Server, AnExceptionIsAnswered500AndReportedWithoutBeingShown) {
  ServerRig rig;
  rig.service.on_serve = [](Request, std::shared_ptr<BodySink>, Reply) {
    throw std::runtime_error("the secret is 42");
  };
  auto client = rig.connect();
  const auto answer = client.get("/");
  EXPECT_EQ(answer.status, 500);
  EXPECT_EQ(answer.body.find("42"), std::string::npos);
  EXPECT_EQ(rig.faults(), std::vector<std::string>{"the secret is 42"});
}

TEST(Server, AnExceptionInAdmitIsAnswered500) {
  ServerRig rig;
  rig.service.on_admit = [](Request&) -> Admission { throw std::runtime_error("no"); };
  auto client = rig.connect();
  EXPECT_EQ(client.get("/").status, 500);
  EXPECT_EQ(rig.service.served, 0);
}

TEST(Server, HeadHasTheLengthButNotTheBody) {
  ServerRig rig;
  auto client = rig.connect();
  const auto answer = client.request("HEAD", "/a");
  EXPECT_EQ(answer.header("Content-Length"), std::to_string(std::string("HEAD /a? ").size()));
  EXPECT_EQ(client.get("/b").body, "GET /b? ") << "bytes of a body were left over";
}

TEST(Server, AnswersThatNeverHaveABodyHaveNone) {
  ServerRig rig;
  rig.service.on_serve = [](Request request, std::shared_ptr<BodySink>, Reply reply) {
    reply(text("must not appear", request.path == "/204" ? 204 : 304));
  };
  auto client = rig.connect();
  EXPECT_EQ(client.get("/204").header("Content-Length"), "");
  EXPECT_EQ(client.get("/304").status, 304);
  EXPECT_EQ(client.get("/204").status, 204);
}

TEST(Server, H07_AHeaderThatWouldSplitTheAnswerBecomes500) {
  ServerRig rig;
  std::string value;
  rig.service.on_serve = [&](Request, std::shared_ptr<BodySink>, Reply reply) {
    auto response = text("ok");
    response.headers.add("Location", value);
    reply(std::move(response));
  };
  auto client = rig.connect();
  for (const std::string bad : {"/a\r\nSet-Cookie: a=b", "/a\nX: y", "/a\rX: y"}) {
    value = bad;
    const auto answer = client.get("/");
    EXPECT_EQ(answer.status, 500);
    EXPECT_EQ(answer.header("Set-Cookie") + answer.header("X"), "");
  }
  value = std::string("/a\0b", 4);
  EXPECT_EQ(client.get("/").status, 500);
  value = "/a";
  EXPECT_EQ(client.get("/").header("Location"), "/a");
}

TEST(Server, FramingHeadersOfAServiceAreIgnored) {
  ServerRig rig;
  rig.service.on_serve = [](Request, std::shared_ptr<BodySink>, Reply reply) {
    auto response = text("ok");
    response.headers.add("content-length", "999");
    response.headers.add("Transfer-Encoding", "chunked");
    response.headers.add("Connection", "close");
    reply(std::move(response));
  };
  auto client = rig.connect();
  EXPECT_EQ(client.get("/").body, "ok");
  EXPECT_EQ(client.get("/").header("Content-Length"), "2");
}

TEST(Server, TwoListenersHaveTheirOwnServices) {
  ServerRig rig;
  ScriptedService other;
  other.on_serve = [](Request, std::shared_ptr<BodySink>, Reply reply) { reply(text("other")); };
  Server server(1, {});
  const auto first = server.listen("127.0.0.1", 0, rig.service);
  const auto second = server.listen("127.0.0.1", 0, other);
  ASSERT_TRUE(first && second);
  server.start();
  EXPECT_EQ(HttpClient(*first).get("/").body, "GET /? ");
  EXPECT_EQ(HttpClient(*second).get("/").body, "other");
}

TEST(Server, AnAddressThatIsTakenOrNotOursIsNamed) {
  ServerRig rig;
  Server server(1, {});
  const auto taken = server.listen("127.0.0.1", rig.port, rig.service);
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().kind, ErrorKind::unavailable);
  EXPECT_NE(taken.error().message.find("127.0.0.1:" + std::to_string(rig.port)), std::string::npos);
  EXPECT_EQ(server.listen("192.0.2.1", 0, rig.service).error().kind, ErrorKind::unavailable);
  EXPECT_EQ(server.listen("nonsense", 0, rig.service).error().kind, ErrorKind::invalid);
}

TEST(Server, PostedWorkRunsAndItsExceptionIsReported) {
  Server server(1, {});
  std::string fault;
  const Event now;
  const Event later;
  server.on_fault([&](std::string_view what) { fault = what; });
  server.start();
  server.post([] { throw std::runtime_error("posted"); });
  server.post([now] { now.happen(); });
  server.post_after(std::chrono::milliseconds(5), [later] { later.happen(); });
  now.wait();
  EXPECT_EQ(fault, "posted");
  later.wait();
}

TEST(Server, AReplyMayOutliveTheServer) {
  std::promise<Reply> promise;
  ServerLimits limits;
  limits.drain_time_max = std::chrono::milliseconds(20);
  auto rig = std::make_unique<ServerRig>(limits);
  rig->service.on_serve = [&](Request, std::shared_ptr<BodySink>, Reply reply) {
    promise.set_value(reply);
  };
  auto client = rig->connect();
  client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  const auto reply = promise.get_future().get();
  rig.reset();
  EXPECT_TRUE(client.closed());
  reply(text("nobody hears this"));
}

}  // namespace
}  // namespace herald::http
