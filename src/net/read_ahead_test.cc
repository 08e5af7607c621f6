#include "net/read_ahead.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <deque>
#include <future>
#include <string>
#include <thread>

#include "net/transport_rig.h"

namespace herald {
namespace {

using State = ReadAhead::State;

// Runs what was posted when it is told to.
class HeldExecutor final : public Executor {
 public:
  void post(std::function<void()> work) override { waiting.push_back(std::move(work)); }
  void post_after(Duration, std::function<void()> work) override { post(std::move(work)); }
  void run_one() {
    const auto work = std::move(waiting.front());
    waiting.pop_front();
    work();
  }
  std::deque<std::function<void()>> waiting;
};

// So many bytes, then the end or a failure.
class Letters final : public MediaReader {
 public:
  Letters(std::size_t size, bool fails) : left_(size), fails_(fails) {}
  Result<std::size_t> read(std::span<char> room) override {
    if (left_ == 0 && fails_) return fail(ErrorKind::unavailable, "The disk failed.");
    const auto count = std::min(room.size(), left_);
    std::fill_n(room.data(), count, 'x');
    left_ -= count;
    return count;
  }

 private:
  std::size_t left_;
  bool fails_;
};

struct Reading {
  explicit Reading(std::size_t size, bool fails = false)
      : ahead(std::make_unique<Letters>(size, fails), executor, [this] { ++woken; }) {}
  State next() { return ahead.read(room).state; }

  HeldExecutor executor;
  int woken = 0;
  std::array<char, 1 << 20> room{};
  ReadAhead ahead;
};

TEST(ReadAhead, who_asks_too_early_is_woken_once_and_then_served) {
  Reading reading(5);
  EXPECT_EQ(reading.next(), State::later);
  EXPECT_EQ(reading.next(), State::later);
  reading.executor.run_one();
  EXPECT_EQ(reading.woken, 1);
  EXPECT_EQ(reading.ahead.read(reading.room).count, 5u);
  EXPECT_EQ(reading.next(), State::later);
  reading.executor.run_one();
  EXPECT_EQ(reading.woken, 2);
  EXPECT_EQ(reading.next(), State::ended);
}

TEST(ReadAhead, the_next_piece_is_read_while_one_is_handed_out) {
  Reading reading(3u << 20);
  reading.executor.run_one();
  EXPECT_EQ(reading.woken, 0) << "nobody waited";
  EXPECT_EQ(reading.next(), State::bytes);
  ASSERT_EQ(reading.executor.waiting.size(), 1u);
  reading.executor.run_one();
  EXPECT_TRUE(reading.executor.waiting.empty()) << "no more than a piece ahead";
  EXPECT_EQ(reading.next(), State::bytes);
}

TEST(ReadAhead, a_failure_is_told_after_the_bytes_before_it) {
  Reading reading(7, true);
  reading.executor.run_one();
  EXPECT_EQ(reading.next(), State::bytes);
  reading.executor.run_one();
  EXPECT_EQ(reading.next(), State::failed);
  EXPECT_EQ(reading.next(), State::failed);
}

TEST(ReadAhead, a_read_that_outlives_its_asker_wakes_nobody) {
  HeldExecutor executor;
  int woken = 0;
  {
    ReadAhead ahead(std::make_unique<Letters>(5, false), executor, [&] { ++woken; });
    std::array<char, 8> room{};
    EXPECT_EQ(ahead.read(room).state, State::later);
  }
  executor.run_one();
  EXPECT_EQ(woken, 0);
}

// Every reader waits until the gate is open.
class GatedFolder final : public MediaFolder {
 public:
  explicit GatedFolder(std::shared_future<void> gate) : gate_(std::move(gate)) {}
  Result<std::unique_ptr<MediaReader>> open(const CustomerId&, const MediaId&, MediaPart,
                                            std::uint64_t) override {
    struct Gated final : MediaReader {
      explicit Gated(std::shared_future<void> g) : gate(std::move(g)), letters(3u << 20, false) {}
      Result<std::size_t> read(std::span<char> room) override {
        gate.wait();
        return letters.read(room);
      }
      std::shared_future<void> gate;
      Letters letters;
    };
    return std::make_unique<Gated>(gate_);
  }
  Result<Done> create(const CustomerId&, const MediaId&, std::uint64_t) override { return Done{}; }
  Result<std::unique_ptr<MediaWriter>> open_for_append(const CustomerId&, const MediaId&,
                                                       std::uint64_t) override {
    return fail(ErrorKind::internal, "Nobody writes here.");
  }
  Result<std::uint64_t> size(const CustomerId&, const MediaId&) override { return 0; }
  Result<Done> put(const CustomerId&, const MediaId&, MediaPart, std::string_view) override {
    return Done{};
  }
  std::optional<std::string> path_of(const CustomerId&, const MediaId&, MediaPart) override {
    return std::nullopt;
  }
  Result<Done> remove(const CustomerId&, const MediaId&) override { return Done{}; }
  Result<Done> visit(const std::function<void(const CustomerId&, const MediaId&)>&) override {
    return Done{};
  }
  Result<std::uint64_t> used_bytes(const CustomerId&) override { return 0; }

 private:
  std::shared_future<void> gate_;
};

// Each piece of work on a thread of its own.
class ThreadExecutor final : public Executor {
 public:
  void post(std::function<void()> work) override {
    const std::lock_guard lock(mutex_);
    threads_.emplace_back(std::move(work));
  }
  void post_after(Duration, std::function<void()> work) override { post(std::move(work)); }

 private:
  std::mutex mutex_;
  std::vector<std::jthread> threads_;
};

TEST(ReadAhead, a_transfer_waits_for_a_slow_store_and_others_go_on_meanwhile) {
  testing::FaultServer server([](testing::FaultServer::Connection& connection) {
    while (!connection.read_request().empty()) connection.send(testing::http_answer(200, "ok"));
  });
  TransportRig rig(server.url());
  std::promise<void> gate;
  GatedFolder folder(gate.get_future().share());
  ThreadExecutor executor;
  CurlTransport transport(
      {executor, rig.random, rig.digest, folder, rig.hosts},
      [](const CustomerId&, std::string_view) { return std::string(); }, true);
  const auto begin = [&](Call call) {
    auto promise = std::make_shared<std::promise<Received>>();
    transport.send(rig.dispatch(std::move(call)),
                   [promise](Received received) { promise->set_value(std::move(received)); });
    return promise->get_future();
  };
  Call upload = TransportRig::call("PUT");
  upload.patience = Patience::upload;
  upload.body = MediaBytes{MediaId("med_1"), "", 0, 3u << 20, "video/mp4"};
  auto slow = begin(std::move(upload));
  EXPECT_EQ(begin(TransportRig::call()).get().answer.status, 200) << "while the store is slow";
  gate.set_value();
  EXPECT_EQ(slow.get().answer.status, 200);
}

}  // namespace
}  // namespace herald
