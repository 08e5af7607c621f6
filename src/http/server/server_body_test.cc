// Request bodies: limits, streaming with back-pressure, early answers.
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "http/server/server_rig.h"

namespace herald::http {
namespace {

constexpr std::uint64_t kMiB = 1024 * 1024;

// Counts what it gets; write() waits while the gate is closed.
class CountingSink : public BodySink {
 public:
  bool write(std::string_view piece) override {
    std::unique_lock lock(mutex_);
    largest_ = std::max(largest_, piece.size());
    taken_ += piece.size();
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
    return taken_ < stop_at_;
  }
  void open_gate(bool open) {
    const std::lock_guard lock(mutex_);
    open_ = open;
    changed_.notify_all();
  }
  void wait_for_first() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return taken_ > 0; });
  }
  void stop_at(std::uint64_t bytes) { stop_at_ = bytes; }
  std::uint64_t taken() const {
    const std::lock_guard lock(mutex_);
    return taken_;
  }
  std::size_t largest() const {
    const std::lock_guard lock(mutex_);
    return largest_;
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = true;
  std::uint64_t stop_at_ = UINT64_MAX;
  std::uint64_t taken_ = 0;
  std::size_t largest_ = 0;
};

void admit_into(ServerRig& rig, std::shared_ptr<BodySink> sink, std::uint64_t limit) {
  rig.service.on_admit = [sink, limit](Request&) { return Admission{{}, limit, sink}; };
}

std::string post_head(const std::string& fields) {
  return "POST / HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n";
}

// Sends until nobody takes more for a while; returns how much went.
std::uint64_t send_until_refused(HttpClient& client, std::uint64_t bytes_max) {
  const std::string piece(64 * 1024, 'x');
  std::uint64_t sent = 0;
  pollfd writable{client.socket(), POLLOUT, 0};
  while (sent < bytes_max && poll(&writable, 1, 200) == 1) {
    const auto size = ::send(client.socket(), piece.data(),
                             std::min<std::uint64_t>(piece.size(), bytes_max - sent),
                             MSG_DONTWAIT | MSG_NOSIGNAL);
    if (size > 0) sent += static_cast<std::uint64_t>(size);
  }
  return sent;
}

TEST(ServerBody, ALargeBodyStreamsIntoASinkInSmallPieces) {
  constexpr auto kSize = 64 * kMiB;
  ServerRig rig;
  auto sink = std::make_shared<CountingSink>();
  admit_into(rig, sink, kSize);
  auto client = rig.connect();
  client.send(post_head("Content-Length: " + std::to_string(kSize) + "\r\n"));
  const std::string piece(kMiB, 'x');
  for (std::uint64_t i = 0; i < 64; ++i) client.send(piece);
  EXPECT_EQ(client.read_answer().body, "POST /? ") << "the body is not gathered as well";
  EXPECT_EQ(sink->taken(), kSize);
  EXPECT_LE(sink->largest(), 128 * 1024u);
  EXPECT_EQ(client.get("/next").status, 200);
}

TEST(ServerBody, NothingIsReadAheadOfASlowSink) {
  constexpr auto kSize = 64 * kMiB;
  ServerRig rig;
  auto sink = std::make_shared<CountingSink>();
  sink->open_gate(false);
  admit_into(rig, sink, kSize);
  auto client = rig.connect();
  client.send(post_head("Content-Length: " + std::to_string(kSize) + "\r\n") + "x");
  sink->wait_for_first();
  // What goes now stays in the kernel's socket buffers.
  const auto sent = 1 + send_until_refused(client, kSize - 1);
  EXPECT_LT(sent, kSize / 2);
  EXPECT_LE(sink->taken(), 128 * 1024u);
  sink->open_gate(true);
  const std::string piece(kMiB, 'x');
  for (auto left = kSize - sent; left > 0; left -= std::min<std::uint64_t>(left, kMiB)) {
    client.send(std::string_view(piece).substr(0, std::min<std::uint64_t>(left, kMiB)));
  }
  EXPECT_EQ(client.read_answer().status, 200);
  EXPECT_EQ(sink->taken(), kSize);
}

