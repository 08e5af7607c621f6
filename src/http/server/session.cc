#include "http/server/session.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <tuple>
#include <utility>

#include "http/server/handling.h"
#include "http/server/problem.h"

namespace herald::http {
namespace {

constexpr auto kTuple = net::as_tuple_t<net::use_awaitable_t<Executor>>{};

constexpr std::size_t kHeadPieceBytes = 4 * 1024;
constexpr std::size_t kBodyPieceBytes = 64 * 1024;
constexpr std::size_t kKeptBufferBytes = 8 * 1024;  // What an idle connection may hold.
constexpr std::chrono::seconds kHangUpTimeMax{2};
constexpr std::size_t kHangUpBytesMax = 16 * 1024 * 1024;

// No answer is possible or wanted: the client left, or never began.
constexpr Fault kGone{0, "", ""};
constexpr Fault kSlowHead{408, "request_timeout", "The request's head did not arrive in time."};
constexpr Fault kSlowBody{408, "request_timeout", "The request's body did not arrive in time."};
constexpr Fault kLargeBody{413, "body_too_large", "The request's body is larger than allowed."};
constexpr Fault kLongChunk{400, "malformed_request", "The request body's chunks are malformed."};

std::string_view view(const boost::beast::flat_buffer& buffer) {
  return {static_cast<const char*>(buffer.cdata().data()), buffer.size()};
}

HeadLimits head_limits(const ServerLimits& limits) {
  return {limits.head_bytes_max, limits.target_bytes_max};
}

}  // namespace

Session::Session(std::shared_ptr<Loop> loop, Service& service, int socket, std::string peer)
    : loop_(*loop),
      loop_weak_(loop),
      service_(service),
      socket_(loop->io.get_executor()),
      event_(loop->io.get_executor(), TimePoint::max()),
      peer_(std::move(peer)) {
  boost::system::error_code ec;
  socket_.assign(net::ip::tcp::v4(), socket, ec);
  socket_.non_blocking(true, ec);
  socket_.set_option(net::ip::tcp::no_delay(true), ec);
}

Session::~Session() = default;

void Session::start() {
  auto self = shared_from_this();
  loop_.join(self);
  net::co_spawn(loop_.io.get_executor(), run(), [self](std::exception_ptr thrown) {
    try {
      if (thrown) std::rethrow_exception(thrown);
    } catch (...) {
      self->loop_.report();
    }
    self->cut();
    self->loop_.leave(self);
  });
}

void Session::check(TimePoint now) {
  if (now < deadline_) return;
  deadline_ = TimePoint::max();
  timed_out_ = true;
  boost::system::error_code ec;
  socket_.cancel(ec);
}

void Session::drain() {
  // A request that has already arrived is still answered.
  boost::system::error_code ec;
  if (idle_ && socket_.available(ec) == 0) cut();
  wake();  // A stream ends here.
}

void Session::wait_until(TimePoint deadline) {
  deadline_ = deadline;
  timed_out_ = false;
}

void Session::cut() {
  cut_ = true;
  boost::system::error_code ec;
  socket_.close(ec);
  wake();
}

Task<void> Session::event() {
  if (!woken_) co_await event_.async_wait(kTuple);
  woken_ = false;
}

void Session::wake() {
  woken_ = true;
  event_.cancel();
}

Task<void> Session::on_worker(std::move_only_function<void()> work) {
  auto ended = std::make_shared<bool>(false);
  net::post(loop_.workers, [work = std::move(work), ended, mailbox = mailbox()]() mutable {
    work();
    mailbox.tell([ended](Session& session) {
      *ended = true;
      session.wake();
    });
  });
  while (!*ended && !cut_) co_await event();
}

Task<void> Session::run() {
  bool again = true;
  while (again) again = co_await exchange();
  co_await hang_up();
}

Task<bool> Session::exchange() {
  auto exchange = std::make_shared<Exchange>(head_limits(loop_.limits));
  const auto head = co_await read_head(*exchange);
  if (!head) co_return co_await refuse(head.error(), *exchange);
  const auto& framing = exchange->framing;
  exchange->head_only = exchange->request.method == "HEAD";
  unread_ = framing.has_body();

  if (!framing.has_body() && service_.is_brief(exchange->request)) {
    admit(loop_, service_, exchange, mailbox());
  } else {
    const bool reads = exchange->head_only || exchange->request.method == "GET";
    auto& pool = reads ? loop_.readers : loop_.workers;
    net::post(pool, [&loop = loop_, &service = service_, exchange, box = mailbox()] {
      admit(loop, service, exchange, box);
    });
  }
  while (!exchange->admitted && !exchange->answer && !cut_) co_await event();
  if (cut_) co_return false;
  if (auto& refusal = exchange->admission.refuse) {
    co_return co_await send(std::move(*refusal), terms(*exchange));
  }
  if (!exchange->answer) {
    const auto body = co_await read_body(exchange);
    if (!body) {
      const bool again = co_await refuse(body.error(), *exchange);
      net::post(loop_.workers, [exchange = std::move(exchange)] {});  // A sink's end may block.
      co_return again;
    }
    net::post(loop_.workers, [&loop = loop_, &service = service_, exchange, box = mailbox()] {
      serve(loop, service, exchange, box);
    });
    while (!exchange->answer && !cut_) co_await event();
    if (cut_) co_return false;
  }
  co_return co_await send(std::move(*exchange->answer), terms(*exchange));
}

Terms Session::terms(const Exchange& exchange) const {
  const auto& framing = exchange.framing;
  return {exchange.head_only, framing.can_chunk, framing.keep_alive && !unread_ && !loop_.draining};
}

Task<Session::Step> Session::read_head(Exchange& exchange) {
  idle_ = received_.size() == 0;
  if (idle_ && received_.capacity() > kKeptBufferBytes) received_.shrink_to_fit();
  const auto now = std::chrono::steady_clock::now();
  wait_until(now + (idle_ ? loop_.limits.idle_time_max : loop_.limits.head_time_max));
  for (;;) {
    const auto size = exchange.parser.read_head(view(received_));
    if (!size) co_return std::unexpected(size.error());
    if (*size > 0) {
      received_.consume(*size);
      break;
    }
    if (idle_ && loop_.draining) co_return std::unexpected(kGone);
    const bool was_idle = idle_;
    const auto got = co_await receive(kHeadPieceBytes);
    if (!got && (was_idle || !timed_out_)) co_return std::unexpected(kGone);
    if (!got) co_return std::unexpected(kSlowHead);
    if (was_idle) wait_until(std::chrono::steady_clock::now() + loop_.limits.head_time_max);
  }
  wait_until(TimePoint::max());
  exchange.framing = exchange.parser.framing();
  exchange.request = std::move(exchange.parser.request());
  exchange.request.peer = peer_;
  exchange.request.connection_reused = std::exchange(reused_, true);
  co_return Step{};
}

// More bytes into received_. kGone: the client left, the wait was too long, or we were cut.
Task<Session::Step> Session::receive(std::size_t bytes_max) {
  if (cut_ || timed_out_) co_return std::unexpected(kGone);
  const auto room = received_.prepare(bytes_max);
  const auto [ec, size] = co_await socket_.async_read_some(room, kTuple);
  received_.commit(size);
  if (ec || size == 0) co_return std::unexpected(kGone);
  idle_ = false;
  co_return Step{};
}

Task<Session::Step> Session::read_body(std::shared_ptr<Exchange> exchange) {
  const auto limit = exchange->admission.body_limit_bytes;
  if (exchange->framing.length_bytes > limit) co_return std::unexpected(kLargeBody);
  if (exchange->framing.expects_continue && received_.size() == 0) {
    std::string nothing;  // Who hands the body on asks there first whether it is wanted.
    if (exchange->admission.sink) co_await pass_on(exchange, nothing);
    if (cut_) co_return std::unexpected(kGone);
    if (exchange->sink_takes_more) {
      const bool written = co_await write("HTTP/1.1 100 Continue\r\n\r\n");
      if (!written) co_return std::unexpected(kGone);
    }
  }
  Patience patience(loop_.limits.body_stall_time_max);
  while (!exchange->parser.done() && exchange->sink_takes_more) {
    std::string piece;
    const auto taken = exchange->parser.read_body(view(received_), piece);
    if (!taken) co_return std::unexpected(taken.error());
    received_.consume(*taken);
    exchange->body_bytes += piece.size();
    if (exchange->body_bytes > limit) co_return std::unexpected(kLargeBody);
    const auto step = co_await take_piece(exchange, std::move(piece));
    if (!step) co_return step;
    if (*taken > 0 || exchange->parser.done()) continue;
    if (received_.size() >= kBodyPieceBytes) co_return std::unexpected(kLongChunk);
    const auto began = std::chrono::steady_clock::now();
    wait_until(began + patience.left());
    const auto before = received_.size();
    const auto got = co_await receive(kBodyPieceBytes);
    if (!got) co_return std::unexpected(timed_out_ ? kSlowBody : kGone);
    wait_until(TimePoint::max());
    patience.spend(std::chrono::steady_clock::now() - began, received_.size() - before);
  }
  unread_ = !exchange->parser.done();
  co_return Step{};
}

Task<Session::Step> Session::take_piece(std::shared_ptr<Exchange> exchange, std::string piece) {
  if (piece.empty()) co_return Step{};
  if (exchange->admission.sink == nullptr) {
    exchange->request.body += piece;
    co_return Step{};
  }
  const bool passed = co_await pass_on(exchange, piece);
  if (cut_) co_return std::unexpected(kGone);
  if (passed) co_return Step{};
  auto work = [&loop = loop_, exchange, piece = std::move(piece)] {
    write_sink(loop, *exchange, piece);
  };
  co_await on_worker(std::move(work));
  if (cut_) co_return std::unexpected(kGone);
  co_return Step{};
}

// False: its sink is not one that hands pieces on.
Task<bool> Session::pass_on(std::shared_ptr<Exchange> exchange, std::string& piece) {
  auto taken = std::make_shared<std::optional<bool>>();
  const std::function<void(bool)> tell = [taken, box = mailbox()](bool more) {
    box.tell([taken, more](Session& session) {
      *taken = more;
      session.wake();
    });
  };
  if (!exchange->admission.sink->pass_on(piece, tell)) co_return false;
  while (!*taken && !cut_) co_await event();
  exchange->sink_takes_more = taken->value_or(false);
  co_return true;
}

// Answers a broken request if it can be answered. The connection ends either way.
Task<bool> Session::refuse(Fault fault, const Exchange& exchange) {
  if (fault.status == 0 || cut_) co_return false;
  unread_ = true;
  const Error error{ErrorKind::invalid, fault.message, {}, {}, fault.code};
  const auto& named = exchange.request.id;  // By a service, if only the body is at fault.
  const std::string id = named.empty() ? loop_.make_request_id() : named;
  loop_.on_refusal({id, fault.status, fault.code});
  auto answer = problem(fault.status, error, id);
  co_return co_await send(std::move(answer), terms(exchange));
}

// Closing a socket with unread input resets it, and the client may lose the answer: so first say
// that we are done, then read on for a moment.
Task<void> Session::hang_up() {
  boost::system::error_code ec;
  if (cut_ || (!unread_ && received_.size() == 0 && socket_.available(ec) == 0)) co_return;
  socket_.shutdown(Socket::shutdown_send, ec);
  wait_until(std::chrono::steady_clock::now() + kHangUpTimeMax);
  std::size_t bytes = 0;
  while (!ec && bytes < kHangUpBytesMax) {
    received_.clear();
    const auto got = co_await receive(kBodyPieceBytes);
    if (!got) break;
    bytes += received_.size();
  }
}

}  // namespace herald::http
