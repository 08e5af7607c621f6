// What the listeners and sessions of one server share. Shows Asio: for this room's sockets only.
// Everything here is used on the loop thread alone unless it says otherwise.
#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "http/server/server.h"

namespace herald::http {

namespace net = boost::asio;

// The concrete executor everywhere: the type-erased default costs a quarter more per request.
using Executor = net::io_context::executor_type;
using Timer = net::basic_waitable_timer<std::chrono::steady_clock,
                                        net::wait_traits<std::chrono::steady_clock>, Executor>;
template <class T>
using Task = net::awaitable<T, Executor>;
using TimePoint = std::chrono::steady_clock::time_point;

class Session;

// Others hold it weakly: a Reply may outlive the server.
struct Loop {
  Loop(std::size_t worker_count, ServerLimits server_limits);

  // Begins or stops following a connection. Leaving tells the listeners that there is room.
  void join(std::shared_ptr<Session> session);
  void leave(const std::shared_ptr<Session>& session);
  // Ends what has passed its deadline, now and again for ever.
  void sweep();
  // Passes the exception being handled to on_fault, with the request's id if it has one. Any
  // thread.
  void report(std::string_view request_id = {}) const;
  void tell_fault(std::string what, std::string_view request_id) const;  // Any thread.
  // For the Date header, made once a second.
  const std::string& date();

  net::io_context io{1};
  net::thread_pool workers;
  // For requests that only read, which rarely wait for the disk: with more threads than cores they
  // only take turns, and waking one costs a quarter of a short request.
  net::thread_pool readers;
  const ServerLimits limits;
  std::function<void(std::string_view)> on_fault;  // From any thread.
  std::function<void(const Server::Refusal&)> on_refusal = [](const Server::Refusal&) {};
  std::function<std::string()> make_request_id = [] { return std::string(); };  // Any thread.
  bool draining = false;
  std::unordered_set<std::shared_ptr<Session>> sessions;
  std::atomic<std::size_t> connections{0};
  std::function<void()> on_room;   // There may be room for a connection again.
  std::function<void()> on_empty;  // The last session left while draining.
  // What else has sockets here, and goes before the loop does.
  std::vector<std::shared_ptr<void>> guests;

 private:
  Timer sweeper;
  std::time_t date_at_ = 0;
  std::string date_;
};

// Carries a call from any thread to a session on the loop, at once if it is that thread; does
// nothing once either is gone.
class Mailbox {
 public:
  Mailbox(std::weak_ptr<Loop> loop, std::weak_ptr<Session> session)
      : loop_(std::move(loop)), session_(std::move(session)) {}
  void tell(std::move_only_function<void(Session&)> call) const;

 private:
  std::weak_ptr<Loop> loop_;
  std::weak_ptr<Session> session_;
};

}  // namespace herald::http
