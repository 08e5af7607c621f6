// Slow clients, too many clients, no descriptors left, and the orderly end. Limits are tens of
// milliseconds; every test waits for an event, not for a time.
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <future>
#include <thread>

#include "http/server/server_rig.h"

namespace herald::http {
namespace {

using std::chrono::milliseconds;

constexpr const char* kGet = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

TEST(Patience, D01_ASlowHeadIsAnswered408) {
  ServerLimits limits;
  limits.head_time_max = milliseconds(40);
  ServerRig rig(limits);
  auto client = rig.connect();
  client.send("GET / HTTP/1.1\r\nHost:");
  const auto answer = client.read_answer();
  EXPECT_EQ(answer.status, 408);
  EXPECT_EQ(answer.header("Connection"), "close");
  EXPECT_TRUE(client.closed());
}

TEST(Patience, D01_AHeadMayNotBeDrippedForEver) {
  ServerLimits limits;
  limits.head_time_max = milliseconds(60);
  ServerRig rig(limits);
  auto client = rig.connect();
  client.send("GET / HTTP/1.1\r\nX: ");
  while (client.try_send("x")) {
    std::string answer(1, '\0');
    if (recv(client.socket(), answer.data(), 1, MSG_DONTWAIT | MSG_PEEK) == 1) break;
  }
  EXPECT_EQ(client.read_answer().status / 100, 4);  // 408, or 431 on a quick machine.
  EXPECT_EQ(rig.service.admitted, 0);
}

TEST(Patience, D01_AnIdleConnectionIsClosedWithoutAWord) {
  ServerLimits limits;
  limits.idle_time_max = milliseconds(40);
  ServerRig rig(limits);
  auto fresh = rig.connect();
  auto used = rig.connect();
  EXPECT_EQ(used.get("/").status, 200);
  EXPECT_TRUE(fresh.closed());
  EXPECT_TRUE(used.closed());
}

TEST(Patience, D01_ABodyThatStallsIsAnswered408) {
  ServerLimits limits;
  limits.body_stall_time_max = milliseconds(40);
  ServerRig rig(limits);
  for (const std::string body :
       {"Content-Length: 10\r\n\r\nabc", "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
        "Transfer-Encoding: chunked\r\n\r\n3"}) {
    auto client = rig.connect();
    client.send("POST / HTTP/1.1\r\nHost: h\r\n" + body);
    EXPECT_EQ(client.read_answer().status, 408);
    EXPECT_TRUE(client.closed());
  }
  EXPECT_EQ(rig.service.served, 0);
}

TEST(Patience, D01_ASlowReaderIsCut) {
  ServerLimits limits;
  limits.write_stall_time_max = milliseconds(40);
  ServerRig rig(limits);
  const Event released;
  std::shared_ptr<const std::string> body(new std::string(64'000'000, 'x'),
                                          [released](const std::string* bytes) {
                                            delete bytes;
                                            released.happen();
                                          });
  rig.service.on_serve = [&body](Request, std::shared_ptr<BodySink>, Reply reply) {
    Response response;
    response.shared = std::move(body);
    reply(std::move(response));
  };
  auto client = rig.connect();
  client.send(kGet);
  released.wait();  // The session let go of the answer.
  EXPECT_LT(client.read_to_end().size(), 64'000'000u);
}

TEST(Patience, ConnectionsBeyondTheLimitWaitForTheirTurn) {
  ServerLimits limits;
  limits.connections_max = 2;
  ServerRig rig(limits);
  std::atomic<std::size_t> most{0};
  rig.service.on_serve = [&](Request, std::shared_ptr<BodySink>, Reply reply) {
    most = std::max<std::size_t>(most, rig.server.connections());
    reply(text("ok"));
  };
  auto first = std::make_unique<HttpClient>(rig.port);
  auto second = std::make_unique<HttpClient>(rig.port);
  EXPECT_EQ(first->get("/").status, 200);
  EXPECT_EQ(second->get("/").status, 200);
  HttpClient third(rig.port);
  third.send(kGet);
  EXPECT_EQ(first->get("/").status, 200);
  first.reset();
  EXPECT_EQ(third.read_answer().status, 200);
  EXPECT_EQ(second->get("/").status, 200);
  EXPECT_EQ(most, 2u);
}

TEST(Patience, F14_WithoutDescriptorsAcceptingPausesAndRecovers) {
  ServerRig rig;
  auto first = std::make_unique<HttpClient>(rig.port);
  EXPECT_EQ(first->get("/").status, 200);
  HttpClient second(rig.port);  // Connected by the kernel; accepted or not.
  EXPECT_EQ(second.get("/").status, 200);

  // The third takes the last descriptor below the limit, so accept4 fails from here on.
  const int third = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  const int lowest_free = dup(third);
  ::close(lowest_free);
  rlimit tight = before;
  tight.rlim_cur = static_cast<rlim_t>(lowest_free);
  sockaddr_in server{};
  server.sin_family = AF_INET;
  server.sin_port = htons(rig.port);
  server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &tight), 0);
  ASSERT_EQ(connect(third, reinterpret_cast<sockaddr*>(&server), sizeof server), 0);
  const std::string get = kGet;
  ASSERT_EQ(::send(third, get.data(), get.size(), 0), static_cast<ssize_t>(get.size()));
  EXPECT_EQ(second.get("/").status, 200) << "those who are in are still served";
  EXPECT_EQ(rig.server.connections(), 2u);
  first.reset();  // Frees a descriptor at the server.
  std::string answer(12, '\0');
  EXPECT_EQ(recv(third, answer.data(), answer.size(), MSG_WAITALL), 12);
  EXPECT_EQ(answer, "HTTP/1.1 200");
  ::close(third);
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
}

TEST(Patience, F12_DrainLetsTheRequestInFlightEnd) {
  std::promise<Reply> promise;
  ServerRig rig;
  rig.service.on_serve = [&](Request request, std::shared_ptr<BodySink>, Reply reply) {
    if (request.path == "/slow") return promise.set_value(reply);
    reply(text("ok"));
  };
  auto idle = rig.connect();
  EXPECT_EQ(idle.get("/").status, 200);
  auto busy = rig.connect();
  busy.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
  const auto reply = promise.get_future().get();
  auto drained = std::async(std::launch::async, [&] { rig.server.drain(); });
  EXPECT_TRUE(idle.closed());
  EXPECT_THROW(rig.connect(), std::runtime_error) << "nobody new is let in";
  reply(text("done"));
  const auto answer = busy.read_answer();
  EXPECT_EQ(answer.body, "done");
  EXPECT_EQ(answer.header("Connection"), "close");
  EXPECT_TRUE(busy.closed());
  drained.get();
  EXPECT_EQ(rig.server.connections(), 0u);
  rig.server.drain();
}

TEST(Patience, F12_DrainGivesUpOnARequestThatDoesNotEnd) {
  ServerLimits limits;
  limits.drain_time_max = milliseconds(30);
  std::promise<Reply> promise;
  ServerRig rig(limits);
  rig.service.on_serve = [&](Request, std::shared_ptr<BodySink>, Reply reply) {
    promise.set_value(reply);
  };
  auto client = rig.connect();
  client.send(kGet);
  const auto reply = promise.get_future().get();
  rig.server.drain();
  EXPECT_TRUE(client.closed());
  reply(text("too late"));
}

}  // namespace
}  // namespace herald::http
