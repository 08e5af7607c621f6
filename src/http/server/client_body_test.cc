// Bodies through two doors: as they come, under back-pressure, whole or not at all.
#include <sys/socket.h>
#include <sys/time.h>

#include <atomic>
#include <condition_variable>
#include <mutex>

#include "http/server/relay_rig.h"

namespace herald::http {
namespace {

// Takes a body only as fast as the test lets it.
class SlowSink final : public BodySink {
 public:
  bool write(std::string_view piece) override {
    std::unique_lock lock(mutex_);
    bytes_ += piece.size();
    ++waiting_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
    return true;
  }
  void wait_for_a_piece() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return waiting_ > 0; });
  }
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  std::size_t bytes() {
    const std::lock_guard lock(mutex_);
    return bytes_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t bytes_ = 0;
  int waiting_ = 0;
  bool open_ = false;
};

// How much of an endless body goes into a connection before it takes no more for a while.
std::size_t taken_until_full(HttpClient& client, std::size_t most) {
  const timeval patience{0, 300'000};
  ::setsockopt(client.socket(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  const std::string piece(64 * 1024, 'x');
  std::size_t sent = 0;
  while (sent < most) {
    const auto size = ::send(client.socket(), piece.data(), piece.size(), MSG_NOSIGNAL);
    if (size <= 0) break;
    sent += static_cast<std::size_t>(size);
  }
  return sent;
}

TEST(ClientBody, ABodyThatIsNotTakenIsNotHeldInMemory) {
  RelayRig rig;
  auto sink = std::make_shared<SlowSink>();
  rig.behind.service.on_admit = [&](Request&) { return Admission{{}, UINT64_MAX, sink}; };
  constexpr std::size_t kBody = 256 << 20;
  auto client = rig.connect();
  client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(kBody) +
              "\r\n\r\n");
  const auto sent = taken_until_full(client, kBody);
  sink->wait_for_a_piece();
  // Socket buffers of two connections, and a piece at each of three places.
  EXPECT_LT(sent, 32u << 20) << "somebody gathers what nobody takes";
  sink->open();
  const std::string piece(1 << 20, 'x');
  for (std::size_t left = kBody - sent; left > 0;) {
    const auto size = std::min(left, piece.size());
    client.send(std::string_view(piece).substr(0, size));
    left -= size;
  }
  EXPECT_EQ(client.read_answer().status, 200);
  EXPECT_EQ(sink->bytes(), kBody);
}

// Says more and more, and counts how much.
class Endless final : public BodyStream {
 public:
  explicit Endless(std::shared_ptr<std::atomic<std::size_t>> said) : said_(std::move(said)) {}
  bool read(std::string& out) override {
    out.append(64 * 1024, 'x');
    *said_ += 64 * 1024;
    return true;
  }
  void on_ready(std::function<void()>) override {}

 private:
  std::shared_ptr<std::atomic<std::size_t>> said_;
};

TEST(ClientBody, AnAnswerThatIsNotReadIsNotHeldInMemory) {
  RelayRig rig;
  auto said = std::make_shared<std::atomic<std::size_t>>(0);
  rig.behind.service.on_serve = [&](Request request, std::shared_ptr<BodySink>, Reply reply) {
    Response response = text("short");
    if (request.path == "/endless") response.stream = std::make_shared<Endless>(said);
    reply(std::move(response));
  };
  auto slow = rig.connect();
  slow.send("GET /endless HTTP/1.0\r\nHost: h\r\n\r\n");
  EXPECT_EQ(slow.read_head().status, 200);
  constexpr std::size_t kBuffers = 64 << 20;  // More than all sockets on the way hold.
  auto quick = rig.connect();
  for (int i = 0; i < 1000; ++i) {
    ASSERT_EQ(quick.get("/").body, "short") << "who does not read holds up nobody else";
    ASSERT_LT(said->load(), kBuffers) << "somebody gathers what nobody reads";
  }
  slow.read_bytes(kBuffers);
  EXPECT_GE(said->load(), kBuffers) << "it goes on when it is read";
}

TEST(ClientBody, AnEarlyRefusalComesThroughBeforeTheBodyIsSent) {
  RelayRig rig;
  rig.behind.service.on_admit = [](Request& head) {
    return Admission{problem(413, {ErrorKind::invalid, "No.", {}, {}, "too_much"}, head.id), 0, {}};
  };
  auto asking = rig.connect();
  asking.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(asking.read_answer().status, 413);
  auto telling = rig.connect();
  telling.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100000000\r\n\r\n");
  const std::string piece(64 * 1024, 'x');
  for (int i = 0; i < 1500 && telling.try_send(piece); ++i) {
  }
  EXPECT_EQ(telling.read_answer().status, 413);
}

TEST(ClientBody, WhoHoldsABodyBackIsToldToSendIt) {
  RelayRig rig;
  auto client = rig.connect();
  client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.read_head().status, 100);
  client.send("body");
  EXPECT_EQ(client.read_answer().body, "POST /? body");
}

TEST(ClientBody, ABodyOfUnknownLengthGoesThrough) {
  RelayRig rig;
  auto client = rig.connect();
  client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
  client.send("6\r\n there\r\n0\r\n\r\n");
  EXPECT_EQ(client.read_answer().body, "POST /? hello there");
}

TEST(ClientBody, ABodyBrokenOffIsBrokenOffBehindToo) {
  RelayRig rig;
  class Told final : public BodySink {
   public:
    Told(Event begun, Event dropped) : begun_(begun), dropped_(dropped) {}
    ~Told() override { dropped_.happen(); }
    bool write(std::string_view) override {
      if (!std::exchange(told_, true)) begun_.happen();
      return true;
    }

   private:
    Event begun_, dropped_;
    bool told_ = false;
  };
  Event begun, dropped;
  rig.behind.service.on_admit = [&](Request&) {
    return Admission{{}, 1000, std::make_shared<Told>(begun, dropped)};
  };
  auto client = rig.connect();
  client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nhalf");
  begun.wait();
  client.close();
  dropped.wait();
  EXPECT_EQ(rig.behind.service.served, 0);
}

TEST(ClientBody, AnEventComesThroughAsItHappensAndALeavingReaderIsNoticed) {
  class Events final : public BodyStream {
   public:
    explicit Events(Event gone) : gone_(gone) {}
    ~Events() override { gone_.happen(); }
    bool read(std::string& out) override {
      const std::lock_guard lock(mutex_);
      out += std::exchange(unread_, {});
      return true;
    }
    void on_ready(std::function<void()> wake) override {
      const std::lock_guard lock(mutex_);
      wake_ = std::move(wake);
    }
    void say(const std::string& text) {
      std::function<void()> wake;
      {
        const std::lock_guard lock(mutex_);
        unread_ += text;
        wake = wake_;
      }
      if (wake) wake();
    }

   private:
    Event gone_;
    std::mutex mutex_;
    std::string unread_ = "one\n\n";
    std::function<void()> wake_;
  };
  RelayRig rig;
  Event gone;
  std::weak_ptr<Events> events;
  rig.behind.service.on_serve = [&](Request, std::shared_ptr<BodySink>, Reply reply) {
    Response response = text("");
    auto made = std::make_shared<Events>(gone);
    events = made;
    response.stream = std::move(made);
    reply(std::move(response));
  };
  auto client = rig.connect();
  client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(client.read_head().status, 200);
  EXPECT_EQ(client.read_chunk(), "one\n\n");
  for (const char* word : {"two\n\n", "three\n\n"}) {
    events.lock()->say(word);
    EXPECT_EQ(client.read_chunk(), word);
  }
  client.close();
  gone.wait();
}

}  // namespace
}  // namespace herald::http