TEST(ServerBody, ASinkThatHasEnoughEndsTheReadingAndTheConnection) {
  ServerRig rig;
  auto sink = std::make_shared<CountingSink>();
  sink->stop_at(10);
  admit_into(rig, sink, 100);
  rig.service.on_serve = [](Request, std::shared_ptr<BodySink> given, Reply reply) {
    reply(text(given ? "with sink" : "without", 422));
  };
  auto client = rig.connect();
  client.send(post_head("Content-Length: 50\r\n") + std::string(20, 'x'));
  const auto answer = client.read_answer();
  EXPECT_EQ(answer.status, 422);
  EXPECT_EQ(answer.body, "with sink");
  EXPECT_EQ(answer.header("Connection"), "close");
  EXPECT_TRUE(client.closed());
}

TEST(ServerBody, ASinkThatThrowsIsReportedAndTheRequestStillAnswered) {
  class Broken : public BodySink {
    bool write(std::string_view) override { throw std::runtime_error("disk"); }
  };
  ServerRig rig;
  admit_into(rig, std::make_shared<Broken>(), 100);
  auto client = rig.connect();
  EXPECT_EQ(client.post("/", "abc").status, 200);
  EXPECT_EQ(rig.faults(), std::vector<std::string>{"disk"});
}

TEST(ServerBody, M05_ATooLongBodyIsRefusedUnread) {
  ServerRig rig;
  for (const std::string length : {"1025", "99999999999", "18446744073709551615"}) {
    for (const std::string expect : {"", "Expect: 100-continue\r\n"}) {
      auto client = rig.connect();
      client.send(post_head("Content-Length: " + length + "\r\n" + expect));
      const auto answer = client.read_answer();
      EXPECT_EQ(answer.status, 413) << length;
      EXPECT_EQ(answer.header("Connection"), "close");
      EXPECT_TRUE(client.closed());
    }
  }
  EXPECT_EQ(rig.service.served, 0);
}

TEST(ServerBody, M05_AnUnknownExpectationIsRefusedUnread) {
  ServerRig rig;
  auto client = rig.connect();
  client.send(post_head("Content-Length: 5\r\nExpect: 200-ok\r\n"));
  EXPECT_EQ(client.read_answer().status, 417);
  EXPECT_TRUE(client.closed());
  EXPECT_EQ(rig.service.admitted, 0);
}

TEST(ServerBody, M05_ContinueIsSaidOnlyAfterAdmission) {
  ServerRig rig;
  auto client = rig.connect();
  client.send(post_head("Content-Length: 5\r\nExpect: 100-Continue\r\n"));
  EXPECT_EQ(client.read_answer().status, 100);
  EXPECT_EQ(rig.service.admitted, 1);
  EXPECT_EQ(rig.service.served, 0);
  client.send("12345");
  EXPECT_EQ(client.read_answer().body, "POST /? 12345");
  rig.service.on_admit = [](Request&) { return Admission{text("no", 401), 0, nullptr}; };
  client.send(post_head("Content-Length: 5\r\nExpect: 100-continue\r\n"));
  EXPECT_EQ(client.read_answer().status, 401);
  EXPECT_TRUE(client.closed());
}

TEST(ServerBody, ContinueIsNotSaidToAClientThatDidNotWait) {
  ServerRig rig;
  auto client = rig.connect();
  client.send(post_head("Content-Length: 5\r\nExpect: 100-continue\r\n") + "12345");
  EXPECT_EQ(client.read_answer().status, 200);
}

TEST(ServerBody, AChunkedBodyOverTheLimitIsRefusedWhileItArrives) {
  ServerRig rig;
  auto client = rig.connect();
  client.send(post_head("Transfer-Encoding: chunked\r\n") + "401\r\n" + std::string(1025, 'x'));
  EXPECT_EQ(client.read_answer().status, 413);
  EXPECT_TRUE(client.closed());
  EXPECT_EQ(rig.service.served, 0);
}

