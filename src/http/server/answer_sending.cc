// The half of Session that writes answers.
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>
#include <tuple>

#include "http/server/file_reader.h"
#include "http/server/problem.h"
#include "http/server/response_head.h"
#include "http/server/session.h"

namespace herald::http {
namespace {

constexpr auto kTuple = net::as_tuple_t<net::use_awaitable_t<Executor>>{};
constexpr std::size_t kFilePieceBytes = 256 * 1024;

std::string chunk_head(std::size_t size) {
  std::array<char, 20> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), size, 16).ptr;
  return std::string(text.data(), end) + "\r\n";
}

// One read of a stream on a worker; shared, because the session may be cut meanwhile.
struct StreamRead {
  std::shared_ptr<BodyStream> stream;
  std::string out;
  bool more = true;
};

struct FileRead {
  FileReader reader;
  std::string piece;
  bool good = false;
};

}  // namespace

Task<bool> Session::send(Response response, Terms terms) {
  if (!response.cause.empty()) loop_.on_fault(response.cause);
  if (response.abort) {
    cut();
    co_return false;
  }
  if (response.file) {
    auto range = std::move(*response.file);
    response.file.reset();
    co_return co_await send_file(std::move(range), std::move(response), terms);
  }
  if (response.stream) co_return co_await send_stream(std::move(response), terms);
  const std::string_view body = response.shared ? *response.shared : response.body;
  const auto head = response_head(response, {loop_.date(), terms.keep_alive, body.size(), false});
  if (head.empty()) {
    co_return co_await send(failed("an answer had an unsound header"), terms);
  }
  const bool bare = terms.head_only || never_has_body(response.status);
  const bool written = co_await write(head, bare ? std::string_view{} : body);
  co_return written&& terms.keep_alive;
}

Response Session::failed(const std::string& what) const {
  const std::string id = loop_.make_request_id();
  loop_.tell_fault(what, id);
  return internal_problem(id);
}

Task<bool> Session::send_file(FileRange range, Response response, Terms terms) {
  auto read = std::make_shared<FileRead>();
  if (range.source) {
    read->good = true;
  } else {
    auto open = [read, range] { read->good = read->reader.open(range.path, range.offset); };
    co_await on_worker(std::move(open));
  }
  if (cut_) co_return false;
  if (!read->good) {
    co_return co_await send(failed("cannot open the file of an answer: " + range.path), terms);
  }
  auto head = response_head(response, {loop_.date(), terms.keep_alive, range.length, false});
  if (head.empty()) {
    co_return co_await send(failed("an answer had an unsound header"), terms);
  }
  auto left = terms.head_only || never_has_body(response.status) ? 0 : range.length;
  while (left > 0) {
    auto next = [read, source = range.source,
                 size = static_cast<std::size_t>(std::min<std::uint64_t>(left, kFilePieceBytes))] {
      read->good = source ? source->read(size, read->piece) : read->reader.read(size, read->piece);
    };
    co_await on_worker(std::move(next));
    if (cut_) co_return false;
    if (!read->good) {
      loop_.on_fault("a file became shorter while it was sent: " + range.path);
      co_return false;  // Too late for a status: the client sees a body cut short.
    }
    const bool written = co_await write(head, read->piece);
    if (!written) co_return false;
    left -= read->piece.size();
    head.clear();
  }
  const bool written = co_await write(head);
  co_return written&& terms.keep_alive;
}

Task<bool> Session::send_stream(Response response, Terms terms) {
  auto stream = std::exchange(response.stream, nullptr);
  const bool bare = terms.head_only || never_has_body(response.status);
  // A stream's connection is not used again: while it runs, input only tells that the client left.
  terms.keep_alive = terms.keep_alive && bare;
  const auto length = response.stream_bytes;
  const bool chunked = terms.can_chunk && !length;
  const auto head = response_head(response, {loop_.date(), terms.keep_alive, length, chunked});
  if (head.empty()) {
    co_return co_await send(failed("an answer had an unsound header"), terms);
  }
  const bool written = co_await write(head);
  if (!written || bare) co_return written&& terms.keep_alive;
  co_return co_await follow(std::move(stream), chunked, length.has_value());
}

// A stream that has an end of its own is let come to it when the server drains.
Task<bool> Session::follow(std::shared_ptr<BodyStream> stream, bool chunked, bool ends) {
  watch_for_leaving();
  auto read = std::make_shared<StreamRead>(std::move(stream));
  read->stream->on_ready([mailbox = mailbox()] {
    mailbox.tell([](Session& session) {
      session.stream_ready_ = true;
      session.wake();
    });
  });
  while (read->more && (ends || !loop_.draining)) {
    stream_ready_ = false;
    read->out.clear();
    auto next = [read, &loop = loop_] {
      try {
        read->more = read->stream->read(read->out);
      } catch (...) {
        loop.report();
        read->more = false;
      }
    };
    co_await on_worker(std::move(next));
    if (cut_ || left_) co_return false;
    if (!read->out.empty()) {
      auto head = chunked ? chunk_head(read->out.size()) : std::string();
      if (chunked) read->out += "\r\n";
      const bool written = co_await write(head, read->out);
      if (!written) co_return false;
      continue;
    }
    while (read->more && !stream_ready_ && (ends || !loop_.draining) && !left_ && !cut_) {
      co_await event();
    }
    if (cut_ || left_) co_return false;
  }
  if (!read->more && read->stream->broken()) {
    cut();
    co_return false;
  }
  if (chunked) co_await write("0\r\n\r\n");
  co_return false;
}

void Session::watch_for_leaving() {
  auto scrap = std::make_shared<std::array<char, 512>>();
  socket_.async_read_some(net::buffer(*scrap), [self = shared_from_this(), scrap](
                                                   boost::system::error_code ec, std::size_t) {
    if (!ec) return self->watch_for_leaving();
    self->left_ = true;
    self->wake();
  });
}

Task<bool> Session::write(std::string_view first, std::string_view second) {
  Patience patience(loop_.limits.write_stall_time_max);
  while (!first.empty() || !second.empty()) {
    if (cut_) co_return false;
    const std::array<net::const_buffer, 2> rest{net::buffer(first), net::buffer(second)};
    boost::system::error_code ec;
    std::size_t size = socket_.write_some(rest, ec);  // As a rule the kernel has room for it all.
    if (ec == net::error::would_block) {
      const auto began = std::chrono::steady_clock::now();
      wait_until(began + patience.left());
      std::tie(ec, size) = co_await socket_.async_write_some(rest, kTuple);
      if (timed_out_) {
        // Let the kernel drop what nobody reads; an orderly close would keep it for minutes.
        boost::system::error_code ignored;
        socket_.set_option(net::socket_base::linger(true, 0), ignored);
      }
      wait_until(TimePoint::max());
      if (!ec) patience.spend(std::chrono::steady_clock::now() - began, size);
    }
    if (ec) co_return false;
    const auto of_first = std::min(size, first.size());
    first.remove_prefix(of_first);
    second.remove_prefix(size - of_first);
  }
  co_return true;
}

}  // namespace herald::http
