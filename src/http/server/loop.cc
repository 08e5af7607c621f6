#include "http/server/loop.h"

#include <algorithm>
#include <array>
#include <boost/asio/dispatch.hpp>
#include <ctime>
#include <exception>
#include <thread>
#include <utility>
#include <vector>

#include "http/server/session.h"

namespace herald::http {
namespace {

// How exactly deadlines are kept: a quarter of the shortest, at most a second.
std::chrono::milliseconds sweep_interval(const ServerLimits& limits) {
  const auto shortest = std::min({limits.head_time_max, limits.idle_time_max,
                                  limits.body_stall_time_max, limits.write_stall_time_max});
  return std::clamp(shortest / 4, std::chrono::milliseconds(5), std::chrono::milliseconds(1000));
}

std::size_t cores() { return std::max(std::thread::hardware_concurrency(), 1U); }

}  // namespace

Loop::Loop(std::size_t worker_count, ServerLimits server_limits)
    : workers(worker_count),
      readers(std::min(worker_count, cores())),
      limits(server_limits),
      sweeper(io) {}

void Loop::join(std::shared_ptr<Session> session) {
  sessions.insert(std::move(session));
  connections = sessions.size();
}

void Loop::leave(const std::shared_ptr<Session>& session) {
  sessions.erase(session);
  connections = sessions.size();
  if (on_room) on_room();
  if (sessions.empty() && on_empty) on_empty();
}

void Loop::sweep() {
  const auto now = std::chrono::steady_clock::now();
  for (const auto& session : sessions) session->check(now);
  if (on_room) on_room();  // File descriptors may have become free elsewhere.
  sweeper.expires_after(sweep_interval(limits));
  sweeper.async_wait([this](boost::system::error_code ec) {
    if (!ec) sweep();
  });
}

void Loop::report(std::string_view request_id) const {
  std::string what;
  try {
    throw;
  } catch (const std::exception& error) {
    what = error.what();
  } catch (...) {
    what = "an exception that is no std::exception";
  }
  tell_fault(std::move(what), request_id);
}

void Loop::tell_fault(std::string what, std::string_view request_id) const {
  if (!request_id.empty()) what.append(" (request ").append(request_id).append(")");
  on_fault(what);
}

const std::string& Loop::date() {
  const auto now = std::time(nullptr);
  if (now == date_at_) return date_;
  std::tm utc{};
  gmtime_r(&now, &utc);
  std::array<char, 40> text{};
  const auto size =
      std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &utc);  // "C" locale.
  date_.assign(text.data(), size);
  date_at_ = now;
  return date_;
}

void Mailbox::tell(std::move_only_function<void(Session&)> call) const {
  const auto loop = loop_.lock();
  if (!loop) return;
  net::dispatch(loop->io, [session = session_, call = std::move(call)]() mutable {
    if (const auto alive = session.lock()) call(*alive);
  });
}

}  // namespace herald::http
