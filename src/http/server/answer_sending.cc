#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "http/server/problem.h"
#include "http/server/response_head.h"
#include "http/server/session.h"

namespace herald::http {
namespace {

constexpr auto kTuple = net::as_tuple_t<net::use_awaitable_t<Executor>>{};

}  // namespace

Task<bool> Session::send(Response& response, bool head_only, bool, bool keep_alive) {
  const std::string_view body = response.shared ? *response.shared : response.body;
  HeadFacts facts{loop_.date(), keep_alive, body.size()};
  auto head = response_head(response, facts);
  const bool written = co_await write(head, head_only ? std::string_view{} : body);
  co_return written&& keep_alive;
}

Task<bool> Session::write(std::string_view first, std::string_view second) {
  Patience patience(loop_.limits.write_stall_time_max);
  while (!first.empty() || !second.empty()) {
    if (cut_ || timed_out_) co_return false;
    const std::array<net::const_buffer, 2> rest{net::buffer(first), net::buffer(second)};
    const auto began = std::chrono::steady_clock::now();
    wait_until(began + patience.left());
    const auto [ec, size] = co_await socket_.async_write_some(rest, kTuple);
    wait_until(TimePoint::max());
    if (ec) co_return false;
    patience.spend(std::chrono::steady_clock::now() - began, size);
    const auto of_first = std::min(size, first.size());
    first.remove_prefix(of_first);
    second.remove_prefix(size - of_first);
  }
  co_return true;
}

}  // namespace herald::http
