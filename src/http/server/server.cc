#include "http/server/server.h"

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <condition_variable>
#include <cstdio>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "http/server/listener.h"
#include "http/server/loop.h"
#include "http/server/session.h"

namespace herald::http {
namespace {

// An exception that left a worker's function would end the process.
std::function<void()> guarded(Loop* loop, std::function<void()> work) {
  return [loop, work = std::move(work)] {
    try {
      work();
    } catch (...) {
      loop->report();
    }
  };
}

}  // namespace

struct Server::Impl {
  Impl(std::size_t workers, ServerLimits limits) : loop(std::make_shared<Loop>(workers, limits)) {
    loop->on_fault = [](std::string_view what) {
      std::fprintf(stderr, "http: a request failed: %.*s\n", static_cast<int>(what.size()),
                   what.data());
    };
    loop->on_room = [this] {
      for (const auto& listener : listeners) listener->resume();
    };
    loop->on_empty = [this] {
      if (loop->draining) say_empty();
    };
  }

  void run() {
    for (;;) {
      try {
        loop->io.run();
        return;
      } catch (...) {
        loop->report();  // One connection's misfortune; the others go on.
      }
    }
  }

  void say_empty() {
    const std::lock_guard lock(mutex);
    empty = true;
    changed.notify_all();
  }

  std::shared_ptr<Loop> loop;
  net::executor_work_guard<Executor> alive{loop->io.get_executor()};
  std::vector<std::shared_ptr<Listener>> listeners;  // Loop thread, once started.
  std::thread thread;
  std::mutex mutex;
  std::condition_variable changed;
  bool empty = false;    // Guarded by mutex.
  bool drained = false;  // Guarded by mutex.
};

Server::Server(std::size_t workers, ServerLimits limits)
    : impl_(std::make_unique<Impl>(std::max<std::size_t>(workers, 1), limits)) {}

Server::~Server() {
  drain();
  impl_->loop->io.stop();
  if (impl_->thread.joinable()) impl_->thread.join();
  for (auto* pool : {&impl_->loop->workers, &impl_->loop->readers}) {
    pool->stop();
    pool->join();
  }
}

void Server::on_fault(std::function<void(std::string_view what)> hear) {
  impl_->loop->on_fault = std::move(hear);
}

void Server::on_refusal(std::function<void(const Refusal&)> hear) {
  impl_->loop->on_refusal = std::move(hear);
}

void Server::name_requests(std::function<std::string()> make) {
  impl_->loop->make_request_id = std::move(make);
}

Result<std::uint16_t> Server::listen(const std::string& address, std::uint16_t port,
                                     Service& service) {
  auto listener = std::make_shared<Listener>(impl_->loop, service);
  const auto opened = listener->open(address, port);
  if (!opened) return opened;
  net::post(impl_->loop->io, [impl = impl_.get(), listener = std::move(listener)] {
    impl->listeners.push_back(listener);
    listener->start();
  });
  return opened;
}

void Server::post(std::function<void()> work) {
  net::post(impl_->loop->workers, guarded(impl_->loop.get(), std::move(work)));
}

void Server::post_after(std::chrono::milliseconds delay, std::function<void()> work) {
  const auto at = std::chrono::steady_clock::now() + delay;
  net::post(impl_->loop->io, [loop = impl_->loop.get(), at, work = std::move(work)]() mutable {
    auto timer = std::make_shared<Timer>(loop->io.get_executor(), at);
    timer->async_wait([loop, timer, work = std::move(work)](boost::system::error_code ec) mutable {
      if (!ec) net::post(loop->workers, guarded(loop, std::move(work)));
    });
  });
}

void Server::start() {
  net::post(impl_->loop->io, [loop = impl_->loop.get()] { loop->sweep(); });
  impl_->thread = std::thread([impl = impl_.get()] { impl->run(); });
}

void Server::drain() {
  {
    const std::lock_guard lock(impl_->mutex);
    if (std::exchange(impl_->drained, true) || !impl_->thread.joinable()) return;
  }
  net::post(impl_->loop->io, [impl = impl_.get()] {
    impl->loop->draining = true;
    for (const auto& listener : impl->listeners) listener->close();
    const auto sessions = impl->loop->sessions;  // A copy: closing changes the set.
    for (const auto& session : sessions) session->drain();
    if (sessions.empty()) impl->say_empty();
  });
  std::unique_lock lock(impl_->mutex);
  const auto limit = impl_->loop->limits.drain_time_max;
  if (impl_->changed.wait_for(lock, limit, [this] { return impl_->empty; })) return;
  lock.unlock();
  net::post(impl_->loop->io, [loop = impl_->loop.get()] {
    const auto sessions = loop->sessions;
    for (const auto& session : sessions) session->cut();
  });
}

std::shared_ptr<Loop> Server::loop() const { return impl_->loop; }

std::size_t Server::connections() const { return impl_->loop->connections; }

}  // namespace herald::http