TEST(ServerBody, ABodyOfExactlyTheLimitIsServed) {
  ServerRig rig;
  auto client = rig.connect();
  const std::string body(1024, 'x');
  EXPECT_EQ(client.post("/", body).body, "POST /? " + body);
  client.send(post_head("Transfer-Encoding: chunked\r\n") + "400\r\n" + body + "\r\n0\r\n\r\n");
  EXPECT_EQ(client.read_answer().body, "POST /? " + body);
}

TEST(ServerBody, WhereNoBodyIsAllowedAnEmptyOneIs) {
  ServerRig rig;
  admit_into(rig, nullptr, 0);
  auto client = rig.connect();
  EXPECT_EQ(client.post("/", "").status, 200);
  client.send(post_head("Transfer-Encoding: chunked\r\n") + "0\r\n\r\n");
  EXPECT_EQ(client.read_answer().status, 200);
  EXPECT_EQ(client.post("/", "x").status, 413);
}

TEST(ServerBody, H04_AnEarlyAnswerReachesAClientThatIsStillSending) {
  ServerRig rig;
  rig.service.on_admit = [](Request&) { return Admission{text("no", 403), 0, nullptr}; };
  auto client = rig.connect();
  const std::string bytes = post_head("Content-Length: 4000000\r\n") + std::string(4'000'000, 'x');
  client.try_send(bytes);
  EXPECT_EQ(client.read_answer().status, 403);
  EXPECT_TRUE(client.closed());
  EXPECT_EQ(rig.service.served, 0);
}

TEST(ServerBody, ARefusalWithoutABodyKeepsTheConnection) {
  ServerRig rig;
  rig.service.on_admit = [](Request&) { return Admission{text("no", 401), 0, nullptr}; };
  auto client = rig.connect();
  EXPECT_EQ(client.get("/").status, 401);
  EXPECT_EQ(client.get("/").status, 401);
}

TEST(ServerBody, AClientThatLeavesInTheMiddleOfABodyIsForgotten) {
  ServerRig rig;
  auto sink = std::make_shared<CountingSink>();
  std::weak_ptr<CountingSink> gone = sink;
  const Event released;
  std::shared_ptr<BodySink> guarded(sink.get(), [sink, released](BodySink*) mutable {
    sink.reset();
    released.happen();
  });
  sink.reset();
  rig.service.on_admit = [guarded = std::move(guarded)](Request&) mutable {
    return Admission{{}, 100, std::move(guarded)};
  };
  {
    auto client = rig.connect();
    client.send(post_head("Content-Length: 50\r\n") + "x");
    gone.lock()->wait_for_first();
  }
  released.wait();
  EXPECT_TRUE(gone.expired());
  EXPECT_EQ(rig.service.served, 0);
}

TEST(ServerBody, ASinkThatBlocksAtItsEndHoldsUpNobodyElse) {
  class Slow : public BodySink {
   public:
    Slow(Event begun, Event other) : begun_(std::move(begun)), other_(std::move(other)) {}
    ~Slow() override {
      begun_.happen();
      other_.wait();
    }
    Slow(const Slow&) = delete;
    Slow& operator=(const Slow&) = delete;
    bool write(std::string_view) override { return true; }

   private:
    Event begun_, other_;
  };
  const Event begun, other;
  ServerRig rig;
  rig.service.on_admit = [&](Request& head) {
    return head.method == "GET" ? Admission{}
                                : Admission{{}, 100, std::make_shared<Slow>(begun, other)};
  };
  {
    auto leaving = rig.connect();
    leaving.send(post_head("Content-Length: 50\r\n") + "x");
  }
  begun.wait();
  EXPECT_EQ(rig.connect().get("/").status, 200);
  other.happen();
}

}  // namespace
}  // namespace herald::http
