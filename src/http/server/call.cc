#include "http/server/call.h"

#include <sys/socket.h>

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <charconv>
#include <exception>
#include <utility>

#include "http/server/incoming.h"
#include "http/server/request_head.h"
#include "http/server/response_head.h"

namespace herald::http {
namespace {

using net::ip::tcp;
using Resolver = net::ip::basic_resolver<tcp, Executor>;

constexpr auto kTuple = net::as_tuple_t<net::use_awaitable_t<Executor>>{};
constexpr std::size_t kPieceBytes = 64 * 1024;

std::string_view view(const boost::beast::flat_buffer& buffer) {
  return {static_cast<const char*>(buffer.cdata().data()), buffer.size()};
}

// Bytes to be read, or the end, or a fault.
bool is_readable(const ClientSocket& socket) {
  char byte = 0;
  const auto got =
      ::recv(const_cast<ClientSocket&>(socket).native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return got >= 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
}

std::string chunk_of(const std::string& piece) {
  std::array<char, 20> size{};
  const auto end = std::to_chars(size.data(), size.data() + size.size(), piece.size(), 16).ptr;
  return std::string(size.data(), end) + "\r\n" + piece + "\r\n";
}

std::string authority(const Place& place) {
  const bool v6 = place.host.contains(':');
  return (v6 ? "[" + place.host + "]" : place.host) + ":" + std::to_string(place.port);
}

}  // namespace

std::optional<ClientSocket> Client::Core::take_idle(std::size_t place) {
  auto& list = idle[place];
  const auto oldest = std::chrono::steady_clock::now() - limits.idle_time_max;
  while (!list.empty()) {
    Idle last = std::move(list.back());
    list.pop_back();
    if (last.since >= oldest && !is_readable(last.socket)) return std::move(last.socket);
  }
  return std::nullopt;
}

void Client::Core::keep(std::size_t place, ClientSocket socket) {
  auto& list = idle[place];
  const auto now = std::chrono::steady_clock::now();
  std::erase_if(list, [&](const Idle& one) { return now - one.since > limits.idle_time_max; });
  if (list.size() < limits.idle_max) list.push_back({std::move(socket), now});
}

Call::Call(std::weak_ptr<Loop> loop, std::shared_ptr<Client::Core> core, Request request,
           bool in_pieces)
    : loop_(std::move(loop)),
      core_(std::move(core)),
      request_(std::move(request)),
      in_pieces_(in_pieces),
      socket_(core_->executor),
      event_(core_->executor, TimePoint::max()),
      limit_(core_->executor) {}

void Call::start() {
  if (std::exchange(started_, true)) return;
  net::co_spawn(core_->executor, run(), [self = shared_from_this()](std::exception_ptr thrown) {
    if (thrown) {
      try {
        std::rethrow_exception(thrown);
      } catch (...) {
        if (const auto loop = self->loop_.lock()) loop->report(self->request_.id);
      }
      self->tell(std::unexpected(self->lost()));
    }
    self->unlimited();
  });
}

void Call::take(std::string piece, std::function<void(bool)> taken) {
  if (stopped_) return taken(false);
  piece_ = std::move(piece);
  taken_ = std::move(taken);
  start();
  wake();
}

void Call::finish(Client::Heard heard) {
  finished_ = true;
  heard_ = std::move(heard);
  if (result_) return tell(std::move(*result_));
  start();
  wake();
}

void Call::cut() {
  cut_ = stopped_ = true;
  boost::system::error_code ec;
  socket_.close(ec);
  wake();
}

void Call::tell(Result<Response> result) {
  stopped_ = true;
  tell_taken(false);
  if (!heard_) {
    result_ = std::move(result);
    return;
  }
  const auto heard = std::exchange(heard_, nullptr);
  heard(std::move(result));
}

void Call::tell_taken(bool more) {
  if (const auto taken = std::exchange(taken_, nullptr)) taken(more);
}

Error Call::lost() const {
  using std::chrono::seconds;
  if (!sent_any_ || is_safe()) {
    return {ErrorKind::unavailable, "Herald is starting again. Try once more in a moment.",
            sent_any_ ? "no answer from the door behind" : "no door behind", seconds(1),
            "door_closed"};
  }
  return {ErrorKind::unknown_outcome,
          "The answer was lost on its way. Look whether it was done before you try again.",
          "the door behind took the request and did not answer",
          {},
          "answer_lost"};
}

bool Call::is_safe() const {
  return request_.method == "GET" || request_.method == "HEAD" || request_.method == "OPTIONS";
}

bool Call::has_news() const { return is_readable(socket_); }

Task<void> Call::event() {
  if (!woken_) co_await event_.async_wait(kTuple);
  woken_ = false;
}

void Call::wake() {
  woken_ = true;
  event_.cancel();
}

void Call::limit(std::chrono::milliseconds time) {
  limit_.expires_after(time);
  limit_.async_wait([weak = weak_from_this()](boost::system::error_code ec) {
    if (const auto self = weak.lock(); self && !ec) self->cut();
  });
}

void Call::unlimited() { limit_.cancel(); }

Task<void> Call::run() {
  const bool connected = co_await connect();
  if (!connected) co_return tell(std::unexpected(lost()));
  RequestFraming framing;
  if (in_pieces_) {
    const auto* length = request_.headers.find("Content-Length");
    std::uint64_t bytes = 0;
    if (length != nullptr) std::from_chars(length->data(), length->data() + length->size(), bytes);
    chunked_ = length == nullptr && piece_.has_value();
    framing.length_bytes = length == nullptr ? std::nullopt : std::optional(bytes);
    framing.chunked = chunked_;
    framing.asks_first = piece_ && piece_->empty();
  } else if (!request_.body.empty() || !is_safe()) {
    framing.length_bytes = request_.body.size();
  }
  std::string head = request_head(request_, authority(core_->places[place_]), framing);
  if (!in_pieces_) head += std::exchange(request_.body, {});
  sent_any_ = true;
  whole_sent_ = co_await write(std::move(head));
  if (whole_sent_ && framing.asks_first) whole_sent_ = co_await is_wanted();
  if (whole_sent_ && in_pieces_) whole_sent_ = co_await send_body();
  stopped_ = true;
  tell_taken(false);
  co_await read_answer();  // Also after a write that failed: it may be why.
}

// The other side says "100 Continue" before the body, or answers already.
Task<bool> Call::is_wanted() {
  piece_.reset();
  std::string none;
  auto parser = std::make_shared<AnswerParser>(false);
  const bool headed = co_await read_head(*parser, none);
  if (!headed) co_return false;
  if (parser->answer().status != 100) {
    begun_ = std::move(parser);
    begun_piece_ = std::move(none);
    co_return false;
  }
  tell_taken(true);
  co_return true;
}

Task<bool> Call::connect() {
  const auto count = core_->places.size();
  const auto first = core_->next_place++;
  for (std::size_t i = 0; i < count && !cut_; ++i) {
    place_ = (first + i) % count;
    if (is_safe() && !in_pieces_) {
      if (auto kept = core_->take_idle(place_)) {
        socket_ = std::move(*kept);
        co_return true;
      }
    }
    const bool connected = co_await connect_to(core_->places[place_]);
    if (connected) co_return true;
  }
  co_return false;
}

Task<bool> Call::connect_to(const Place& place) {
  boost::system::error_code failed;
  std::vector<tcp::endpoint> endpoints;
  if (const auto address = net::ip::make_address(place.host, failed); !failed) {
    endpoints.emplace_back(address, place.port);
  } else {
    Resolver resolver(core_->executor);
    const auto [ec, found] =
        co_await resolver.async_resolve(place.host, std::to_string(place.port), kTuple);
    if (ec) co_return false;
    for (const auto& one : found) endpoints.push_back(one.endpoint());
  }
  const auto first = core_->next_address++;
  for (std::size_t i = 0; i < endpoints.size() && !cut_; ++i) {
    socket_ = ClientSocket(core_->executor);
    // Not limit(): the next place is to be tried after this one.
    Timer patience(core_->executor, core_->limits.connect_time_max);
    patience.async_wait([self = shared_from_this()](boost::system::error_code ec) {
      boost::system::error_code ignored;
      if (!ec) self->socket_.cancel(ignored);
    });
    const auto [ec] =
        co_await socket_.async_connect(endpoints[(first + i) % endpoints.size()], kTuple);
    patience.cancel();
    if (ec) continue;
    socket_.set_option(tcp::no_delay(true), failed);
    co_return true;
  }
  co_return false;
}

Task<bool> Call::write(std::string bytes) {
  if (cut_) co_return false;
  limit(core_->limits.stall_time_max);
  const auto [ec, size] = co_await net::async_write(socket_, net::buffer(bytes), kTuple);
  unlimited();
  co_return !ec && !cut_;
}

// False: not all of it went out.
Task<bool> Call::send_body() {
  for (;;) {
    while (!piece_ && !finished_ && !cut_) co_await event();
    if (cut_ || has_news()) co_return false;
    if (!piece_) break;
    std::string piece = *std::exchange(piece_, std::nullopt);
    const bool written = co_await write(chunked_ ? chunk_of(piece) : std::move(piece));
    if (!written) co_return false;
    tell_taken(true);
  }
  if (!chunked_) co_return true;
  const bool ended = co_await write("0\r\n\r\n");
  co_return ended;
}

Task<bool> Call::read_head(AnswerParser& parser, std::string& piece) {
  limit(core_->limits.answer_time_max);
  while (!parser.has_head()) {
    const bool more = co_await read_more(parser, piece);
    if (!more) co_return false;
  }
  unlimited();
  co_return true;
}

// False: the connection has come to its end, which may be the answer's too.
Task<bool> Call::read_more(AnswerParser& parser, std::string& piece) {
  if (received_.size() > 0) {
    const auto taken = parser.read(view(received_), piece);
    if (!taken) co_return false;
    received_.consume(*taken);
    if (*taken > 0) co_return true;
  }
  if (cut_) co_return false;
  const auto room = received_.prepare(kPieceBytes);
  const auto [ec, size] = co_await socket_.async_read_some(room, kTuple);
  received_.commit(size);
  co_return !ec && size > 0;
}

Task<void> Call::read_answer() {
  std::string piece = std::move(begun_piece_);
  auto parser = std::move(begun_);
  if (!parser) parser = std::make_shared<AnswerParser>(request_.method == "HEAD");
  for (;;) {
    const bool headed = co_await read_head(*parser, piece);
    if (!headed) co_return tell(std::unexpected(lost()));
    if (parser->answer().status >= 200) break;
    parser = std::make_shared<AnswerParser>(request_.method == "HEAD");  // 1xx: not yet.
  }
  Response& answer = parser->answer();
  const auto length = parser->length();
  strip_hop_headers(answer.headers);
  if (request_.method == "HEAD") {
    answer.stream = std::make_shared<Incoming>(1, [] {}, [] {});
    answer.stream_bytes = length;
  } else if (!never_has_body(answer.status) &&
             (!length || *length > core_->limits.gathered_bytes_max)) {
    co_return co_await stream_body(std::move(parser), std::move(piece));
  }
  limit(core_->limits.stall_time_max);
  while (!parser->done()) {
    const bool more = co_await read_more(*parser, piece);
    if (!more && !parser->close()) co_return tell(std::unexpected(lost()));
  }
  unlimited();
  answer.body = std::move(piece);
  Response whole = std::move(answer);
  keep_connection(*parser);
  tell(std::move(whole));
}

void Call::keep_connection(const AnswerParser& parser) {
  if (!whole_sent_ || cut_ || received_.size() > 0 || !parser.keeps_alive()) return;
  core_->keep(place_, std::move(socket_));
}

Task<void> Call::stream_body(std::shared_ptr<AnswerParser> parser, std::string piece) {
  const auto on_loop = [loop = loop_, call = weak_from_this()](void (Call::*act)()) {
    const auto alive = loop.lock();
    if (!alive) return;
    net::post(alive->io, [call, act] {
      if (const auto self = call.lock()) (self.get()->*act)();
    });
  };
  auto body = std::make_shared<Incoming>(
      core_->limits.ahead_bytes_max, [on_loop] { on_loop(&Call::wake); },
      [on_loop] { on_loop(&Call::cut); });
  const std::weak_ptr<Incoming> read_by(body);
  Response answer = std::move(parser->answer());
  answer.stream = std::move(body);
  answer.stream_bytes = parser->length();
  tell(std::move(answer));
  for (;;) {
    bool room = true;
    if (const auto reader = read_by.lock(); reader && !piece.empty()) {
      room = reader->add(std::exchange(piece, {}));
    }
    if (parser->done() || cut_) break;
    if (!room) co_await event();
    limit(core_->limits.stall_time_max);
    const bool more = co_await read_more(*parser, piece);
    unlimited();
    if (more) continue;
    parser->close();
    break;
  }
  const bool whole = parser->done() && !cut_;
  if (const auto reader = read_by.lock()) {
    if (!piece.empty()) reader->add(piece);
    reader->end(!whole);
  }
  if (whole) keep_connection(*parser);
}

}  // namespace herald::http
