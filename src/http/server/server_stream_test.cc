// Answers that are more than a string: event streams and files.
#include <condition_variable>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <thread>

#include "http/server/server_rig.h"

namespace herald::http {
namespace {

// Says what it is told to say, and when it dies.
class EventStream : public BodyStream {
 public:
  explicit EventStream(Event died) : died_(std::move(died)) {}
  ~EventStream() override { died_.happen(); }

  bool read(std::string& out) override {
    const std::lock_guard lock(mutex_);
    out += std::exchange(ready_, {});
    if (broken_) throw std::runtime_error("stream");
    return !ended_;
  }
  void on_ready(std::function<void()> wake) override {
    const std::lock_guard lock(mutex_);
    wake_ = std::move(wake);
    attached_.notify_all();
  }
  void say(const std::string& words) {
    tell([&] { ready_ += words; });
  }
  void end() {
    tell([&] { ended_ = true; });
  }
  void break_down() {
    tell([&] { broken_ = true; });
  }
  std::function<void()> wake() {
    std::unique_lock lock(mutex_);
    attached_.wait(lock, [this] { return wake_ != nullptr; });
    return wake_;
  }

 private:
  template <class F>
  void tell(F change) {
    const auto ring = wake();
    {
      const std::lock_guard lock(mutex_);
      change();
    }
    ring();
  }

  Event died_;
  std::mutex mutex_;
  std::condition_variable attached_;
  std::function<void()> wake_;
  std::string ready_;
  bool ended_ = false;
  bool broken_ = false;
};

struct StreamRig : ServerRig {
  explicit StreamRig(ServerLimits limits = {}) : ServerRig(limits) {
    service.on_serve = [this](Request request, std::shared_ptr<BodySink>, Reply reply) {
      if (request.path != "/events") return reply(text("plain"));
      auto made = std::make_shared<EventStream>(died);
      stream = made;
      Response response;
      response.headers.add("Content-Type", "text/event-stream");
      response.stream = made;
      opened.happen();
      reply(std::move(response));
    };
  }
  std::shared_ptr<EventStream> wait_for_stream() {
    opened.wait();
    return stream.lock();
  }

  Event died;
  Event opened;
  std::weak_ptr<EventStream> stream;
};

constexpr const char* kAsk = "GET /events HTTP/1.1\r\nHost: h\r\n\r\n";

TEST(ServerStream, WhatAStreamSaysArrivesAtOnceAndInOrder) {
  StreamRig rig;
  auto client = rig.connect();
  client.send(kAsk);
  auto stream = rig.wait_for_stream();
  const auto head = client.read_head();
  EXPECT_EQ(head.status, 200);
  EXPECT_TRUE(head.chunked);
  EXPECT_EQ(head.header("Connection"), "close");
  for (const std::string words : {"data: 1\n\n", "data: 2\n\n"}) {
    stream->say(words);
    EXPECT_EQ(client.read_chunk(), words);
  }
  stream->end();
  EXPECT_EQ(client.read_chunk(), "");
  EXPECT_TRUE(client.closed());
}

TEST(ServerStream, AStreamDiesWhenItsClientLeaves) {
  StreamRig rig;
  {
    auto client = rig.connect();
    client.send(kAsk);
    rig.wait_for_stream();
    client.read_head();
  }
  rig.died.wait();
  EXPECT_EQ(HttpClient(rig.port).get("/").body, "plain");
}

TEST(ServerStream, WakingAfterTheEndIsHarmless) {
  std::function<void()> wake;
  {
    StreamRig rig;
    {
      auto client = rig.connect();
      client.send(kAsk);
      wake = rig.wait_for_stream()->wake();
    }
    rig.died.wait();
    wake();
  }
  wake();
}

TEST(ServerStream, AnIdleStreamOutlivesTheIdleLimit) {
  ServerLimits limits;
  limits.idle_time_max = std::chrono::milliseconds(30);
  StreamRig rig(limits);
  auto client = rig.connect();
  client.send(kAsk);
  auto stream = rig.wait_for_stream();
  client.read_head();
  for (int i = 0; i < 2; ++i) {
    EXPECT_TRUE(rig.connect().closed()) << "an idle connection is closed meanwhile";
  }
  stream->say("still here");
  EXPECT_EQ(client.read_chunk(), "still here");
}

TEST(ServerStream, AStreamThatThrowsEndsAndIsReported) {
  StreamRig rig;
  auto client = rig.connect();
  client.send(kAsk);
  auto stream = rig.wait_for_stream();
  client.read_head();
  stream->break_down();
  stream.reset();
  client.read_to_end();
  rig.died.wait();
  EXPECT_EQ(rig.faults(), std::vector<std::string>{"stream"});
}

TEST(ServerStream, AnOldClientGetsTheBareBytesUntilTheClose) {
  StreamRig rig;
  auto client = rig.connect();
  client.send("GET /events HTTP/1.0\r\n\r\n");
  auto stream = rig.wait_for_stream();
  EXPECT_FALSE(client.read_head().chunked);
  stream->say("words");
  stream->end();
  EXPECT_EQ(client.read_to_end(), "words");
}

TEST(ServerStream, HeadOfAStreamHasNoBodyAndDropsTheStream) {
  StreamRig rig;
  auto client = rig.connect();
  EXPECT_EQ(client.request("HEAD", "/events").status, 200);
  rig.died.wait();
  EXPECT_EQ(client.get("/").body, "plain");
}

TEST(ServerStream, DrainEndsAStreamProperly) {
  StreamRig rig;
  auto client = rig.connect();
  client.send(kAsk);
  rig.wait_for_stream();
  client.read_head();
  rig.server.drain();
  EXPECT_EQ(client.read_chunk(), "");
  EXPECT_TRUE(client.closed());
}

class ServerFile : public ::testing::Test {
 protected:
  ServerFile() {
    content_.reserve(3'000'000);
    for (int i = 0; content_.size() < 3'000'000; ++i) content_ += std::to_string(i) + ",";
    std::ofstream(path_, std::ios::binary) << content_;
    rig_.service.on_serve = [this](Request, std::shared_ptr<BodySink>, Reply reply) {
      Response response;
      response.file = range_;
      reply(std::move(response));
    };
  }
  ~ServerFile() override { std::filesystem::remove(path_); }

