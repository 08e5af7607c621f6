// The server's workers as the executor of everything else. Goes after them.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <shared_mutex>
#include <utility>

#include "http/server/server.h"
#include "ports/executor.h"

namespace herald {

class ServerExecutor final : public Executor {
 public:
  explicit ServerExecutor(http::Server& server) : server_(server) {}

  void post(std::function<void()> work) override {
    const std::shared_lock lock(mutex_);
    if (!closed_) server_.post(heard(std::move(work)));
  }
  void post_after(Duration delay, std::function<void()> work) override {
    const std::shared_lock lock(mutex_);
    if (!closed_) server_.post_after(delay, heard(std::move(work)));
  }
  // Blocks until `holds`, which only the end of some work can bring about, or until that time.
  // Returns whether it holds. For the thread that ends the program.
  bool wait(const std::function<bool()>& holds, std::chrono::steady_clock::time_point until) {
    awaited_ = true;
    std::unique_lock lock(ended_mutex_);
    return ended_.wait_until(lock, until, holds);
  }
  // From when it returns on, work is dropped and the server is not touched any more.
  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }

 private:
  // What the work holds is gone before its end is told.
  std::function<void()> heard(std::function<void()> work) {
    return [this, work = std::move(work)]() mutable {
      std::exchange(work, nullptr)();
      if (awaited_) tell();
    };
  }

  void tell() {
    const std::lock_guard lock(ended_mutex_);  // Whoever waits does so, or has yet to look.
    ended_.notify_all();
  }

  http::Server& server_;
  std::shared_mutex mutex_;
  bool closed_ = false;  // Guarded by mutex_.
  std::atomic<bool> awaited_ = false;
  std::mutex ended_mutex_;
  std::condition_variable ended_;
};

}  // namespace herald
