// Requests that the loop's thread answers itself: see Service::is_brief().
#include <array>
#include <future>
#include <latch>
#include <stdexcept>
#include <thread>

#include "http/server/server_rig.h"

namespace herald::http {
namespace {

// With two workers. Declared after what its service uses, so that its threads end first.
class BriefRig : public ServerRig {
 public:
  BriefRig() {
    service.on_is_brief = [](const Request& head) { return head.path.starts_with("/brief"); };
  }
};

TEST(BriefRequests, AreAnsweredWhileEveryWorkerIsHeldUp) {
  const bool two_readers = std::thread::hardware_concurrency() > 1;
  std::latch waiting(two_readers ? 4 : 3);
  const Event released;
  BriefRig rig;
  rig.service.on_serve = [&](Request request, std::shared_ptr<BodySink>, Reply reply) {
    if (request.path == "/slow") {
      waiting.count_down();
      released.wait();
    }
    reply(text(request.path));
  };
  std::array slow{rig.connect(), rig.connect(), rig.connect(), rig.connect()};
  for (std::size_t i = 0; i < slow.size(); ++i) {
    if (i == 3 && !two_readers) continue;
    slow[i].send(std::string(i < 2 ? "POST" : "GET") +
                 " /slow HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n");
  }
  waiting.wait();
  EXPECT_EQ(rig.connect().get("/brief").body, "/brief");
  released.happen();
}

TEST(BriefRequests, StayInOrderWithOthersOnTheirConnection) {
  BriefRig rig;
  std::string bytes;
  for (int i = 0; i < 200; ++i) {
    const auto n = std::to_string(i);
    bytes += "GET /brief" + n + " HTTP/1.1\r\nHost: h\r\n\r\n";
    bytes += "GET /" + n + " HTTP/1.1\r\nHost: h\r\n\r\n";
  }
  auto client = rig.connect();
  client.send(bytes);
  for (int i = 0; i < 200; ++i) {
    const auto n = std::to_string(i);
    ASSERT_EQ(client.read_answer().body, "GET /brief" + n + "? ");
    ASSERT_EQ(client.read_answer().body, "GET /" + n + "? ");
  }
}

TEST(BriefRequests, WithABodyGoToAWorker) {
  std::thread::id loop, worker;
  BriefRig rig;
  rig.service.on_serve = [&](Request request, std::shared_ptr<BodySink>, Reply reply) {
    (request.body.empty() ? loop : worker) = std::this_thread::get_id();
    reply(text("ok"));
  };
  auto client = rig.connect();
  client.get("/brief");
  client.post("/brief", "body");
  EXPECT_NE(loop, worker);
}

TEST(BriefRequests, MayBeRefused) {
  BriefRig rig;
  rig.service.on_admit = [](Request&) { return Admission{text("no", 403), 0, nullptr}; };
  auto client = rig.connect();
  EXPECT_EQ(client.get("/brief").status, 403);
  EXPECT_EQ(client.get("/brief").status, 403) << "the connection is still good";
}

TEST(BriefRequests, ThatThrowAreAnswered500AndTheLoopGoesOn) {
  BriefRig rig;
  rig.service.on_serve = [](Request, std::shared_ptr<BodySink>, Reply) {
    throw std::runtime_error("a fault");
  };
  auto client = rig.connect();
  EXPECT_EQ(client.get("/brief").status, 500);
  EXPECT_EQ(client.get("/brief").status, 500);
  EXPECT_EQ(rig.faults(), (std::vector<std::string>{"a fault", "a fault"}));
}

TEST(BriefRequests, MayBeAnsweredLaterByAnotherThread) {
  std::promise<Reply> promise;
  BriefRig rig;
  rig.service.on_serve = [&](Request, std::shared_ptr<BodySink>, Reply reply) {
    promise.set_value(std::move(reply));
  };
  auto client = rig.connect();
  client.send("GET /brief HTTP/1.1\r\nHost: h\r\n\r\n");
  std::thread later([&] { promise.get_future().get()(text("late", 202)); });
  EXPECT_EQ(client.read_answer().status, 202);
  later.join();
}

TEST(BriefRequests, OfSlowReadersWaitWithoutHoldingUpTheLoop) {
  BriefRig rig;
  rig.service.on_serve = [](Request request, std::shared_ptr<BodySink>, Reply reply) {
    reply(text(request.path == "/brief/large" ? std::string(32 << 20, 'x') : "small"));
  };
  auto slow = rig.connect();
  slow.send("GET /brief/large HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(rig.connect().get("/brief").body, "small");
  EXPECT_EQ(slow.read_answer().body.size(), 32u << 20);
}

}  // namespace
}  // namespace herald::http