  std::filesystem::path path_ =
      std::filesystem::temp_directory_path() / ("herald_file_" + std::to_string(::getpid()));
  std::string content_;
  FileRange range_;
  ServerRig rig_;
};

TEST_F(ServerFile, AFileAndARangeOfItArriveWhole) {
  auto client = rig_.connect();
  range_ = {path_, 0, content_.size()};
  EXPECT_TRUE(client.get("/").body == content_);
  range_ = {path_, 1'000'001, 600'000};
  EXPECT_TRUE(client.get("/").body == content_.substr(1'000'001, 600'000));
  range_ = {path_, 5, 0};
  EXPECT_EQ(client.get("/").header("Content-Length"), "0");
  range_ = {path_, 0, 7};
  EXPECT_EQ(client.request("HEAD", "/").header("Content-Length"), "7");
  EXPECT_EQ(client.get("/").body, content_.substr(0, 7));
}

TEST_F(ServerFile, AMissingFileIsAnswered500) {
  auto client = rig_.connect();
  range_ = {path_.string() + ".absent", 0, 5};
  EXPECT_EQ(client.get("/").status, 500);
  range_ = {std::filesystem::temp_directory_path(), 0, 5};
  EXPECT_EQ(client.get("/").status, 500) << "a folder is no file";
  EXPECT_EQ(rig_.faults().size(), 2u);
}

TEST_F(ServerFile, AFileThatIsTooShortEndsTheConnectionEarly) {
  auto client = rig_.connect();
  range_ = {path_, 0, content_.size() + 1};
  client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(client.read_head().header("Content-Length"), std::to_string(content_.size() + 1));
  EXPECT_LE(client.read_to_end().size(), content_.size());
}

// Gives at most seven bytes at once, and no more than it has.
class Letters final : public BodySource {
 public:
  explicit Letters(std::string text) : text_(std::move(text)) {}
  bool read(std::size_t size, std::string& piece) override {
    piece = text_.substr(at_, std::min<std::size_t>(size, 7));
    at_ += piece.size();
    return !piece.empty();
  }

 private:
  std::string text_;
  std::size_t at_ = 0;
};

TEST_F(ServerFile, WhatIsFetchedMeanwhileArrivesWithItsLength) {
  auto client = rig_.connect();
  range_ = {"", 0, 20, std::make_shared<Letters>("abcdefghijklmnopqrst, and more")};
  const auto answer = client.get("/");
  EXPECT_EQ(answer.header("Content-Length"), "20");
  EXPECT_EQ(answer.body, "abcdefghijklmnopqrst");
  range_ = {"", 0, 20, nullptr};
  range_.source = std::make_shared<Letters>("abcdefghijklmnopqrst");
  EXPECT_EQ(client.request("HEAD", "/").header("Content-Length"), "20");
  EXPECT_EQ(client.get("/").body, "abcdefghijklmnopqrst") << "the connection goes on";
}

TEST_F(ServerFile, WhatCannotBeFetchedToItsEndEndsTheConnectionEarly) {
  auto client = rig_.connect();
  range_ = {"", 0, 20, std::make_shared<Letters>("too short")};
  client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(client.read_head().header("Content-Length"), "20");
  EXPECT_EQ(client.read_to_end(), "too short");
}

}  // namespace
}  // namespace herald::http
