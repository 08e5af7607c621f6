// The server's workers as the executor of everything else.
#pragma once

#include <functional>
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
    if (!closed_) server_.post(std::move(work));
  }
  void post_after(Duration delay, std::function<void()> work) override {
    const std::shared_lock lock(mutex_);
    if (!closed_) server_.post_after(delay, std::move(work));
  }
  // From when it returns on, work is dropped and the server is not touched any more.
  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }

 private:
  http::Server& server_;
  std::shared_mutex mutex_;
  bool closed_ = false;  // Guarded by mutex_.
};

}  // namespace herald
